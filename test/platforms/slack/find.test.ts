// Looking for what an earlier try left behind.
import type { webApi } from '@slack/bolt';
import { expect, test } from 'vitest';
import type { Bot } from '../../../src/platforms/slack/bot.ts';
import { find } from '../../../src/platforms/slack/delivery.ts';

const bot = { home: 'https://example.slack.com/' } as Bot;

test('a message is found though our clock was ten minutes ahead of Slack’s when it was sent', async () => {
  const posted = { ts: `${Date.parse('2026-07-28T09:00:00Z') / 1_000}.000001`, metadata: { event_type: 'paperround_message', event_payload: { key: 'k1' } } };
  const history = async ({ oldest }: { oldest: string }) => ({ ok: true, messages: Number(posted.ts) >= Number(oldest) ? [posted] : [] });
  const client = { conversations: { history } } as unknown as webApi.WebClient;
  const found = await find(client, bot, {
    key: 'k1',
    channel: { platform: 'slack', workspace: 'T1', id: 'C1' },
    payload: {},
    title: '',
    parent: undefined,
    firstTriedAt: new Date('2026-07-28T09:10:00Z'),
  });
  expect(found?.id).toBe(posted.ts);
});
