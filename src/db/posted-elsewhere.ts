// In which other channels of a workspace a roundup showed a paper.
import { and, desc, eq, isNull, ne } from 'drizzle-orm';
import type { Receipt } from '../core/platform.ts';
import type { Channel } from './channels.ts';
import type { Db } from './connect.ts';
import { isPosted } from './roundups.ts';
import { channels, outbox, roundupPapers, roundups } from './schema.ts';

export interface PostedElsewhere {
  channel: Pick<Channel, 'externalId' | 'name'>;
  /** The local date of the latest roundup there, `YYYY-MM-DD`. */
  on: string;
  receipt: Receipt | null;
}

/** So many showings are looked through. */
const MOST = 100;

/** One for each channel, the latest first, without `here` and anybody's own digest. Tell of them only whom each channel is open to. */
export async function listPostedElsewhere(db: Db, { platform, workspace }: Pick<Channel, 'platform' | 'workspace'>, here: number | undefined, paperId: number): Promise<PostedElsewhere[]> {
  const rows = await db
    .select({ channel: { externalId: channels.externalId, name: channels.name }, roundup: roundups, rises: roundupPapers.rises, message: outbox.status, receipt: outbox.receipt })
    .from(channels)
    .innerJoin(roundupPapers, and(eq(roundupPapers.channelId, channels.id), eq(roundupPapers.paperId, paperId)))
    .innerJoin(roundups, eq(roundups.id, roundupPapers.roundupId))
    .leftJoin(outbox, and(eq(outbox.roundupId, roundups.id), eq(outbox.position, roundupPapers.message)))
    .where(and(eq(channels.platform, platform), eq(channels.workspace, workspace), isNull(channels.owner), ...(here === undefined ? [] : [ne(channels.id, here)])))
    .orderBy(desc(roundups.createdAt), desc(roundups.id))
    .limit(MOST);
  const seen = new Set<string>();
  return rows.filter((row) => isPosted(row) && seen.size < seen.add(row.channel.externalId).size).map(({ channel, roundup, receipt }) => ({ channel, on: roundup.on, receipt }));
}
