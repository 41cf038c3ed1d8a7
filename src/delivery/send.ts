// Posts what is in the outbox of one platform, one message of a channel at a time, and writes down what became of it.
import type { ChatAdapter, OutboxMessage, Receipt } from '../core/platform.ts';
import { ChannelGone, PayloadRefused, TryLater, wordsOf } from '../core/errors.ts';
import { giveBackLeases, leaseMessages, renewLeases, settleMessage, type Leased, type Outcome } from '../db/outbox.ts';
import { settleRoundups } from '../db/roundups.ts';
import { afterFailure, InDoubt, LookLater, type FailureDeps } from './failure.ts';

export interface SenderDeps extends FailureDeps {
  adapter: ChatAdapter;
  /** The least time between two messages in one channel, in milliseconds. */
  gapMs?: number;
  /** Tells leases of this process from those of others. */
  owner: string;
}

/** How many messages are under way at a time: more than a platform's limits let through, so that no answer is waited for in vain. */
const AT_ONCE = 64;
/** Leases are asked for when this many could be used, or nothing else is under way that could make room. */
const WORTH_LEASING = 16;
/** New messages are looked for at least this often while some take their time. */
const LOOK_MS = 250;
/** A third of a lease. */
const RENEW_MS = 30_000;
/** What was queued when its channel was paused, or its platform away, is not posted under yesterday's date. */
const STALE_MS = 12 * 3_600_000;

/**
 * Sends what is due now, until nothing is. Returns how many messages were sent. One that takes its time holds up none
 * of another channel. Throws what the database throws, once everything under way has ended.
 */
export async function sendDue(deps: SenderDeps, signal?: AbortSignal): Promise<number> {
  const underWay = new Map<number, Promise<void>>();
  let sent = 0;
  let failure: unknown;
  const start = (leased: Leased) => {
    const done = sendOne(deps, leased)
      .then(
        (went) => void (sent += went ? 1 : 0),
        (error: unknown) => void (failure ??= error),
      )
      .finally(() => underWay.delete(leased.id));
    underWay.set(leased.id, done);
  };
  const renewal = setInterval(() => void keepLeases(deps, [...underWay.keys()]), RENEW_MS);
  try {
    for (;;) {
      const room = AT_ONCE - underWay.size;
      const goOn = !signal?.aborted && failure === undefined;
      const leased = goOn && room >= WORTH_LEASING ? await leaseMessages(deps.db, deps.platform, deps.owner, deps.now(), room) : [];
      // Asked to stop while they were being leased: none of them was begun.
      if (signal?.aborted) await giveBackLeases(deps.db, leased, deps.owner);
      else leased.forEach(start);
      if (underWay.size === 0) break;
      await oneOf(underWay.values(), LOOK_MS);
    }
  } finally {
    clearInterval(renewal);
    await Promise.all(underWay.values());
  }
  if (failure !== undefined) throw failure as Error;
  return sent;
}

async function oneOf(work: Iterable<Promise<void>>, mostMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, mostMs)));
  await Promise.race([...work, late]);
  clearTimeout(timer);
}

async function keepLeases({ db, owner, now, log }: SenderDeps, ids: number[]): Promise<void> {
  try {
    const kept = await renewLeases(db, ids, owner, now());
    if (kept.length < ids.length) log.debug({ of: ids.length, kept: kept.length }, 'leases not renewed: settled, or taken over meanwhile');
  } catch (error) {
    log.warn({ error: wordsOf(error) }, 'leases could not be renewed');
  }
}

async function sendOne(deps: SenderDeps, leased: Leased): Promise<boolean> {
  const { db, log, now, owner, gapMs } = deps;
  const about = { slot: leased.slot, roundup: leased.roundupId, message: leased.id };
  log.debug({ ...about, attempt: leased.attempts }, 'message leased');
  let receipt: Receipt;
  try {
    receipt = await postOnce(deps.adapter, leased, now());
  } catch (error) {
    log.warn({ ...about, attempt: leased.attempts, error: wordsOf(error) }, 'message not sent');
    // A limit is the channel's, and so is the wait.
    const settle = (outcome: Outcome) => settleMessage(db, leased.id, owner, outcome, error instanceof TryLater ? outcome.tryAt : undefined);
    await afterFailure(deps, leased, error, settle);
    await settleRoundups(db, leased.roundupId);
    return false;
  }
  log.debug(about, 'message posted');
  const sentAt = now();
  // Should this fail, the message was posted all the same: it stays leased, and whoever takes it next looks first.
  await settleMessage(db, leased.id, owner, { status: 'sent', receipt, sentAt }, gapMs ? new Date(sentAt.getTime() + gapMs) : undefined);
  log.info(about, 'message sent');
  deps.observe?.('sent', deps.platform, (sentAt.getTime() - leased.dueAt.getTime()) / 1_000);
  if (leased.last) await settleRoundups(db, leased.roundupId);
  return true;
}

// An earlier try whose answer never came may have got through: look before sending again.
async function postOnce(adapter: ChatAdapter, { doubtful, dueAt, message }: Leased, now: Date): Promise<Receipt> {
  const found = doubtful ? await lookFor(adapter, message) : undefined;
  if (found) return found;
  if (!message.parent && now.getTime() - dueAt.getTime() > STALE_MS) throw new PayloadRefused('its day was over before it could be sent');
  return adapter.post(message);
}

async function lookFor(adapter: ChatAdapter, message: OutboxMessage): Promise<Receipt | undefined> {
  if (!adapter.find) throw new InDoubt('the platform can’t say whether the first try got through');
  try {
    return await adapter.find(message);
  } catch (error) {
    if (error instanceof ChannelGone) throw error;
    if (error instanceof TryLater) throw new LookLater(error);
    throw new InDoubt(`could not look for the first try: ${wordsOf(error)}`);
  }
}
