// Brings the counts in posts of the last days up to date where they stand, silently, while nothing is to be posted.
import type { ChatAdapter } from '../core/platform.ts';
import { OutcomeUnknown, TryLater, wordsOf } from '../core/errors.ts';
import { isWorthAnEdit, withCounts } from '../core/live.ts';
import type { Log } from '../core/log.ts';
import type { Counts } from '../core/rise.ts';
import type { Clock } from '../core/schedule.ts';
import type { Db } from '../db/connect.ts';
import { endLooks, noteEdit, readCounts, takeLooks, type Look } from '../db/edits.ts';
import { nextTry } from '../db/outbox.ts';

export interface EditDeps {
  db: Db;
  log: Log;
  now: Clock;
  adapters: Map<string, ChatAdapter>;
}

/** So many are looked at between two looks whether something is to be posted. */
const BATCH = 10;
/** Edits in a run, which comes each minute: 5 of Discord's 50 requests a second. */
const MOST = 300;
/** The same in one workspace, give or take a batch: two processes keep to Slack's 50 a minute for chat.update (Tier 3). */
const MOST_IN_WORKSPACE = 15;
/** A message that is to be posted within this goes first. */
const ROOM_MS = 15_000;

/** Edits the messages that are due, one after the other; returns how many. What fails is looked at again at its next time, if at all. */
export async function editDue(deps: EditDeps, signal: AbortSignal): Promise<number> {
  let edited = 0;
  for (const [platform, adapter] of deps.adapters) if (adapter.edit) edited += await editOn(deps, platform, adapter, signal);
  return edited;
}

async function editOn(deps: EditDeps, platform: string, adapter: ChatAdapter, signal: AbortSignal): Promise<number> {
  const { db, now } = deps;
  const inWorkspace = new Map<string, number>();
  let edited = 0;
  while (edited < MOST && !signal.aborted && !(await isPosting(deps, platform))) {
    const full = [...inWorkspace].flatMap(([workspace, edits]) => (edits < MOST_IN_WORKSPACE ? [] : [workspace]));
    const looks = await takeLooks(db, platform, full, now(), BATCH);
    if (looks.length === 0) break;
    const counts = await readCounts(db, [...new Set(looks.flatMap((look) => look.counts.map(({ paper }) => paper)))]);
    for (const look of looks) {
      const before = inWorkspace.get(look.workspace) ?? 0;
      const result = signal.aborted || before === Infinity ? 'put off' : await bringUpToDate(deps, adapter, look, counts);
      if (result === 'edited') edited++;
      inWorkspace.set(look.workspace, result === 'busy' ? Infinity : before + (result === 'edited' ? 1 : 0));
      if (look.last || result === 'over') await endLooks(db, look.id);
    }
  }
  return edited;
}

async function isPosting({ db, now }: EditDeps, platform: string): Promise<boolean> {
  const next = await nextTry(db, platform);
  return next !== undefined && next.getTime() - now().getTime() < ROOM_MS;
}

/** `over`: it can't be edited any more; `busy`: the platform wants no more edits there for now. */
async function bringUpToDate({ db, log }: EditDeps, adapter: ChatAdapter, { id, message, counts, stand }: Look, known: Map<number, Counts>): Promise<'edited' | 'as it was' | 'unknown' | 'busy' | 'over'> {
  if (!message) return 'over';
  const current = counts.map(({ paper, of }, i) => known.get(paper)?.[of] ?? stand[i]!);
  if (!isWorthAnEdit(stand, current)) return 'as it was';
  try {
    await adapter.edit!({ ...message, payload: withCounts(message.payload, counts, current) });
  } catch (error) {
    log.info({ message: id, error: wordsOf(error) }, 'message not edited');
    // Where the answer was lost the next look edits again, to the same.
    return error instanceof TryLater ? 'busy' : error instanceof OutcomeUnknown ? 'unknown' : 'over';
  }
  await noteEdit(db, id, current);
  log.debug({ message: id }, 'message edited');
  return 'edited';
}
