// Posting to Slack's channels and people, and looking whether an earlier try got through.
import type { webApi } from '@slack/bolt';
import type { ChannelRef } from '../../core/chat.ts';
import type { OutboxMessage, Payload, PostedMessage, Preflight, Receipt } from '../../core/platform.ts';
import { ChannelGone, NotAllowed, OutcomeUnknown, TryLater } from '../../core/errors.ts';
import type { Bot } from './bot.ts';
import { verdictOf } from './verdict.ts';
import type { Workspaces } from './workspaces.ts';

/** Marks our messages, with the outbox key as payload. */
const EVENT_TYPE = 'paperround_message';
/** Slack's clock and ours may differ by this much; a message that is not looked for far enough back would be sent twice. */
const CLOCK_MARGIN_MS = 15 * 60_000;
const READ_AGAIN_MS = 30_000;

/** Posts one message. `client` must not retry: Slack has no idempotency key, so a second try could be a second message. */
export async function post(client: webApi.WebClient, bot: Bot, message: OutboxMessage): Promise<Receipt> {
  const answer = await asked(() =>
    client.apiCall('chat.postMessage', {
      token: bot.token,
      ...message.payload,
      channel: message.channel.id,
      thread_ts: message.parent?.id,
      metadata: metadataOf(message),
    }),
  );
  const { ts, channel = message.channel.id } = answer as { ts?: string; channel?: string };
  if (!ts) throw new OutcomeUnknown('the answer names no message');
  return receiptOf(bot, channel, ts);
}

/**
 * Puts another payload into a message: with blocks, Slack marks it as edited for nobody and notifies nobody. Throws as `post` does.
 * https://docs.slack.dev/reference/methods/chat.update
 */
export async function edit(client: webApi.WebClient, { token }: Bot, message: PostedMessage): Promise<void> {
  // What of a post the method doesn't take: links are unfolded, or not, when a message comes.
  const { unfurl_links: _, unfurl_media: __, ...shown } = message.payload;
  const { channel, id: ts } = message.receipt;
  // Told again, so that the message stays known by its key.
  await asked(() => client.apiCall('chat.update', { token, ...shown, channel, ts, metadata: metadataOf(message) }));
}

/** Says something to one person in a direct message; returns the id of that conversation. Throws as `post` does. */
export async function tell(clients: { lookup: webApi.WebClient; poster: webApi.WebClient }, { token }: Bot, person: string, payload: Payload): Promise<string> {
  const channel = await openDirect(clients.lookup, token, person);
  await asked(() => clients.poster.apiCall('chat.postMessage', { ...payload, token, channel }));
  return channel;
}

// The same conversation each time, made at the first.
async function openDirect(client: webApi.WebClient, token: string, person: string): Promise<string> {
  const { channel } = await read(() => client.conversations.open({ token, users: person }));
  if (!channel?.id) throw new TryLater(READ_AGAIN_MS, 'the answer names no conversation');
  return channel.id;
}

/** Looks for the message's key among those posted since it was first tried. Throws TryLater when Slack can't be asked now. */
export async function find(client: webApi.WebClient, bot: Bot, message: OutboxMessage): Promise<Receipt | undefined> {
  const since = (message.firstTriedAt?.getTime() ?? 0) - CLOCK_MARGIN_MS;
  const where = {
    token: bot.token,
    channel: message.channel.id,
    oldest: String(Math.max(0, since) / 1_000),
    include_all_metadata: true,
    limit: 200,
  };
  let cursor: string | undefined;
  do {
    const page = await read(() =>
      message.parent
        ? client.conversations.replies({ ...where, ts: message.parent.id, cursor })
        : client.conversations.history({ ...where, cursor }),
    );
    const found = page.messages?.find(({ metadata }) => {
      const { key } = (metadata?.event_payload ?? {}) as { key?: string };
      return metadata?.event_type === EVENT_TYPE && key === message.key;
    });
    if (found?.ts) return receiptOf(bot, message.channel.id, found.ts);
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return undefined;
}

/** Whether the bot may post in the channel, with the fix in words. Throws when Slack can't be asked. */
export async function preflight(client: webApi.WebClient, workspaces: Workspaces, channel: ChannelRef): Promise<Preflight> {
  try {
    const { token, name } = await workspaces.bot(channel.workspace);
    if (channel.person === undefined) return await lookAt(client, { token, name }, channel.id);
    await openDirect(client, token, channel.person);
    return { ok: true };
  } catch (error) {
    if (error instanceof NotAllowed) return problem(error.code, `Slack doesn’t allow this: ${error.code}.`, error.fix);
    throw error;
  }
}

async function lookAt(client: webApi.WebClient, { token, name }: Pick<Bot, 'token' | 'name'>, channel: string): Promise<Preflight> {
  const invite = `Type /invite @${name} in the channel.`;
  try {
    const { channel: info } = await read(() => client.conversations.info({ token, channel }));
    if (info?.is_archived) return problem('is_archived', 'This channel is archived.', 'Unarchive it, or choose another channel.');
    return info?.is_member || info?.is_im ? { ok: true } : problem('not_in_channel', `${name} is not in this channel.`, invite);
  } catch (error) {
    if (error instanceof ChannelGone) return problem(error.code, `${name} can’t see this channel.`, invite);
    throw error;
  }
}

async function asked<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw verdictOf(error);
  }
}

// A request whose lost answer has delivered nothing.
async function read<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await asked(request);
  } catch (error) {
    throw error instanceof OutcomeUnknown ? new TryLater(READ_AGAIN_MS, error.message) : error;
  }
}

function metadataOf({ key }: Pick<OutboxMessage, 'key'>) {
  return { event_type: EVENT_TYPE, event_payload: { key } };
}

function receiptOf(bot: Bot, channel: string, ts: string): Receipt {
  return { id: ts, channel, url: new URL(`archives/${channel}/p${ts.replace('.', '')}`, bot.home).href };
}

function problem(code: string, what: string, fix: string): Preflight {
  return { ok: false, code, problem: what, fix };
}
