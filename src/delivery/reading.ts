// What was read in a channel, told with the first roundup after the week or month is over.
import type { Platform } from '../core/platform.ts';
import type { Doc } from '../core/doc.ts';
import { wordsOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { MOST_READ, periodIn, periodInWords, readingDoc, untold, type Reading } from '../core/reading.ts';
import type { Channel } from '../db/channels.ts';
import type { Db } from '../db/connect.ts';
import { getPapers } from '../db/papers.ts';
import { listRead, type ReadHere } from '../db/reading.ts';
import type { NewRoundup } from '../db/roundups.ts';
import { queued, skipped } from './messages.ts';
import { slotName, type RoundupSlot } from './slots.ts';

export interface ReadingDeps {
  db: Db;
  log: Log;
  platformOf: (channel: Channel) => Platform;
}

/** A channel whose roundup is made now, and when its messages may go out. */
export interface Posting {
  channel: Channel;
  slot: RoundupSlot;
  tryAt: Date;
}

interface Due extends Posting {
  reading: Reading;
  /** The last day of the period. */
  end: string;
}

/**
 * What these channels are still to be told of what they read: the latest week or month that is over, or why not, and
 * why an earlier one was left out. When it can't be read now, it is told with a later roundup.
 */
export async function planReadings(deps: ReadingDeps, postings: Posting[], now: Date): Promise<NewRoundup[]> {
  const plans: NewRoundup[] = [];
  const due: Due[] = [];
  for (const posting of postings) {
    const { reading, readingOn } = posting.channel;
    if (!reading || !readingOn) continue;
    const ends = untold(reading, readingOn, posting.slot.on);
    const end = ends.pop();
    for (const missed of ends) plans.push(skipped(posting.channel, slotOf(posting, reading, missed), `no roundup came in the ${NAMES[reading]} after it`, now));
    if (end) due.push({ ...posting, reading, end });
  }
  if (due.length === 0) return plans;
  let read: Map<number, ReadHere[]>;
  try {
    read = await listRead(deps.db, due.map(({ channel, reading, end }) => ({ channel, ...periodIn(reading, end, channel.zone), most: MOST_READ + 1 })));
  } catch (error) {
    deps.log.error({ channels: due.length, error: wordsOf(error) }, 'what was read could not be listed');
    return plans;
  }
  for (const one of due) plans.push(await plan(deps, one, read.get(one.channel.id) ?? [], now));
  return plans;
}

const NAMES: Record<Reading, string> = { weekly: 'week', monthly: 'month' };

// A channel whose reading can't be told ends with the reason, and the others get theirs.
async function plan({ db, log, platformOf }: ReadingDeps, due: Due, read: ReadHere[], now: Date): Promise<NewRoundup> {
  const { channel, reading, end, tryAt } = due;
  const slot = slotOf(due, reading, end);
  if (read.length === 0) return skipped(channel, slot, `nobody read or saved a paper here in that ${NAMES[reading]}`, now);
  try {
    // Without its papers: to be named again is not to be shown, and a paper that was only read may still come in a roundup.
    return queued(channel, platformOf(channel), slot, { doc: await docOf(db, reading, end, read), items: [], rising: [] }, tryAt);
  } catch (error) {
    log.error({ slot: slotName(channel, slot), error: wordsOf(error) }, 'what was read could not be told');
    return skipped(channel, slot, `could not be made: ${wordsOf(error)}`, now);
  }
}

async function docOf(db: Db, reading: Reading, end: string, read: ReadHere[]): Promise<Doc> {
  const papers = new Map((await getPapers(db, read.map(({ paperId }) => paperId))).map((paper) => [paper.id, paper]));
  const when = periodInWords(reading, end);
  const known = read.flatMap(({ paperId, ...counts }) => {
    const paper = papers.get(paperId);
    return paper ? [{ paper, ...counts }] : [];
  });
  return readingDoc({ title: `What we read, ${when}`, when: `${reading === 'weekly' ? 'from' : 'in'} ${when}` }, known);
}

function slotOf({ slot }: Posting, reading: Reading, end: string): RoundupSlot {
  return { on: end, kind: reading, dueAt: slot.dueAt };
}
