// Slack's incoming webhooks: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../core/errors.ts';
import { render } from '../slack/render.ts';
import { webhookPlatform, type Hook } from './webhook.ts';

/** The commercial cloud and GovSlack; workflows and triggers take other bodies. */
const ADDRESS = /^https:\/\/hooks\.slack(-gov)?\.com\/services\/T[A-Z0-9]{6,20}\/B[A-Z0-9]{6,20}\/[A-Za-z0-9]{16,64}$/;

export const hook: Hook = {
  name: 'slack-webhook',
  read: (text) => (ADDRESS.test(text) ? new URL(text) : undefined),
  ask: {},
  // Source: Slack's rate limits: one message per second.
  messageGapMs: 1_000,
  render,
  judge({ status, body, retryAfterMs }, { key, channel }) {
    const code = body.trim();
    // There is no id: what was sent can't be found again.
    if (status === 200 && code === 'ok') return { id: key, channel: channel.id };
    if (status === 429) throw new TryLater(retryAfterMs, 'ratelimited');
    if (!/^[a-z_]{2,60}$/.test(code)) throw new OutcomeUnknown(`the answer was not Slack’s (status ${status})`);
    if (status === 404 || status === 410) throw new ChannelGone(code);
    if (status === 403) throw new NotAllowed(code, 'Ask an admin of the workspace to let the webhook post there, or make a new one.');
    if (status >= 400 && status < 500) throw new PayloadRefused(`Slack answered ${code}`);
    throw new OutcomeUnknown(`${code} (status ${status})`);
  },
};

export const slackWebhook = webhookPlatform(hook);
