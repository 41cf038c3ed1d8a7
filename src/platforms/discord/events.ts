// What Discord tells of channels that go, come back, or change their name or the bot's rights there.
import type { Client, Guild, GuildBasedChannel } from 'discord.js';
import type { ChannelRef } from '../../core/chat.ts';
import type { ChannelChange, PlatformIo } from '../../core/platform.ts';
import { wordsOf } from '../../core/errors.ts';
import { canPost, lackingIn, takesRoundups } from './rights.ts';

type Io = Pick<PlatformIo, 'channelChanged' | 'workspaceChanged' | 'log'>;

interface Place {
  id: string;
  guildId: string;
  name: string;
}

/** Passes on what happens to channels, threads and whole servers. What it misses, the next post to a channel finds out. */
export function follow(client: Client, { channelChanged, workspaceChanged, log }: Io): void {
  const written = (work: Promise<void>, about: object) => {
    work.catch((error: unknown) => log.error({ ...about, why: wordsOf(error) }, 'discord change not recorded'));
  };
  const tell = (channel: ChannelRef, change: ChannelChange) => written(channelChanged(channel, change), { channel });
  const tellServer = ({ id }: { id: string }, change: { gone: string } | { back: true }) => written(workspaceChanged(id, change), { server: id });
  const renamed = (before: Place, after: Place) => {
    if (before.name !== after.name) tell(refOf(after), { name: after.name });
  };
  // After a change for a whole server: which channels are out of reach now; those that were lost may be back.
  const judgeAgain = (guild: Guild) => {
    for (const channel of guild.channels.cache.values()) {
      const rights = rightsIn(channel);
      if (rights !== undefined && !canPost(channel, rights)) tell(refOf(channel), { gone: NO_RIGHT });
    }
    tellServer(guild, { back: true });
  };

  client.on('channelDelete', (channel) => {
    if (!channel.isDMBased()) tell(refOf(channel), { gone: 'channel_deleted' });
  });
  client.on('threadDelete', (thread) => tell(refOf(thread), { gone: 'thread_deleted' }));
  client.on('channelUpdate', (before, after) => {
    if (before.isDMBased() || after.isDMBased()) return;
    renamed(before, after);
    const [had, has] = [rightsIn(before), rightsIn(after)];
    if (had === undefined || has === undefined) return;
    if (canPost(before, had) && !canPost(after, has)) tell(refOf(after), { gone: NO_RIGHT });
    else if (lackingIn(after, has).length < lackingIn(before, had).length) tell(refOf(after), { back: true });
  });
  client.on('threadUpdate', (before, after) => {
    renamed(before, after);
    if (before.locked && !after.locked) tell(refOf(after), { back: true });
  });
  client.on('roleUpdate', (before, after) => {
    const isOurs = after.guild.members.me?.roles.cache.has(after.id);
    if (isOurs && before.permissions.bitfield !== after.permissions.bitfield) judgeAgain(after.guild);
  });
  client.on('guildMemberUpdate', (before, after) => {
    if (after.id === client.user?.id && !before.roles.cache.equals(after.roles.cache)) judgeAgain(after.guild);
  });
  // An outage of Discord's own is another event.
  client.on('guildDelete', (guild) => tellServer(guild, { gone: 'removed_from_server' }));
  // Only when the bot is let in: those that it is in already come without this event.
  client.on('guildCreate', (guild) => tellServer(guild, { back: true }));
}

const NO_RIGHT = 'missing_permission';

/** The bot's rights as heard of; undefined where there is nothing to post, or when they are not known. */
function rightsIn(channel: GuildBasedChannel): bigint | undefined {
  const me = channel.guild.members.me;
  return me && takesRoundups(channel) ? channel.permissionsFor(me).bitfield : undefined;
}

function refOf({ id, guildId, name }: Place): ChannelRef {
  return { platform: 'discord', workspace: guildId, id, name };
}
