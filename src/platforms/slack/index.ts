// Slack: what it needs, how it looks, how it connects. Bolt is loaded only when a token is set.
import type { Platform } from '../../core/chat.ts';
import { connect } from './connect.ts';
import { render, renderAnswer } from './render.ts';

export { slackManifest } from './manifest.ts';

export const slack: Platform = {
  name: 'slack',
  env: { SLACK_BOT_TOKEN: 'required', SLACK_APP_TOKEN: 'optional', SLACK_SIGNING_SECRET: 'optional', SLACK_API_URL: 'optional' },
  checkEnv,
  can: { thread: true, actions: true },
  spread: true,
  // https://docs.slack.dev/apis/web-api/rate-limits: one message per second per channel.
  messageGapMs: 1_000,
  managers: 'member',
  render,
  renderAnswer,
  connect,
};

function checkEnv(env: Record<string, string | undefined>): string[] {
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = env;
  const problems: string[] = [];
  if (bot && !app && !secret) {
    problems.push('Slack: set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside SLACK_BOT_TOKEN.');
  }
  if (!bot && (app || secret)) {
    problems.push(`Slack: ${app ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET'} is set, but SLACK_BOT_TOKEN is missing.`);
  }
  if (bot && !bot.startsWith('xoxb-')) problems.push('Slack: SLACK_BOT_TOKEN must be a bot token, which begins with xoxb-.');
  if (app && !app.startsWith('xapp-')) problems.push('Slack: SLACK_APP_TOKEN must be an app-level token, which begins with xapp-.');
  return problems;
}
