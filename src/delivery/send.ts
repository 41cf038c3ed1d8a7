// Posts what is in the outbox, one message of a channel at a time, and writes down what became of it.
import type { ChatAdapter, OutboxMessage, Receipt } from '../core/chat.ts';
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater, wordsOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Clock } from '../core/schedule.ts';
import { getChannel, pauseChannel } from '../db/channels.ts';
import type { Db } from '../db/connect.ts';
import { failReplies, leaseMessages, settleMessage, type Leased } from '../db/outbox.ts';
import { settleRoundups } from '../db/roundups.ts';

export interface SenderDeps {
  db: Db;
  log: Log;
  now: Clock;
  adapters: Map<string, ChatAdapter>;
  /** Tells leases of this process from those of others. */
  owner: string;
}

const BATCH = 20;
/** A message that could not be sent for this long since its first try is given up: a roundup is of its day. */
const GIVE_UP_MS = 6 * 3_600_000;
const DOUBT_MS = 20_000;
/** What was queued when its channel was paused, or its platform away, is not posted under yesterday's date. */
const STALE_MS = 12 * 3_600_000;

/** Sends what is due now, until nothing is. Returns how many messages were sent. */
export async function sendDue(deps: SenderDeps, signal?: AbortSignal): Promise<number> {
  let sent = 0;
  while (!signal?.aborted) {
    const leased = await leaseMessages(deps.db, [...deps.adapters.keys()], deps.owner, deps.now(), BATCH);
    if (leased.length === 0) break;
    const outcomes = await Promise.all(leased.map((message) => sendOne(deps, message)));
    sent += outcomes.filter(Boolean).length;
  }
  return sent;
}

async function sendOne(deps: SenderDeps, leased: Leased): Promise<boolean> {
  const adapter = deps.adapters.get(leased.message.channel.platform)!;
  const settle = (outcome: Parameters<typeof settleMessage>[3]) => settleMessage(deps.db, leased.id, deps.owner, outcome);
  let receipt: Receipt;
  try {
    receipt = await postOnce(adapter, leased, deps.now());
  } catch (error) {
    await afterFailure(deps, leased, error, settle);
    await settleRoundups(deps.db, leased.roundupId);
    return false;
  }
  // Should this fail, the message was posted all the same: it stays leased, and whoever takes it next looks first.
  await settle({ status: 'sent', receipt, sentAt: deps.now() });
  deps.log.info({ roundup: leased.roundupId, message: leased.id, channel: leased.channelId }, 'message sent');
  await settleRoundups(deps.db, leased.roundupId);
  return true;
}

// An earlier try whose answer never came may have got through: look before sending again.
async function postOnce(adapter: ChatAdapter, { doubtful, dueAt, message }: Leased, now: Date): Promise<Receipt> {
  const found = doubtful ? await lookFor(adapter, message) : undefined;
  if (found) return found;
  if (!message.parent && now.getTime() - dueAt.getTime() > STALE_MS) throw new PayloadRefused('too late: its day is over');
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

/** Nobody can say whether the first try got through. */
class InDoubt extends Error {}

/** The look itself must wait, and the message is as doubtful as before. */
class LookLater extends OutcomeUnknown {
  readonly afterMs: number;
  constructor({ afterMs, message }: TryLater) {
    super(message);
    this.afterMs = afterMs;
  }
}

async function afterFailure(
  deps: SenderDeps,
  leased: Leased,
  error: unknown,
  settle: (outcome: Parameters<typeof settleMessage>[3]) => Promise<boolean>,
): Promise<void> {
  const why = wordsOf(error);
  deps.log.warn({ roundup: leased.roundupId, message: leased.id, channel: leased.channelId, attempt: leased.attempts, error: why }, 'message not sent');
  const since = leased.message.firstTriedAt;
  const tooLate = since !== undefined && deps.now().getTime() - since.getTime() > GIVE_UP_MS;
  const after = (ms: number) => new Date(deps.now().getTime() + ms);
  if (error instanceof OutcomeUnknown && !tooLate) {
    // It stays leased, so that whoever takes it next looks first.
    await settle({ status: 'leased', error: why, tryAt: after(error instanceof LookLater ? error.afterMs : backoff(DOUBT_MS, leased)) });
    return;
  }
  if (error instanceof OutcomeUnknown || error instanceof InDoubt) {
    await settle({ status: 'in_doubt', error: why });
    // What was to go under it has no place to go.
    if (leased.message.parent === undefined) await failReplies(deps.db, leased.roundupId, why);
    return;
  }
  if (error instanceof ChannelGone || error instanceof NotAllowed) {
    await settle({ status: 'failed', error: why });
    await failReplies(deps.db, leased.roundupId, why);
    const channel = await getChannel(deps.db, leased.channelId);
    if (channel) await pauseChannel(deps.db, channel, error instanceof NotAllowed ? `${error.code}: ${error.fix}` : error.code);
    return;
  }
  if (error instanceof PayloadRefused || tooLate) {
    await settle({ status: 'failed', error: why });
    if (leased.message.parent === undefined) await failReplies(deps.db, leased.roundupId, why);
    return;
  }
  if (error instanceof TryLater) {
    await settle({ status: 'queued', error: why, tryAt: after(error.afterMs) });
    return;
  }
  // Nobody knows what this was, so nobody knows whether the message is there: the next try looks first.
  await settle({ status: 'leased', error: why, tryAt: after(backoff(DOUBT_MS, leased)) });
}

/** The first wait doubled with each attempt, up to 32 times it. */
function backoff(firstMs: number, { attempts }: Leased): number {
  return firstMs * 2 ** Math.min(attempts - 1, 5);
}
