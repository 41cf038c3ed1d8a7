// What Slack needs from the environment, and what a workspace is asked for.
import { describe, expect, test } from 'vitest';
import type { CommandSpec } from '../../../src/core/chat.ts';
import { slack, slackManifest } from '../../../src/platforms/slack/index.ts';

describe('the environment', () => {
  test.each<[string, Record<string, string>, RegExp | undefined]>([
    ['nothing at all is fine', {}, undefined],
    ['a bot token and an app token are Socket Mode', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }, undefined],
    ['a bot token and a signing secret are HTTP', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }, undefined],
    ['a bot token alone misses one of two', { SLACK_BOT_TOKEN: 'xoxb-1' }, /SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET/],
    ['an app token alone misses the bot token', { SLACK_APP_TOKEN: 'xapp-1' }, /SLACK_BOT_TOKEN is missing/],
    ['a client id and its secret are many workspaces, in Socket Mode', { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 's', SLACK_APP_TOKEN: 'xapp-1' }, undefined],
    ['or over HTTP', { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 's', SLACK_SIGNING_SECRET: 's' }, undefined],
    ['a client id without its secret is told', { SLACK_CLIENT_ID: '1.2', SLACK_APP_TOKEN: 'xapp-1' }, /SLACK_CLIENT_SECRET is missing/],
    ['a client’s secret alone is told', { SLACK_CLIENT_SECRET: 's' }, /SLACK_CLIENT_ID is missing/],
    ['many workspaces and one are told', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 's', SLACK_APP_TOKEN: 'xapp-1' }, /not both/],
    ['tokens in each other’s place are told', { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' }, /begins with xoxb-[^]*begins with xapp-/],
  ])('%s', (_, env, problem) => {
    const problems = slack.checkEnv!(env);
    if (problem) expect(problems.join('\n')).toMatch(problem);
    else expect(problems).toEqual([]);
    expect(problems.join('\n')).not.toMatch(/xoxb-1|xapp-1/);
  });
});

describe('the manifest', () => {
  const commands: CommandSpec[] = [
    {
      name: 'paper',
      summary: 'Look papers up.',
      fallback: 'search',
      verbs: [
        { name: 'search', summary: '', who: 'anyone', audience: 'asker', options: [{ name: 'query', summary: '', required: true }] },
        { name: 'trending', summary: '', who: 'anyone', audience: 'asker', options: [{ name: 'window', summary: '' }] },
        { name: 'help', summary: '', who: 'anyone', audience: 'asker', options: [] },
      ],
    },
  ];

  test('lists the commands with hints made of their verbs', () => {
    expect(slackManifest(commands).features.slash_commands).toEqual([
      { command: '/paper', description: 'Look papers up.', usage_hint: '<query> | trending [window] | help', should_escape: false },
    ]);
  });

  test('is for Socket Mode, unless it is told where the bot is reached', () => {
    expect(slackManifest(commands).settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
    const http = slackManifest(commands, { url: 'https://bot.example' });
    expect(http.settings.socket_mode_enabled).toBe(false);
    expect(http.settings.interactivity).toEqual({ is_enabled: true, request_url: 'https://bot.example/slack/events' });
    expect(http.settings.event_subscriptions).toMatchObject({ request_url: 'https://bot.example/slack/events' });
    expect(http.oauth_config).toMatchObject({ redirect_urls: ['https://bot.example/slack/oauth_redirect'] });
    expect(http.features.slash_commands[0]).toMatchObject({ url: 'https://bot.example/slack/events' });
  });

  test('has a Home, which is told of when it is opened, beside the tab of messages', () => {
    const { features, settings } = slackManifest(commands);
    expect(features.app_home).toEqual({ home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true });
    expect(settings.event_subscriptions.bot_events).toContain('app_home_opened');
  });

  test('asks to be told of links to papers: five domains at most, without subdomains, which Slack counts in', () => {
    const { features, settings } = slackManifest(commands);
    expect(features.unfurl_domains).toEqual(['arxiv.org', 'huggingface.co', 'hf.co', 'alphaxiv.org', 'doi.org']);
    expect(settings.event_subscriptions.bot_events).toContain('link_shared');
  });

  test('asks for the scopes that the README gives reasons for, no other, and never for a person’s token', () => {
    expect(slackManifest(commands).oauth_config).toEqual({
      scopes: {
        bot: ['commands', 'chat:write', 'channels:read', 'groups:read', 'users:read', 'channels:history', 'groups:history', 'im:write', 'im:history', 'files:write', 'links:read', 'links:write'],
      },
    });
  });
});
