// The papers that a search asks for, one page of them, as a workspace sees them.
import type { Deps } from '../../command.ts';
import { writeAsked, type Asked, type Shortfall } from '../../core/asked.ts';
import type { Call } from '../../core/chat.ts';
import type { Paper } from '../../core/paper.ts';
import { findAsked } from '../../db/asked-papers.ts';
import { getPapers } from '../../db/papers.ts';

export const PAGE = 5;

export interface Found {
  papers: Paper[];
  shortfall?: Shortfall | undefined;
  more: boolean;
}

export async function searchFor(asked: Asked, offset: number, call: Call, deps: Deps): Promise<Found> {
  const trending = async ({ words, code }: Asked, size: number) => {
    const { items } = await deps.makeRoundup({ channel: undefined, ref: call.channel, topics: [writeAsked({ words, code })], window: 'month', size });
    return items.map(({ paper }) => paper.id);
  };
  const { ids, ...found } = await findAsked(deps.db, { asked, offset, size: PAGE, now: deps.now(), trending });
  return { papers: await getPapers(deps.db, ids), ...found };
}
