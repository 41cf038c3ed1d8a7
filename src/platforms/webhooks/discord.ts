// Discord's webhooks: https://docs.discord.com/developers/resources/webhook#execute-webhook
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../core/errors.ts';
import { render } from '../discord/render.ts';
import { CODES } from '../discord/verdict.ts';
import { webhookPlatform, type Hook } from './webhook.ts';

/** The client's three channels of release, and the old name of the site; an id is a snowflake. A thread may be named, as a forum's posts are. */
const ADDRESS = /^https:\/\/((ptb|canary)\.)?discord(app)?\.com\/api\/webhooks\/\d{17,20}\/[A-Za-z0-9_-]{60,90}(\?thread_id=\d{17,20})?$/;
/** The webhook of a forum posts into one of its posts, or makes one each time. https://docs.discord.com/developers/topics/opcodes-and-status-codes */
const FORUM_WANTS_A_POST = 220_001;

export const hook: Hook = {
  name: 'discord-webhook',
  read: (text) => (ADDRESS.test(text) ? new URL(text) : undefined),
  // So that it answers with the message, and with what was wrong.
  ask: { wait: 'true' },
  // Discord asks for no more than 5 in 2 seconds and 30 in a minute.
  messageGapMs: 2_000,
  render,
  judge({ status, body, retryAfterMs }) {
    const { id, channel_id: channel, code, retry_after: wait, message } = fieldsOf(body);
    if (status === 200 && typeof id === 'string') return { id, channel: String(channel) };
    if (status === 429) throw new TryLater(typeof wait === 'number' ? Math.max(1_000, wait * 1_000) : retryAfterMs, 'rate limited by Discord');
    if (typeof code !== 'number') throw new OutcomeUnknown(`the answer was not Discord’s (status ${status})`);
    if (status === 404 || status === 410 || code === CODES.invalidWebhookToken) throw new ChannelGone(String(code));
    if (code === FORUM_WANTS_A_POST) throw new NotAllowed(String(code), 'Add it again with ?thread_id= and the id of one of the forum’s posts behind the address.');
    if (status === 401 || status === 403) throw new NotAllowed(String(code), 'Make a new webhook in the channel’s settings, Integrations, and add it again.');
    if (status >= 400 && status < 500) throw new PayloadRefused(`Discord ${code}: ${String(message)}`);
    throw new OutcomeUnknown(`Discord ${code} (status ${status})`);
  },
};

export const discordWebhook = webhookPlatform(hook);

function fieldsOf(body: string): Record<string, unknown> {
  try {
    return (JSON.parse(body) as Record<string, unknown> | null) ?? {};
  } catch {
    return {};
  }
}
