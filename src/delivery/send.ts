// Posts what is in the outbox, one message of a channel at a time, and writes down what became of it.
import type { ChatAdapter, Receipt } from '../core/chat.ts';
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater, wordsOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Clock } from '../core/schedule.ts';
import { getChannel, pauseChannel } from '../db/channels.ts';
import type { Db } from '../db/connect.ts';
import { failReplies, leaseMessages, settleMessage, type Leased } from '../db/outbox.ts';
import { settleRoundup } from '../db/roundups.ts';

export interface SenderDeps {
  db: Db;
  log: Log;
  now: Clock;
  adapters: Map<string, ChatAdapter>;
  /** Tells leases of this process from those of others. */
  owner: string;
}

const BATCH = 20;
/** A message that could not be sent this often is given up. */
const MOST_ATTEMPTS = 8;
const DOUBT_MS = 20_000;

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
  try {
    const receipt = await postOnce(adapter, leased);
    await settle({ status: 'sent', receipt, sentAt: deps.now() });
    deps.log.info({ roundup: leased.roundupId, message: leased.id, channel: leased.channelId }, 'message sent');
    await settleRoundup(deps.db, leased.roundupId);
    return true;
  } catch (error) {
    await afterFailure(deps, leased, error, settle);
    await settleRoundup(deps.db, leased.roundupId);
    return false;
  }
}

// An earlier try whose answer never came may have got through: look before sending again.
async function postOnce(adapter: ChatAdapter, { doubtful, message }: Leased): Promise<Receipt> {
  if (!doubtful) return adapter.post(message);
  if (!adapter.find) throw new InDoubt('the platform can’t say whether the first try got through');
  let found: Receipt | undefined;
  try {
    found = await adapter.find(message);
  } catch (error) {
    if (error instanceof TryLater) throw error;
    throw new InDoubt(`could not look for the first try: ${wordsOf(error)}`);
  }
  return found ?? adapter.post(message);
}

class InDoubt extends Error {}

async function afterFailure(
  deps: SenderDeps,
  leased: Leased,
  error: unknown,
  settle: (outcome: Parameters<typeof settleMessage>[3]) => Promise<boolean>,
): Promise<void> {
  const why = wordsOf(error);
  deps.log.warn({ roundup: leased.roundupId, message: leased.id, channel: leased.channelId, attempt: leased.attempts, error: why }, 'message not sent');
  if (error instanceof OutcomeUnknown && leased.attempts < MOST_ATTEMPTS) {
    // It stays leased, so that whoever takes it next looks first.
    await settle({ status: 'leased', error: why, tryAt: new Date(deps.now().getTime() + DOUBT_MS) });
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
  if (error instanceof PayloadRefused || leased.attempts >= MOST_ATTEMPTS) {
    await settle({ status: 'failed', error: why });
    if (leased.message.parent === undefined) await failReplies(deps.db, leased.roundupId, why);
    return;
  }
  const wait = error instanceof TryLater ? error.afterMs : 2_000 * 2 ** Math.min(leased.attempts, 8);
  await settle({ status: 'queued', error: why, tryAt: new Date(deps.now().getTime() + wait) });
}
