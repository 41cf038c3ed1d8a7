import type { ChannelRef } from '../../core/chat.ts';

/**
 * Where a call of `user` comes from. Slack names public channels alone: in place of any other name it says what kind it is.
 * A conversation of two has an id with D, whether the other one is the bot or somebody else.
 */
export function channelOf(workspace: string, { id, name }: { id: string; name?: string | undefined }, user: string): ChannelRef {
  const open = name && !/^(privategroup|directmessage|mpdm-.*)$/.test(name) ? name : undefined;
  return { platform: 'slack', workspace, id, ...(open ? { name: open } : { private: true }), ...(id.startsWith('D') ? { person: user } : {}) };
}
