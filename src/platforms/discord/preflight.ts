// May the bot post in a channel, and if not, what is to be done; and what a person may do there.
import type { ChannelRef, Standing } from '../../core/chat.ts';
import type { Preflight } from '../../core/platform.ts';
import { wordsOf } from '../../core/errors.ts';
import { listed } from '../../core/text.ts';
import type { Request } from './rest.ts';
import { asksForTag, isForum, isThread, lackingIn, permissionsIn, standingOf, takesRoundups, type ChannelObject, type GuildObject, type MemberObject } from './rights.ts';
import { usable } from './tags.ts';
import { CODES, codeOf, NOT_DISCORD, TAG_FIX } from './verdict.ts';

/** Checks the bot's rights with Discord, not with what was heard of the channel: a process on stand-by hears nothing. */
export async function preflight(request: Request, me: string, { id, name }: ChannelRef): Promise<Preflight> {
  try {
    return await judge(request, me, id, name);
  } catch (error) {
    const code = codeOf(error);
    if (code === CODES.missingAccess) return missing(nameOf(name), ['View Channel']);
    if (code === CODES.unknownChannel || code === CODES.unknownGuild) return gone(code);
    return { ok: false, code: String(code ?? 'unreachable'), problem: `Discord could not be asked: ${wordsOf(error)}.`, fix: 'Try again in a minute.' };
  }
}

/** What a person may do in a channel now: nothing where they or the channel are gone. Throws what Discord throws otherwise. */
export async function standing(request: Request, { id }: ChannelRef, person: string): Promise<Standing> {
  const read = readerOf(request);
  try {
    const channel = await read<ChannelObject>(`/channels/${id}`);
    const { guild_id: server } = channel;
    if (!server) return 'guest';
    return standingOf(await permissionsOf(read, channel, server, person));
  } catch (error) {
    if (GONE.includes(codeOf(error) ?? 0)) return 'guest';
    throw error;
  }
}

const GONE: number[] = [CODES.unknownChannel, CODES.unknownGuild, CODES.unknownMember, CODES.missingAccess];

type Reader = <T>(path: `/${string}`) => Promise<T>;

// A person waits for the answer.
function readerOf(request: Request): Reader {
  return async <T>(path: `/${string}`) => (await request('GET', path, undefined, 'first')) as T;
}

async function permissionsOf(read: Reader, channel: ChannelObject, server: string, user: string): Promise<bigint> {
  const [place, guild, member] = await Promise.all([
    isThread(channel) ? read<ChannelObject>(`/channels/${channel.parent_id}`) : channel,
    read<GuildObject>(`/guilds/${server}`),
    read<MemberObject>(`/guilds/${server}/members/${user}`),
  ]);
  return permissionsIn(place, guild, member);
}

async function judge(request: Request, me: string, id: string, name: string | undefined): Promise<Preflight> {
  const read = readerOf(request);
  const channel = await read<ChannelObject>(`/channels/${id}`);
  if (typeof channel.type !== 'number') throw new Error(NOT_DISCORD);
  const { guild_id: server } = channel;
  if (!server) return { ok: true };
  const shown = nameOf(channel.name || name);
  if (!takesRoundups(channel)) {
    return { ok: false, code: 'no_messages', problem: `${shown} takes no messages.`, fix: 'Use a text channel, a thread or a forum.' };
  }
  if (isForum(channel) && asksForTag(channel) && usable(channel.available_tags ?? []).length === 0) {
    return { ok: false, code: 'no_tag', problem: `${shown} takes no post without a tag, and has no tag that Paperround may use.`, fix: TAG_FIX };
  }
  const lacking = lackingIn(channel, await permissionsOf(read, channel, server, me));
  return lacking.length ? missing(shown, lacking) : { ok: true };
}

function missing(shown: string, rights: string[]): Preflight {
  const words = listed(rights.map((right) => `“${right}”`));
  return {
    ok: false,
    code: 'missing_permission',
    problem: `Paperround can’t post roundups in ${shown} yet.`,
    fix: `Give Paperround ${words} in ${shown}: channel settings, Permissions.`,
  };
}

function gone(code: number): Preflight {
  return { ok: false, code: String(code), problem: 'Paperround can’t find this channel.', fix: 'Invite Paperround to the server.' };
}

function nameOf(name: string | undefined): string {
  return name ? `#${name}` : 'this channel';
}
