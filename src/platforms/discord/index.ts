// Discord: slash commands, buttons and roundups over the gateway.
import type { Platform } from '../../core/chat.ts';
import { connect } from './connect.ts';
import { render, renderAnswer } from './render.ts';

export const discord: Platform = {
  name: 'discord',
  env: { DISCORD_TOKEN: 'required', DISCORD_API_URL: 'optional' },
  can: { thread: true, actions: true },
  spread: true,
  managers: 'manager',
  render,
  renderAnswer,
  connect: (io) => connect(io),
};
