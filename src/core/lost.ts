// How a channel was lost, in plain words: platforms have codes for it.

const WORDS: Record<string, string> = {
  // Slack: its errors and events.
  channel_not_found: 'the channel is gone, or Paperround can’t see it',
  is_archived: 'the channel was archived',
  not_in_channel: 'Paperround is not in the channel',
  app_uninstalled: 'the app was removed from the workspace',
  tokens_revoked: 'the workspace took the app’s token back',
  token_revoked: 'the workspace took the app’s token back',
  token_expired: 'the app’s token has run out',
  account_inactive: 'the app’s account was switched off',
  invalid_auth: 'Slack refuses the app’s token',
  not_authed: 'Slack refuses the app’s token',
  missing_scope: 'the app lacks a permission',
  user_not_found: 'Slack lets Paperround send no direct messages there',
  messages_tab_disabled: 'the app’s direct messages are switched off',
  restricted_action: 'the workspace’s rules keep Paperround from posting here',
  // Slack's incoming webhooks: https://api.slack.com/changelog/2016-05-17-changes-to-errors-for-incoming-webhooks
  no_service: 'the webhook was removed',
  no_team: 'the webhook’s workspace is gone',
  team_disabled: 'the webhook’s workspace was switched off',
  invalid_token: 'the webhook was revoked',
  channel_is_archived: 'the channel was archived',
  action_prohibited: 'the workspace’s rules keep the webhook from posting there',
  webhook_removed: 'the webhook’s address isn’t kept here',
  // Discord: its error codes and events.
  10003: 'the channel is gone',
  10004: 'Paperround is not in the server any more',
  10015: 'the webhook was deleted',
  50027: 'the webhook was deleted',
  220001: 'the webhook’s channel is a forum, and none of its posts is named',
  50001: 'Paperround can’t see the channel',
  50007: 'Discord lets Paperround send no direct messages there',
  50013: 'Paperround may not post in the channel',
  50278: 'Paperround shares no server with this person any more',
  missing_permission: 'Paperround may not post in the channel',
  removed_from_server: 'Paperround was removed from the server',
  channel_deleted: 'the channel was deleted',
  thread_deleted: 'the thread was deleted',
};

/** What the platform said beside its code, or its adapter says against it; undefined where there is the code alone. */
export function adviceOf({ pausedWhy, pausedCode }: { pausedWhy: string | null; pausedCode: string | null }): string | undefined {
  return pausedCode !== null && pausedWhy?.startsWith(`${pausedCode}: `) ? pausedWhy.slice(pausedCode.length + 2) : undefined;
}

/** Why a channel is paused for a code, and what else was said against it: a sentence or two, without full stops. */
export function lossInWords(paused: { pausedWhy: string | null; pausedCode: string }): string[] {
  return [lostInWords(paused.pausedCode), adviceOf(paused) ?? ''].filter(Boolean);
}

/** `the channel was archived (is_archived)`; a code that isn't known stands for itself. */
export function lostInWords(code: string): string {
  const words = WORDS[code] ?? (code.startsWith('smtp_') ? 'the mail server refuses mail to the address' : undefined) ?? (code.startsWith('restricted_action') ? WORDS.restricted_action : undefined);
  return words ? `${words} (${code})` : code;
}
