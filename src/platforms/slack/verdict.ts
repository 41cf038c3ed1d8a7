// What went wrong with a request to Slack, as a verdict that the outbox understands.
import { ChannelGone, neverSent, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater, wordsOf } from '../../core/errors.ts';

const UNSENT_WAIT_MS = 30_000;
const BUSY_WAIT_MS = 60_000;

const NEW_TOKEN = 'Install the Slack app again; where SLACK_BOT_TOKEN is set, set it to the new bot token.';
const NEW_SCOPES = 'Install the Slack app again with the manifest that “paperround manifest slack” prints.';
const INVITE = 'Type /invite @Paperround in the channel.';
const RIGHTS = 'Ask an admin of the workspace to let the app post in this channel.';

/**
 * What pauses a channel: errors that last until a person does something about them. Any other ends one message at most.
 * https://docs.slack.dev/reference/methods/chat.postMessage
 */
const PAUSING: Record<string, (code: string) => Error> = {
  ...each(['channel_not_found', 'is_archived'], (code) => new ChannelGone(code)),
  ...each(['not_in_channel'], (code) => new NotAllowed(code, INVITE)),
  ...each(
    ['restricted_action', 'restricted_action_read_only_channel', 'restricted_action_thread_only_channel', 'restricted_action_non_threadable_channel', 'no_permission'],
    (code) => new NotAllowed(code, RIGHTS),
  ),
  ...each(['messages_tab_disabled'], (code) => new NotAllowed(code, 'Switch the Messages Tab on in the Slack app’s settings, page App Home.')),
  ...each(['user_not_found', 'user_not_visible', 'user_disabled', 'cannot_dm_bot'], (code) => new NotAllowed(code, 'Slack lets Paperround send no direct messages to this person.')),
  ...each(['missing_scope'], (code) => new NotAllowed(code, NEW_SCOPES)),
  ...each(
    ['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired', 'not_allowed_token_type'],
    (code) => new NotAllowed(code, NEW_TOKEN),
  ),
};

const PASSING: Record<string, (code: string) => Error> = {
  ...each(
    // Of a workspace on its way into an organisation, Slack's reference says that it answers now and then.
    ['ratelimited', 'rate_limited', 'message_limit_exceeded', 'team_added_to_org', 'org_login_required'],
    (code) => new TryLater(BUSY_WAIT_MS, code),
  ),
  // Slack's reference: with these, part of the request may have succeeded.
  ...each(['fatal_error', 'internal_error', 'service_unavailable', 'request_timeout'], (code) => new OutcomeUnknown(code)),
};

/** One of ChannelGone, NotAllowed, TryLater, PayloadRefused and OutcomeUnknown, for anything that a WebClient throws. */
export function verdictOf(thrown: unknown): Error {
  const error = thrown as { code?: string; retryAfter?: number; data?: { error?: string }; original?: { cause?: { code?: string } } };
  if (error.code === 'slack_webapi_rate_limited_error') return new TryLater((error.retryAfter ?? 60) * 1_000, 'ratelimited');
  if (error.code === 'slack_webapi_platform_error') return verdictOfCode(error.data?.error ?? '');
  if (neverSent(error.original)) return new TryLater(UNSENT_WAIT_MS, `Slack can’t be reached: ${error.original?.cause?.code ?? wordsOf(error.original)}`);
  // A 429 without a Retry-After comes as a bare error.
  if (wordsOf(thrown).startsWith('Retry header')) return new TryLater(BUSY_WAIT_MS, 'ratelimited');
  return new OutcomeUnknown(wordsOf(thrown));
}

function verdictOfCode(code: string): Error {
  // A proxy's page with status 200 comes as a "code" too.
  if (!/^[a-z0-9_]+$/.test(code)) return new OutcomeUnknown('the answer was not from Slack');
  const verdict = PAUSING[code] ?? PASSING[code];
  return verdict ? verdict(code) : new PayloadRefused(`Slack answered ${code}: see the reference of its Web API`);
}

function each(codes: string[], verdict: (code: string) => Error): Record<string, (code: string) => Error> {
  return Object.fromEntries(codes.map((code) => [code, verdict]));
}
