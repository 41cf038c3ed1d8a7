// What went wrong with a request to Slack, as a verdict that the outbox understands.
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater, wordsOf } from '../../core/errors.ts';

/** Never started: no connection, so Slack can't have acted. Codes of node and undici. */
const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const UNSENT_WAIT_MS = 30_000;
const BUSY_WAIT_MS = 60_000;

const NEW_TOKEN = 'Install the Slack app again and set SLACK_BOT_TOKEN to its new bot token.';
const INVITE = 'Type /invite @Paperround in the channel.';
const RIGHTS = 'Ask an admin of the workspace to let the app post in this channel.';

const NOT_ALLOWED: Record<string, string> = {
  invalid_auth: NEW_TOKEN,
  not_authed: NEW_TOKEN,
  account_inactive: NEW_TOKEN,
  token_revoked: NEW_TOKEN,
  token_expired: NEW_TOKEN,
  not_in_channel: INVITE,
  missing_scope: 'Install the Slack app again with the manifest that `paperround manifest slack` prints.',
  restricted_action: RIGHTS,
  restricted_action_read_only_channel: RIGHTS,
  restricted_action_thread_only_channel: RIGHTS,
  restricted_action_non_threadable_channel: RIGHTS,
};

const CODES: Record<string, (code: string) => Error> = {
  ...Object.fromEntries(Object.entries(NOT_ALLOWED).map(([code, fix]) => [code, () => new NotAllowed(code, fix)])),
  ...each(['channel_not_found', 'is_archived', 'channel_is_archived'], (code) => new ChannelGone(code)),
  ...each(
    ['invalid_blocks', 'msg_too_long', 'msg_blocks_too_long', 'no_text', 'invalid_arguments', 'invalid_metadata_format',
      'metadata_too_large', 'thread_not_found', 'cannot_reply_to_message'], // prettier-ignore
    (code) => new PayloadRefused(code),
  ),
  ...each(['ratelimited', 'rate_limited', 'message_limit_exceeded'], (code) => new TryLater(BUSY_WAIT_MS, code)),
  // Slack's reference: with these, part of the request may have succeeded.
  ...each(['fatal_error', 'internal_error', 'service_unavailable', 'request_timeout'], (code) => new OutcomeUnknown(code)),
};

/** One of ChannelGone, NotAllowed, TryLater, PayloadRefused and OutcomeUnknown, for anything that a WebClient throws. */
export function verdictOf(thrown: unknown): Error {
  const error = thrown as { code?: string; retryAfter?: number; data?: { error?: string }; original?: { cause?: { code?: string } } };
  if (error.code === 'slack_webapi_rate_limited_error') return new TryLater((error.retryAfter ?? 60) * 1_000, 'ratelimited');
  if (error.code === 'slack_webapi_platform_error') return verdictOfCode(error.data?.error ?? '');
  const cause = error.original?.cause?.code ?? '';
  if (UNSENT.has(cause)) return new TryLater(UNSENT_WAIT_MS, `slack can't be reached: ${cause}`);
  // A 429 without a Retry-After comes as a bare error.
  if (wordsOf(thrown).startsWith('Retry header')) return new TryLater(BUSY_WAIT_MS, 'ratelimited');
  return new OutcomeUnknown(wordsOf(thrown));
}

function verdictOfCode(code: string): Error {
  // A proxy's page with status 200 comes as a "code" too.
  if (!/^[a-z0-9_]+$/.test(code)) return new OutcomeUnknown('the answer was not from Slack');
  return (CODES[code] ?? unlisted)(code);
}

function unlisted(code: string): Error {
  return new NotAllowed(code, `Slack answered "${code}": see its reference of chat.postMessage.`);
}

function each(codes: string[], verdict: (code: string) => Error): Record<string, (code: string) => Error> {
  return Object.fromEntries(codes.map((code) => [code, verdict]));
}
