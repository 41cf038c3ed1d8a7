import type { ChannelRef } from '../../core/chat.ts';
import { directOf } from '../../core/keys.ts';

/**
 * Where a call of `user` comes from. Slack names public channels alone: in place of any other name it says what kind it is.
 * A conversation of two has an id with D, whether the other one is the bot or somebody else. Without an id it comes from
 * the person's Home, which is theirs as their direct messages are.
 */
export function channelOf(workspace: string, { id, name }: { id: string; name?: string | undefined }, user: string): ChannelRef {
  if (isHome(id)) return directOf({ channel: { platform: 'slack', workspace, id }, person: { id: user } });
  const open = name && !/^(privategroup|directmessage|mpdm-.*)$/.test(name) ? name : undefined;
  return { platform: 'slack', workspace, id, ...(open ? { name: open } : { private: true }), ...(id.startsWith('D') ? { person: user } : {}) };
}

/** Whether this is no channel, in which messages could be posted, but somebody's Home. */
export function isHome(id: string): boolean {
  return id === '' || id.startsWith('@');
}
