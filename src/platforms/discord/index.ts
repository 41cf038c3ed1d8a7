// Discord: slash commands, buttons and roundups over the gateway.
import type { Platform } from '../../core/platform.ts';
import { connect } from './connect.ts';
import { render, renderAnswer } from './render.ts';

export const discord: Platform = {
  name: 'discord',
  env: { DISCORD_TOKEN: 'required', DISCORD_API_URL: 'optional', DISCORD_MAX_SHARDS: 'optional' },
  checkEnv: ({ DISCORD_MAX_SHARDS: most }) =>
    most === undefined || /^[1-9]\d*$/.test(most) ? [] : ['DISCORD_MAX_SHARDS: a whole number from 1 on: the most shards that this process takes; leave it out for all.'],
  can: { thread: true, actions: true, edit: true, silent: true, links: false },
  spread: true,
  managers: 'manager',
  render,
  renderAnswer,
  connect: (io) => connect(io),
};
