// What an error of Discord's means for the message that was being posted.
import { ChannelGone, neverSent, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater, wordsOf } from '../../core/errors.ts';

/** Discord's JSON error codes that the adapter knows by name (source: opcodes and status codes). */
export const CODES = {
  unknownChannel: 10003,
  unknownGuild: 10004,
  unknownMember: 10007,
  unknownMessage: 10008,
  unknownInteraction: 10062,
  alreadyAnswered: 40060,
  tagRequired: 40067,
  missingAccess: 50001,
  noMessagesThere: 50008,
  wrongChannelType: 50024,
  cannotMessageUser: 50007,
  noServerShared: 50278,
  missingPermissions: 50013,
  invalidWebhookToken: 50027,
  invalidForm: 50035,
  archivedThread: 50083,
  threadExists: 160004,
  threadLocked: 160005,
  tooManyThreads: 160006,
} as const;

/** Discord's error code of anything thrown; undefined when Discord didn't answer in its own words. */
export function codeOf(error: unknown): number | undefined {
  const { code } = fieldsOf(error);
  return typeof code === 'number' ? code : undefined;
}

/**
 * The verdict for the outbox. `delivering` is false for steps before the message itself, such as making its thread:
 * there a lost answer delivered nothing.
 */
export function verdictOf(error: unknown, delivering = true): Error {
  if (VERDICT_TYPES.some((type) => error instanceof type)) return error as Error;
  const { status, retryAfter } = fieldsOf(error);
  const why = wordsOf(error);
  if (typeof retryAfter === 'number') return new TryLater(Math.max(retryAfter, 1_000), 'rate limited by Discord');
  // The fault is no channel's: they go on once the token is right.
  if (status === 401) return new TryLater(TOKEN_MS, REFUSED_TOKEN);
  const code = codeOf(error);
  const known = code === undefined ? undefined : VERDICTS[code];
  if (known) return known(String(code), why);
  if (code !== undefined && isRefusal(status)) return new PayloadRefused(`Discord ${code}: ${why}`);
  if (neverSent(error) || !delivering) return new TryLater(RETRY_MS, why);
  return new OutcomeUnknown(why, { cause: error });
}

/** A proxy's page can come with status 200. */
export const NOT_DISCORD = 'the answer was not Discord’s';

export const TAG_FIX = 'Add a tag to the forum that everyone may use, such as “Papers”, or let posts be without tags: forum settings.';

export const REFUSED_TOKEN = 'Discord refuses the bot’s token: set a new DISCORD_TOKEN.';
const TOKEN_MS = 5 * 60_000;
const RETRY_MS = 30_000;
const VERDICT_TYPES = [ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater];

/** What Discord's codes mean. Those with ChannelGone and NotAllowed are permanent: the channel is paused until a person has mended it. */
const VERDICTS: Record<number, (code: string, why: string) => Error> = {
  [CODES.unknownChannel]: (code) => new ChannelGone(code),
  [CODES.unknownGuild]: (code) => new ChannelGone(code),
  [CODES.missingAccess]: (code) => new NotAllowed(code, 'Give Paperround “View Channel” there: channel settings, Permissions. Or invite it to the server again.'),
  [CODES.cannotMessageUser]: (code) => new NotAllowed(code, 'Allow direct messages in the privacy settings of a server that Paperround is in.'),
  [CODES.noServerShared]: (code) => new NotAllowed(code, 'Join a server that Paperround is in.'),
  [CODES.missingPermissions]: (code) => new NotAllowed(code, 'Give Paperround “Send Messages” and “Embed Links” there: channel settings, Permissions.'),
  [CODES.noMessagesThere]: (code) => new NotAllowed(code, 'This channel takes no messages: use a text channel or a thread; for a forum subscribe again in one of its posts.'),
  [CODES.tagRequired]: (code) => new NotAllowed(code, TAG_FIX),
  [CODES.threadLocked]: (code) => new NotAllowed(code, 'This thread is locked: unlock it, or use a channel.'),
  [CODES.invalidForm]: (code, why) => new PayloadRefused(`Discord ${code}: ${why}`),
}; // prettier-ignore

// Discord's own 4xx is a decision on this request; 5xx may come after it acted.
function isRefusal(status: unknown): boolean {
  return typeof status === 'number' && status >= 400 && status < 500;
}

// discord.js's errors are told by their fields, so that this file needn't load the library.
function fieldsOf(error: unknown): { code?: unknown; status?: unknown; retryAfter?: unknown } {
  return typeof error === 'object' && error !== null ? error : {};
}
