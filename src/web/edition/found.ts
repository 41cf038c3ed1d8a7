// A search, and one paper with those like it.
import type { Asked } from '../../core/asked.ts';
import { bibtexOf } from '../../core/citation.ts';
import { sharedWords } from '../../core/shared-words.ts';
import type { Node } from '../../core/topic.ts';
import { findAsked, type FoundIds } from '../../db/asked-papers.ts';
import { keepOfTopic } from '../../db/public-lists.ts';
import { findPublicPaper, getPublicPapers, keepPublic, type PublicPaper } from '../../db/public-papers.ts';
import { findSimilar } from '../../db/search/index.ts';
import type { PaperPage } from '../pages/paper.ts';
import type { EditionDeps } from './deps.ts';
import type { Lists } from './lists.ts';

const SIMILAR = 6;
const REASONS = 3;

/** The same search as `/paper`, among what everybody may see. */
export async function findForAll({ db, now }: Pick<EditionDeps, 'db' | 'now'>, lists: Lists, asked: Asked, offset: number, size: number): Promise<FoundIds> {
  const trending = async (_asked: Asked, most: number, root: Node) => {
    const { papers } = await lists.trending('month');
    return (await keepOfTopic(db, papers.map(({ id }) => id), root)).slice(0, most);
  };
  return findAsked(db, { asked, offset, size, now: now(), trending, keep: (ids) => keepPublic(db, ids) });
}

/** Undefined when everybody can't see one. An id is an arXiv id, the id that a paper came with, or `id:123`, its row. */
export async function findOne({ db }: Pick<EditionDeps, 'db'>, id: string): Promise<PublicPaper | undefined> {
  const row = /^id:(\d{1,15})$/.exec(id)?.[1];
  return row ? (await getPublicPapers(db, [Number(row)]))[0] : findPublicPaper(db, id);
}

export async function withSimilar({ db }: Pick<EditionDeps, 'db'>, paper: PublicPaper): Promise<PaperPage> {
  // Few may not be shown.
  const { paperIds, telling } = await findSimilar(db, paper.id, 2 * SIMILAR);
  const others = (await getPublicPapers(db, paperIds)).slice(0, SIMILAR);
  return {
    paper,
    bibtex: await bibtexOf(paper),
    similar: others.map((other) => {
      const shared = sharedWords(paper, other, telling, REASONS);
      return { paper: other, facts: shared.length ? [`both: ${shared.join(', ')}`] : [] };
    }),
  };
}
