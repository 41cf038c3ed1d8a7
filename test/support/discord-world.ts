// What the loopback Discord knows: a server with channels, who may do what there, and the messages.
import { PermissionFlagsBits } from 'discord.js';

export type Permission = keyof typeof PermissionFlagsBits;

export interface Message {
  id: string;
  channel_id: string;
  author: object & { id: string };
  content: string;
  embeds: { title?: string; description?: string; url?: string }[];
  components: Component[];
  flags: number;
  nonce?: string;
  message_reference?: { message_id: string };
}

export interface Component {
  type: number;
  custom_id?: string;
  label?: string;
  /** Of a text. */
  content?: string;
  placeholder?: string;
  min_values?: number;
  max_values?: number;
  options?: { label: string; value: string; description?: string; default?: boolean }[];
  components?: Component[];
}

/** The components of a message, and those that are inside of others. */
export function componentsOf({ components }: { components: Component[] }): Component[] {
  return components.flatMap((one) => [one, ...componentsOf({ components: one.components ?? [] })]);
}

export interface Tag {
  id: string;
  name: string;
  moderated: boolean;
}

export interface Channel {
  id: string;
  guild_id?: string;
  parent_id?: string;
  type: number;
  name: string;
  denied: Permission[];
  messages: Message[];
  archived: boolean;
  locked: boolean;
  /** Of a forum: its tags, and whether each post must have one. */
  tags?: Tag[];
  needsTag?: boolean;
  /** Of a forum's post: the ids of its tags. */
  applied?: string[];
  /** Who began a thread; the bot, unless said otherwise. */
  owner?: string;
  /** Everyone but the bot is kept out. */
  private?: true;
}

export const BOT = { id: '900000000000000001', username: 'Paperround', discriminator: '0', global_name: null, avatar: null, bot: true };
export const GUILD = '100000000000000001';
export const CHANNEL = '200000000000000001';
export const OTHER_CHANNEL = '200000000000000002';
export const DIRECT = '300000000000000001';
export const USER = '400000000000000001';

const TEXT = 0;
const DM = 1;
export const THREAD = 11;
export const PRIVATE_THREAD = 12;
export const FORUM = 15;
const MANAGERS = '500000000000000001';

/** What everyone may do in the server to begin with, until a channel denies it. */
export const GRANTED: Permission[] = [
  'ViewChannel',
  'SendMessages',
  'EmbedLinks',
  'ReadMessageHistory',
  'CreatePublicThreads',
  'SendMessagesInThreads',
];

export interface World {
  /** Whether the bot is in the server. */
  member: boolean;
  granted: Permission[];
  /** Ids of people who have a role that manages channels. */
  managers: Set<string>;
  channels: Map<string, Channel>;
  add: (channel: Pick<Channel, 'id' | 'type' | 'name'> & Partial<Channel>) => Channel;
  nextId: () => string;
  /** Milliseconds for which a nonce is remembered; Discord says “the past few minutes”. */
  nonceWindowMs: number;
  /** Whether fetched messages carry their nonce; Discord's do only at times. */
  givesNonceBack: boolean;
  /** Stores a message of the bot's, or gives back the one that the nonce already made. */
  say: (channel: string, body: Partial<Message> & { enforce_nonce?: boolean }, id?: string) => Message;
  may: (channel: Channel, permission: Permission) => boolean;
}

/** A server “Lab” with #papers and #random, and a direct-message channel. `now` dates messages and the nonces' window. */
export function makeWorld(now: () => Date): World {
  const channels = new Map<string, Channel>();
  const nonces = new Map<string, { message: Message; at: number }>();
  let count = 0;
  const add: World['add'] = (channel) => {
    const whole = { denied: [], messages: [], archived: false, locked: false, ...channel };
    channels.set(whole.id, whole);
    return whole;
  };
  add({ id: CHANNEL, guild_id: GUILD, type: TEXT, name: 'papers' });
  add({ id: OTHER_CHANNEL, guild_id: GUILD, type: TEXT, name: 'random' });
  add({ id: DIRECT, type: DM, name: '' });

  const nextId = () => (((BigInt(now().getTime()) - 1_420_070_400_000n) << 22n) + BigInt(++count)).toString();
  return {
    member: true,
    granted: GRANTED,
    managers: new Set(),
    channels,
    add,
    nextId,
    nonceWindowMs: 5 * 60_000,
    givesNonceBack: false,
    say(channel, body, id = nextId()) {
      const { enforce_nonce: enforced, ...rest } = body;
      const key = `${channel}:${rest.nonce ?? ''}`;
      const known = nonces.get(key);
      if (enforced && rest.nonce && known && now().getTime() - known.at < this.nonceWindowMs) return known.message;
      const message: Message = { content: '', embeds: [], components: [], flags: 0, ...rest, id, channel_id: channel, author: BOT };
      channels.get(channel)?.messages.push(message);
      if (rest.nonce) nonces.set(key, { message, at: now().getTime() });
      return message;
    },
    may(channel, permission) {
      const parent = channel.parent_id ? channels.get(channel.parent_id) : undefined;
      return (!channel.guild_id || this.granted.includes(permission)) && ![...channel.denied, ...(parent?.denied ?? [])].includes(permission);
    },
  };
}

/** A channel as the API and the gateway show it. */
export function channelJson({ id, guild_id, parent_id, type, name, denied, archived, locked, private: hidden, tags = [], needsTag, applied = [], owner = BOT.id }: Channel): object {
  if (type === DM) return { id, type, recipients: [person(USER)] };
  const forAll: Permission[] = [...denied, ...(hidden ? (['ViewChannel'] as const) : [])];
  const forBot = hidden ? [{ id: BOT.id, type: 1, allow: bits(['ViewChannel']), deny: '0' }] : [];
  const overwrites = forAll.length ? [{ id: guild_id, type: 0, allow: '0', deny: bits(forAll) }, ...forBot] : [];
  const thread = { archived, locked, auto_archive_duration: 1440, archive_timestamp: createdAt(id) };
  const forum = type >= FORUM ? { available_tags: tags.map((tag) => ({ emoji_id: null, emoji_name: null, ...tag })), flags: needsTag ? 1 << 4 : 0 } : {};
  return {
    id, guild_id, type, name, parent_id: parent_id ?? null, position: 0, topic: null, nsfw: false, ...forum,
    ...(type === THREAD || type === PRIVATE_THREAD ? { thread_metadata: thread, owner_id: owner, applied_tags: applied, flags: 0, message_count: 0, member_count: 1 } : { permission_overwrites: overwrites }),
  }; // prettier-ignore
}

/** When something with this id was made. */
function createdAt(id: string): string {
  return new Date(Number((BigInt(id) >> 22n) + 1_420_070_400_000n)).toISOString();
}

export function guildJson(world: World): object {
  const channels = [...world.channels.values()].filter(({ guild_id: guild }) => guild === GUILD);
  return {
    id: GUILD, name: 'Lab', owner_id: '1', roles: [everyone(world), { ...everyone(world), id: MANAGERS, name: 'managers', permissions: bits(['ManageChannels']) }], emojis: [], features: [], stickers: [], member_count: 2,
    members: [memberJson()], presences: [], voice_states: [], joined_at: new Date(0).toISOString(), unavailable: false,
    channels: channels.filter(({ type }) => type !== THREAD && type !== PRIVATE_THREAD).map(channelJson),
    threads: channels.filter(({ type }) => type === THREAD || type === PRIVATE_THREAD).map(channelJson),
  }; // prettier-ignore
}

/** The bot, or a person, as a member of the server. */
export function memberJson(user: object = BOT, isManager = false): object {
  return { user, roles: isManager ? [MANAGERS] : [], joined_at: new Date(0).toISOString(), deaf: false, mute: false, flags: 0, nick: null };
}

export function person(id: string, name = `User ${id.slice(-3)}`): object {
  return { id, username: `user-${id.slice(-3)}`, discriminator: '0', global_name: name, avatar: null };
}

/** Permissions as Discord writes them: a decimal number in a string. */
export function bits(permissions: Permission[]): string {
  return permissions.reduce((all, permission) => all | PermissionFlagsBits[permission], 0n).toString();
}

export function everyone(world: World): object {
  return { id: GUILD, name: '@everyone', permissions: bits(world.granted), position: 0, color: 0, hoist: false, managed: false, mentionable: false, flags: 0 };
}
