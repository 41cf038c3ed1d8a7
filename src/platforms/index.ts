// The platforms, one line each.
export { slack } from './slack/index.ts';
export { discord } from './discord/index.ts';
export { email } from './email/index.ts';
export { slackWebhook } from './webhooks/slack.ts';
export { discordWebhook } from './webhooks/discord.ts';
export { terminal } from './terminal/index.ts';
