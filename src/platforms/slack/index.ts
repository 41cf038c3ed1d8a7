// Slack: what it needs, how it looks, how it connects. Bolt is loaded only when a token is set.
import type { Platform } from '../../core/platform.ts';
import { connect } from './connect.ts';
import { installs } from './install.ts';
import { render, renderAnswer } from './render.ts';

export { slackManifest } from './manifest.ts';

export const slack: Platform = {
  name: 'slack',
  env: {
    SLACK_BOT_TOKEN: 'required',
    SLACK_APP_TOKEN: 'optional',
    SLACK_SIGNING_SECRET: 'optional',
    SLACK_CLIENT_ID: 'optional',
    SLACK_CLIENT_SECRET: 'optional',
    SLACK_API_URL: 'optional',
  },
  checkEnv,
  seals: (env) => (installs(env) ? 'the tokens of its workspaces are sealed with it' : undefined),
  can: { thread: true, actions: true, edit: true, silent: false, links: true },
  spread: true,
  // https://docs.slack.dev/apis/web-api/rate-limits: one message per second per channel.
  messageGapMs: 1_000,
  managers: 'member',
  render,
  renderAnswer,
  connect,
};

function checkEnv(env: Record<string, string | undefined>): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret, SLACK_CLIENT_ID: id, SLACK_CLIENT_SECRET: idSecret } = env;
  const problems: string[] = [];
  const say = (problem: string) => problems.push(`Slack: ${problem}`);
  if (bot && id) say('set SLACK_BOT_TOKEN for one workspace, or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET for many; not both.');
  if (id && !idSecret) say('SLACK_CLIENT_ID is set, but SLACK_CLIENT_SECRET is missing.');
  if (!id && idSecret) say('SLACK_CLIENT_SECRET is set, but SLACK_CLIENT_ID is missing.');
  if ((bot || id) && !app && !secret) say(`set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside ${bot ? 'SLACK_BOT_TOKEN' : 'SLACK_CLIENT_ID'}.`);
  if (!bot && !id && (app || secret)) say(`${app ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET'} is set, but SLACK_BOT_TOKEN is missing.`);
  if (bot && !bot.startsWith('xoxb-')) say('SLACK_BOT_TOKEN must be a bot token, which begins with xoxb-.');
  if (app && !app.startsWith('xapp-')) say('SLACK_APP_TOKEN must be an app-level token, which begins with xapp-.');
  return problems;
}
