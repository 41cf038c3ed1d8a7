// The methods of Slack's Web API that the bot calls, over the server's state.
import type { SlackMessage, SlackState } from './slack-server.ts';

type Json = Record<string, unknown>;

/**
 * What goes wrong: a rate limit in seconds, an error code, a status with a body (HTML, as from a proxy); or, after
 * Slack acted, a connection that is reset, or an answer that never comes.
 */
export type Fault = { retryAfter: number } | { error: string } | { status: number; body?: string } | 'reset' | 'hang';

export type Handler = (body: Json) => Json;

export const BOT = { user: 'UBOT', bot: 'BBOT', name: 'paperround', team: 'T1' };

export function webApi(state: SlackState, { socketUrl, now }: { socketUrl: string; now: () => number }): Record<string, Handler> {
  let posted = 0;
  const refuse = (error: string): Json => ({ ok: false, error });
  const inChannel = (body: Json, answer: (channel: Json) => Json): Json => {
    const channel = state.channels.get(String(body.channel));
    return channel ? answer(channel) : refuse('channel_not_found');
  };
  const since = (body: Json) => (message: SlackMessage) =>
    message.channel === body.channel && Number(message.ts) >= Number(body.oldest ?? 0);
  const listed = (body: Json, messages: SlackMessage[]): Json => {
    const start = Number(body.cursor ?? 0);
    const size = Number(body.limit ?? 100);
    const next = start + size < messages.length ? String(start + size) : '';
    const shown = messages.slice(start, start + size).map(({ metadata, ...rest }) => (body.include_all_metadata ? { ...rest, metadata } : rest));
    return { ok: true, messages: shown, has_more: next !== '', response_metadata: { next_cursor: next } };
  };

  return {
    'auth.test': () => ({ ok: true, url: 'https://example.slack.com/', team: 'Example', user: BOT.name, team_id: BOT.team, user_id: BOT.user, bot_id: BOT.bot }),
    'apps.connections.open': () => ({ ok: true, url: socketUrl }),
    'users.info': (body) => {
      const user = state.users.get(String(body.user));
      return user ? { ok: true, user } : refuse('user_not_found');
    },
    'conversations.info': (body) => inChannel(body, (channel) => ({ ok: true, channel })),
    'conversations.open': (body) => ({ ok: true, channel: { id: `D${String(body.users)}` } }),
    'conversations.history': (body) =>
      inChannel(body, () => listed(body, state.messages.filter(since(body)).filter((message) => !message.thread_ts).reverse())),
    'conversations.replies': (body) =>
      inChannel(body, () =>
        listed(body, state.messages.filter((message) => message.ts === body.ts || (message.thread_ts === body.ts && since(body)(message)))),
      ),
    'chat.postMessage': (body) =>
      inChannel(body, (channel) => {
        if (channel.is_archived) return refuse('is_archived');
        if (!channel.is_member) return refuse('not_in_channel');
        const ts = `${Math.floor(now() / 1_000)}.${String(++posted).padStart(6, '0')}`;
        const message = { ...body, ts } as unknown as SlackMessage;
        state.messages.push(message);
        return { ok: true, ts, channel: body.channel, message };
      }),
  };
}
