// What a message that was not sent becomes: tried again, looked for first, in doubt, or given up with the reason.
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater, wordsOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { lostInWords } from '../core/lost.ts';
import type { Observe } from '../core/observe.ts';
import type { Clock } from '../core/schedule.ts';
import type { Db } from '../db/connect.ts';
import { loseChannel } from '../db/lost-channels.ts';
import type { Leased, Outcome } from '../db/outbox.ts';
import { failReplies, failRest } from '../db/outbox-failures.ts';

/** A message that could not be sent for this long since its first try is given up: a roundup is of its day. */
const GIVE_UP_MS = 6 * 3_600_000;
const DOUBT_MS = 20_000;

/** Nobody can say whether the first try got through. */
export class InDoubt extends Error {}

/** The look itself must wait, and the message is as doubtful as before. */
export class LookLater extends OutcomeUnknown {
  readonly afterMs: number;
  constructor({ afterMs, message }: TryLater) {
    super(message);
    this.afterMs = afterMs;
  }
}

export interface FailureDeps {
  db: Db;
  log: Log;
  now: Clock;
  platform: string;
  observe?: Observe;
}

/** Writes down, by `settle`, what `error` means for the message, for the rest of its roundup and for its channel. */
export async function afterFailure(deps: FailureDeps, leased: Leased, error: unknown, settle: (outcome: Outcome) => Promise<boolean>): Promise<void> {
  const { db, log, now, platform, observe } = deps;
  const about = { slot: leased.slot, roundup: leased.roundupId, message: leased.id };
  const why = error instanceof ChannelGone || error instanceof NotAllowed ? refusalInWords(error) : wordsOf(error);
  const since = leased.message.firstTriedAt;
  const tooLate = since !== undefined && now().getTime() - since.getTime() > GIVE_UP_MS;
  const later = (status: 'queued' | 'leased', ms: number) => settle({ status, error: why, tryAt: new Date(now().getTime() + ms) });
  const end = async (status: 'in_doubt' | 'failed') => {
    await settle({ status, error: why });
    log.warn({ ...about, error: why }, status === 'in_doubt' ? 'message in doubt' : 'message failed');
    observe?.(status, platform);
  };

  if (error instanceof ChannelGone || error instanceof NotAllowed) {
    await end('failed');
    await failRest(db, leased.roundupId, why);
    const more = error instanceof NotAllowed ? error.fix : error.said;
    const lost = await loseChannel(db, { id: leased.channelId }, error.code, more ? `${error.code}: ${more}` : error.code);
    if (lost) log.warn({ ...about, channel: leased.channelId, code: error.code }, 'channel lost');
  } else if (error instanceof PayloadRefused || (error instanceof TryLater && tooLate)) {
    await end('failed');
    await failReplies(db, leased.id, why);
  } else if (error instanceof TryLater) {
    await later('queued', error.afterMs);
  } else if (error instanceof InDoubt || tooLate) {
    await end('in_doubt');
    // What was to go under it has no place to go.
    await failReplies(db, leased.id, why);
  } else {
    // Unknown, or an error that nobody knows: it stays leased, so that whoever takes it next looks first.
    await later('leased', error instanceof LookLater ? error.afterMs : backoff(leased));
  }
}

function refusalInWords(error: ChannelGone | NotAllowed): string {
  const said = error instanceof ChannelGone ? error.said : undefined;
  return [lostInWords(error.code), said].filter(Boolean).join(': ');
}

/** The first wait doubled with each attempt, up to 32 times it. */
function backoff({ attempts }: Leased): number {
  return DOUBT_MS * 2 ** Math.min(attempts - 1, 5);
}
