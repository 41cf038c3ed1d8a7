// The Slack app manifest, made from the command list: what a workspace is asked for, and why.
import type { CommandSpec, Option, VerbSpec } from '../../core/chat.ts';
import { clip } from '../../core/text.ts';

/** The least that the bot needs, each with its reason. */
export const SCOPES = [
  'commands', // to be called by /paper and /roundup
  'chat:write', // to post roundups, and to answer
  'channels:read', // to see before subscribing whether it is in a public channel; to hear who let it in, and when that is archived or renamed; which of its channels somebody who opens its Home, or looks up a paper that was posted, is in
  'groups:read', // the same for private channels it was invited to
  'users:read', // to tell full members from guests, and a person's time zone
  'channels:history', // to look whether a post got through before sending it again, after a lost answer
  'groups:history', // the same for private channels it was invited to
  'im:write', // to send somebody their own digest, when they ask for one; to tell the person who subscribed a channel that it was lost
  'im:history', // the same look before sending again, for somebody's own digest
  'files:write', // to send somebody the file of saved papers that they asked for, in a direct message
  'links:read', // to be told of links to papers (of the domains below, and of nothing else in the message)
  'links:write', // to show a preview under them
] as const;

/** What Slack tells the bot unasked: a channel, its place in one, or the whole workspace is lost, or back; a public channel's name changed. */
export const EVENTS = [
  'channel_archive',
  'channel_deleted',
  'channel_rename',
  'channel_left',
  'group_archive',
  'group_deleted',
  'group_left',
  'member_left_channel',
  'channel_unarchive',
  'group_unarchive',
  'member_joined_channel',
  'app_uninstalled',
  'tokens_revoked',
] as const;

export type EventName = (typeof EVENTS)[number];

/** Somebody opened the app's Home, which is published then. */
export const HOME_EVENT = 'app_home_opened';
/** Where links to papers lead, with all subdomains, such as www.alphaxiv.org. Slack takes five domains, and tells of links to no other. */
export const UNFURL_DOMAINS = ['arxiv.org', 'huggingface.co', 'hf.co', 'alphaxiv.org', 'doi.org'] as const;

/** Where Slack sends requests in HTTP mode. */
export const REQUEST_PATH = '/slack/events';

/** Where a workspace begins to install the app, and where Slack's consent page leads back to. */
export const INSTALL_PATH = '/slack/install';
export const REDIRECT_PATH = '/slack/oauth_redirect';

/**
 * The manifest for Socket Mode, or for HTTP when `url` says where the bot is reached from outside.
 * Limits (Slack's manifest reference): name 35, description 140, usage hint 1,000.
 */
export function slackManifest(commands: CommandSpec[], options: { url?: string } = {}) {
  const at = options.url ? { url: new URL(REQUEST_PATH, options.url).href } : {};
  const request = options.url ? { request_url: at.url } : {};
  const redirect = options.url ? { redirect_urls: [new URL(REDIRECT_PATH, options.url).href] } : {};
  return {
    display_information: {
      name: 'Paperround',
      description: 'A daily roundup of trending papers in your channels, and /paper to look one up.',
      background_color: '#1d3557',
    },
    features: {
      // Without the tab of messages, the app can't send direct ones.
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'Paperround', always_online: true },
      slash_commands: commands.map((command) => ({
        command: `/${command.name}`,
        ...at,
        description: clip(command.summary, 140),
        usage_hint: usageOf(command),
        should_escape: false,
      })),
      unfurl_domains: [...UNFURL_DOMAINS],
    },
    oauth_config: { ...redirect, scopes: { bot: [...SCOPES] } },
    settings: {
      event_subscriptions: { ...request, bot_events: [...EVENTS, HOME_EVENT, 'link_shared'] },
      interactivity: { is_enabled: true, ...request },
      org_deploy_enabled: false,
      socket_mode_enabled: !options.url,
      token_rotation_enabled: false,
    },
  };
}

function usageOf(command: CommandSpec): string {
  const plain = command.verbs.filter((verb) => verb.name === command.fallback).map((verb) => optionsOf(verb));
  const named = command.verbs.filter((verb) => verb.name !== command.fallback).map((verb) => [verb.name, optionsOf(verb)].join(' ').trim());
  return clip([...plain, ...named].filter(Boolean).join(' | '), 1_000);
}

function optionsOf(verb: VerbSpec): string {
  return verb.options.map((option: Option) => (option.required ? `<${option.name}>` : `[${option.name}]`)).join(' ');
}
