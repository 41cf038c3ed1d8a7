// Which scope each method of Slack's Web API takes, from its reference pages (docs.slack.dev/reference/methods): the server
// refuses what the app's manifest doesn't ask for, as Slack would.
import { SCOPES, slackManifest } from '../../src/platforms/slack/manifest.ts';

type Json = Record<string, unknown>;
type Kind = 'channels' | 'groups' | 'im';

/** Each method that the bot calls: its scopes, or for a conversation the scope of each kind; undefined where it takes none. */
const OF_METHOD: Record<string, string[] | ((kind: Kind) => string) | undefined> = {
  'apps.connections.open': undefined,
  'auth.test': undefined,
  'oauth.v2.access': undefined,
  'views.open': undefined,
  'views.push': undefined,
  'views.update': undefined,
  'views.publish': undefined,
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'chat.unfurl': ['links:write'],
  'conversations.info': (kind) => `${kind}:read`,
  'conversations.history': (kind) => `${kind}:history`,
  'conversations.replies': (kind) => `${kind}:history`,
  'conversations.open': ['im:write'],
  'users.info': ['users:read'],
  // Of the kinds that it asks for.
  'users.conversations': ['channels:read', 'groups:read'],
  'files.getUploadURLExternal': ['files:write'],
  'files.completeUploadExternal': ['files:write'],
};

/** What a subscription to an event takes (docs.slack.dev/reference/events). */
const OF_EVENT: [pattern: RegExp, scopes: string[]][] = [
  [/^channel_/, ['channels:read']],
  [/^group_/, ['groups:read']],
  [/^member_(left|joined)_channel$/, ['channels:read', 'groups:read']],
  [/^(app_uninstalled|tokens_revoked|app_home_opened)$/, []],
  [/^link_shared$/, ['links:read']],
];

/** The scope that a request takes, where the manifest doesn't ask for it. Throws for a method whose scope isn't known here. */
export function lackedScope(method: string, body: Json, channel: Json | undefined): string | undefined {
  if (!(method in OF_METHOD)) throw new Error(`which scope does ${method} take? Put it into test/support/slack-scopes.ts`);
  const scope = OF_METHOD[method];
  const kind = String(body.channel).startsWith('D') ? 'im' : channel?.is_private ? 'groups' : 'channels';
  const needed = typeof scope === 'function' ? [scope(kind)] : (scope ?? []);
  return needed.find((one) => !(SCOPES as readonly string[]).includes(one));
}

/** All scopes that these methods may take. */
export function scopesOf(methods: string[]): string[] {
  return methods.flatMap((method) => {
    if (!(method in OF_METHOD)) throw new Error(`which scope does ${method} take? Put it into test/support/slack-scopes.ts`);
    const scope = OF_METHOD[method];
    return typeof scope === 'function' ? (['channels', 'groups', 'im'] as const).map(scope) : (scope ?? []);
  });
}

/** All scopes that the events of the manifest take. */
export function scopesOfEvents(): string[] {
  return slackManifest([]).settings.event_subscriptions.bot_events.flatMap((event) => {
    const known = OF_EVENT.find(([pattern]) => pattern.test(event));
    if (!known) throw new Error(`which scope does the event ${event} take? Put it into test/support/slack-scopes.ts`);
    return known[1];
  });
}
