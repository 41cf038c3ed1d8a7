// The first word in a channel: to the person who let the bot in, for their eyes only.
import type { webApi } from '@slack/bolt';
import type { ChannelRef } from '../../core/chat.ts';
import type { PlatformIo } from '../../core/platform.ts';
import { wordsOf } from '../../core/errors.ts';
import type { Bot } from './bot.ts';
import { render } from './render.ts';

/** Never throws: a greeting that Slack refuses, as when the person has left meanwhile, is no loss. */
export async function greet(io: Pick<PlatformIo, 'greeting' | 'log'>, client: webApi.WebClient, { token }: Bot, channel: ChannelRef, inviter: string): Promise<void> {
  const doc = await io.greeting(channel);
  if (!doc) return;
  try {
    for (const payload of render(doc)) await client.chat.postEphemeral({ token, channel: channel.id, user: inviter, ...payload } as never);
  } catch (error) {
    io.log.warn({ channel: channel.id, error: wordsOf(error) }, 'slack greeting not shown');
  }
}
