// What Discord tells of channels that go or change their name.
import type { Client } from 'discord.js';
import type { ChannelRef, PlatformIo } from '../../core/chat.ts';
import { wordsOf } from '../../core/errors.ts';

interface Place {
  id: string;
  guildId: string;
  name: string;
}

/** Passes on what happens to channels, threads and whole servers. */
export function follow(client: Client, { channelChanged, log }: Pick<PlatformIo, 'channelChanged' | 'log'>): void {
  const tell = (channel: ChannelRef, change: { gone: string } | { name: string }) => {
    channelChanged(channel, change).catch((error: unknown) => log.error({ channel, why: wordsOf(error) }, 'channel change not recorded'));
  };
  const renamed = (before: Place, after: Place) => {
    if (before.name !== after.name) tell(refOf(after), { name: after.name });
  };
  client.on('channelDelete', (channel) => {
    if (!channel.isDMBased()) tell(refOf(channel), { gone: 'channel_deleted' });
  });
  client.on('threadDelete', (thread) => tell(refOf(thread), { gone: 'thread_deleted' }));
  client.on('channelUpdate', (before, after) => {
    if (!before.isDMBased() && !after.isDMBased()) renamed(before, after);
  });
  client.on('threadUpdate', renamed);
  // The library has forgotten the server's channels by the time of its own guildDelete, so the raw event is read.
  client.on('raw' as never, ({ t, d }: { t: string; d: { id: string; unavailable?: boolean } }) => {
    if (t !== 'GUILD_DELETE' || d.unavailable) return;
    for (const channel of client.channels.cache.values()) {
      if (!channel.isDMBased() && channel.guildId === d.id) tell(refOf(channel), { gone: 'removed_from_server' });
    }
  });
}

function refOf({ id, guildId, name }: Place): ChannelRef {
  return { platform: 'discord', workspace: guildId, id, name };
}
