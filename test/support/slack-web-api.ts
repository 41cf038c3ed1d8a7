// The methods of Slack's Web API that the bot calls, over the server's state.
import type { SlackMessage, SlackState, SlackView } from './slack-server.ts';

type Json = Record<string, unknown>;

/**
 * What goes wrong: a rate limit in seconds, an error code, a status with a body (HTML, as from a proxy); or, after
 * Slack acted, a connection that is reset, or an answer that never comes.
 */
export type Fault = { retryAfter: number } | { error: string } | { status: number; body?: string } | 'reset' | 'hang';

/** Answers one request of the bot whose token came with it. */
export type Handler = (body: Json, bot: SlackBot) => Json;

/** The bot in one workspace, as its token shows it. */
export interface SlackBot {
  user: string;
  bot: string;
  name: string;
  team: string;
}

export const BOT: SlackBot = { user: 'UBOT', bot: 'BBOT', name: 'paperround', team: 'T1' };

export function webApi(state: SlackState, { socketUrl, origin, now }: { socketUrl: string; origin: string; now: () => number }): Record<string, Handler> {
  let posted = 0;
  const refuse = (error: string): Json => ({ ok: false, error });
  const inChannel = (body: Json, { team }: SlackBot, answer: (channel: Json) => Json): Json => {
    const id = String(body.channel);
    const channel = id.startsWith('D') ? { id, is_im: true, is_member: true } : state.channels.get(id);
    // A token sees the channels of its own workspace alone.
    return channel && (channel.team ?? team) === team ? answer(channel) : refuse('channel_not_found');
  };
  // A page of a list, and where the next one begins.
  const paged = <T>(body: Json, all: T[]): { page: T[]; next: string } => {
    const start = Number(body.cursor ?? 0);
    const size = Number(body.limit ?? 100);
    return { page: all.slice(start, start + size), next: start + size < all.length ? String(start + size) : '' };
  };
  let hashes = 0;
  const shown = (view: unknown, more: Json): SlackView => ({ ...(view as { blocks: Json[] }), ...more, hash: `${++hashes}.hash` }) as unknown as SlackView;
  const opened = (body: Json, under: SlackView | undefined): Json => {
    const id = `V${state.views.length + 1}`;
    const stack = { root_view_id: under?.root_view_id ?? id, previous_view_id: under?.id ?? null };
    const view = shown(body.view, { id, ...stack });
    state.views.push(view);
    return { ok: true, view };
  };
  const since = (body: Json) => (message: SlackMessage) =>
    message.channel === body.channel && Number(message.ts) >= Number(body.oldest ?? 0);
  const listed = (body: Json, messages: SlackMessage[]): Json => {
    const { page, next } = paged(body, messages);
    const told = page.map(({ metadata, ...rest }) => (body.include_all_metadata ? { ...rest, metadata } : rest));
    return { ok: true, messages: told, has_more: next !== '', response_metadata: { next_cursor: next } };
  };

  return {
    'auth.test': (_body, { name, team, user, bot }) => ({ ok: true, url: 'https://example.slack.com/', team: 'Example', user: name, team_id: team, user_id: user, bot_id: bot }),
    'oauth.v2.access': (body) => {
      const grant = state.grants.get(String(body.code));
      // A code is good for one exchange.
      state.grants.delete(String(body.code));
      return grant ? { ok: true, ...grant } : refuse('invalid_code');
    },
    'apps.connections.open': () => ({ ok: true, url: socketUrl }),
    'users.info': (body) => {
      const user = state.users.get(String(body.user));
      return user ? { ok: true, user } : refuse('user_not_found');
    },
    'conversations.info': (body, bot) => inChannel(body, bot, (channel) => ({ ok: true, channel })),
    'conversations.open': (body) => ({ ok: true, channel: { id: `D${String(body.users)}` } }),
    'conversations.history': (body, bot) =>
      inChannel(body, bot, () => listed(body, state.messages.filter(since(body)).filter((message) => !message.thread_ts).reverse())),
    'conversations.replies': (body, bot) =>
      inChannel(body, bot, () =>
        listed(body, state.messages.filter((message) => message.ts === body.ts || (message.thread_ts === body.ts && since(body)(message)))),
      ),
    // Of private channels Slack tells those alone that the bot is in, too.
    'users.conversations': (body, { team }) => {
      const { types = 'public_channel' } = body as { types?: string };
      const isIn = ({ members }: Json) => members === undefined || (members as unknown[]).includes(body.user);
      const isTold = (channel: Json) => !channel.is_im && (channel.is_private ? types.includes('private_channel') && channel.is_member : types.includes('public_channel'));
      const all = [...state.channels.values()].filter((channel) => (channel.team ?? team) === team && isIn(channel) && isTold(channel));
      const { page, next } = paged(body, all);
      return { ok: true, channels: page.map(({ id, name, is_private = false }) => ({ id, name, is_private })), response_metadata: { next_cursor: next } };
    },
    'views.open': (body) => opened(body, undefined),
    // On the modal that is open; three stand on each other at the most.
    'views.push': (body) => {
      const top = state.views.findLast(({ closed }) => !closed);
      const isThird = top?.previous_view_id !== null && top?.previous_view_id !== top?.root_view_id;
      return !top || isThird ? refuse('push_limit_reached') : opened(body, top);
    },
    'views.update': (body) => {
      const view = state.views.find(({ id }) => id === body.view_id);
      if (!view) return refuse('not_found');
      if (body.hash !== undefined && body.hash !== view.hash) return refuse('hash_conflict');
      const { id, root_view_id, previous_view_id } = view;
      Object.assign(view, shown(body.view, { id, root_view_id, previous_view_id }));
      return { ok: true, view };
    },
    'views.publish': (body) => {
      const user = String(body.user_id);
      const before = state.homes.get(user);
      if (body.hash !== undefined && before && body.hash !== before.hash) return refuse('hash_conflict');
      const view = shown(body.view, { id: `H${user}`, root_view_id: `H${user}`, previous_view_id: null });
      state.homes.set(user, view);
      return { ok: true, view };
    },
    'chat.unfurl': (body, bot) => {
      const { channel, ts, unfurls = {} } = body as { channel?: string; ts?: string; unfurls?: Record<string, Json> };
      const urls = Object.keys(unfurls);
      if (urls.length === 0) return refuse('missing_unfurls');
      const shared = state.shared.find((one) => one.team === bot.team && one.channel === channel && one.ts === ts);
      if (!shared || !urls.every((url) => shared.urls.includes(url))) return refuse('cannot_unfurl_url');
      // Slack's own guide says so, though messages take them.
      if (JSON.stringify(unfurls).includes('"rich_text')) return refuse('invalid_blocks');
      state.unfurls.push({ channel: shared.channel, ts: shared.ts, unfurls });
      return { ok: true };
    },
    'chat.postEphemeral': (body, bot) =>
      inChannel(body, bot, (channel) => {
        if (!channel.is_member) return refuse('not_in_channel');
        state.ephemerals.push(body);
        return { ok: true, message_ts: `${Math.floor(now() / 1_000)}.000000` };
      }),
    'files.getUploadURLExternal': (body) => {
      const id = `F${state.files.size + 1}`;
      state.files.set(id, { name: String(body.filename) });
      return { ok: true, upload_url: `${origin}/upload/${id}`, file_id: id };
    },
    'files.completeUploadExternal': (body) => {
      const files = body.files as { id: string }[];
      for (const { id } of files) Object.assign(state.files.get(id)!, { channel: body.channel_id, comment: body.initial_comment });
      return { ok: true, files };
    },
    'chat.update': (body, bot) =>
      inChannel(body, bot, (channel) => {
        if (channel.is_archived) return refuse('is_archived');
        const message = state.messages.find(({ ts, channel: place }) => ts === body.ts && place === body.channel);
        if (!message) return refuse('message_not_found');
        if (message.team !== bot.team) return refuse('cant_update_message');
        Object.assign(message, body);
        return { ok: true, ts: body.ts, channel: body.channel, message };
      }),
    'chat.postMessage': (body, bot) =>
      inChannel(body, bot, (channel) => {
        if (channel.is_archived) return refuse('is_archived');
        if (!channel.is_member) return refuse('not_in_channel');
        const ts = `${Math.floor(now() / 1_000)}.${String(++posted).padStart(6, '0')}`;
        const message = { ...body, ts, team: bot.team } as unknown as SlackMessage;
        state.messages.push(message);
        return { ok: true, ts, channel: body.channel, message };
      }),
  };
}
