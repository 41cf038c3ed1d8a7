// What Slack tells the bot unasked: a channel is gone, or has another name.
import type { App } from '@slack/bolt';
import type { PlatformIo } from '../../core/chat.ts';
import type { Bot } from './bot.ts';
import type { Flight } from './flight.ts';
import { EVENTS } from './manifest.ts';

/** What an event means, in the code with which a post to the channel would fail. */
const GONE: Record<string, string> = {
  channel_archive: 'is_archived',
  group_archive: 'is_archived',
  channel_deleted: 'channel_not_found',
  group_deleted: 'channel_not_found',
  channel_left: 'not_in_channel',
  group_left: 'not_in_channel',
  member_left_channel: 'not_in_channel',
};

/** The event's shape, as far as it matters: a rename carries the channel, the others its id. */
interface ChannelEvent {
  type: string;
  user?: string;
  channel: string | { id: string; name: string };
}

/** Passes on what happened to channels. */
export function watchChannels(app: App, io: PlatformIo, bot: Bot, flight: Flight): void {
  for (const name of EVENTS) {
    app.event(name as string, async ({ event, body }) => {
      const { type, user, channel } = event as unknown as ChannelEvent;
      if (type === 'member_left_channel' && user !== bot.user) return;
      const ref = { platform: 'slack', workspace: bot.workspace };
      flight.start(async () => {
        // Slack delivers an event again, for some six minutes, when its ack was lost.
        if (!(await io.claim(`event:${body.event_id}`))) return;
        if (typeof channel === 'string') await io.channelChanged({ ...ref, id: channel }, { gone: GONE[type]! });
        else await io.channelChanged({ ...ref, id: channel.id, name: channel.name }, { name: channel.name });
      });
    });
  }
}
