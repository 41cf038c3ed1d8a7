// Webhooks: which addresses are taken, what is posted, and what each answer means.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { OutboxMessage, Payload, PlatformIo } from '../../src/core/platform.ts';
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../src/core/errors.ts';
import { silent } from '../../src/core/log.ts';
import { LAYOUTS } from '../../src/core/layout.ts';
import { roundupDoc, type RoundupItem } from '../../src/core/roundup.ts';
import { lookOf, messagesOf } from '../../src/delivery/messages.ts';
import { discordWebhook, slackWebhook } from '../../src/platforms/index.ts';
import { hook as discord } from '../../src/platforms/webhooks/discord.ts';
import { hook as slack } from '../../src/platforms/webhooks/slack.ts';
import { webhookPlatform } from '../../src/platforms/webhooks/webhook.ts';
import { discordProblems } from '../support/discord-contract.ts';
import { aPaper, MONDAY } from '../support/factories.ts';
import { memoryInstallations } from '../support/installations.ts';
import { slackProblems } from '../support/slack-contract.ts';

const TOKEN = 'aB3_'.repeat(17);
const SLACK = 'https://hooks.slack.com/services/T0123456789/B0123456789/abcdefghijklmnopqrstuvwx';
const DISCORD = `https://discord.com/api/webhooks/123456789012345678/${TOKEN}`;

describe('an address', () => {
  test.each([SLACK, SLACK.replace('slack.com', 'slack-gov.com')])('%s is taken for Slack', (url) => {
    expect(slack.read(url)?.href).toBe(url);
    expect(discord.read(url)).toBeUndefined();
  });

  test.each([DISCORD, DISCORD.replace('discord.com', 'discordapp.com'), DISCORD.replace('://', '://ptb.'), DISCORD.replace('://', '://canary.'), `${DISCORD}?thread_id=123456789012345679`])('%s is taken for Discord', (url) => {
    expect(discord.read(url)?.href).toBe(url);
    expect(slack.read(url)).toBeUndefined();
  });

  const odd = [SLACK, DISCORD].flatMap((url) => {
    const { host, pathname } = new URL(url);
    return [
      url.replace('https', 'http'), url.replace(host, `${host}.evil.example`), url.replace(host, `evil.example/${host}`), url.replace(host, `${host}@evil.example`),
      url.replace('://', '://user:password@'), url.replace(host, `${host}:8443`), `${url}?to=evil.example`, `${url}?thread_id=1&x=y`, `${url}?thread_id=123456789012345679&to=evil.example`, url.replace(host, `${host}.`), `${url}#x`, `${url}/../../x`, url.replace(host, `x-${host}`), url.replace(host, host.toUpperCase()),
      url.replace(host, '127.0.0.1'), url.replace(host, '169.254.169.254'), `//${host}${pathname}`, pathname, ` ${url}`, `${url}\n`, `${url}\n${url}`, `javascript:${url}`, url.replace('/services/', '/workflows/').replace('/webhooks/', '/interactions/'),
    ]; // prettier-ignore
  });
  test.each(odd)('%j is taken for neither', (url) => {
    expect(slack.read(url)).toBeUndefined();
    expect(discord.read(url)).toBeUndefined();
  });

  test('leads to its own host alone, however it is written', () => {
    const part = fc.constantFrom('https://', 'http://', 'hooks.slack.com', 'discord.com', '.evil.example', 'evil.example', '@', ':', '/', '\\', '?', '#', '%2f', '..', '/services/', '/api/webhooks/', 'T0123456789', 'B0123456789', 'abcdefghijklmnopqrstuvwx', '123456789012345678', TOKEN, '?thread_id=123456789012345679', '\t', '\n', '\u3002');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')), (text) => {
        for (const url of [slack.read(text), discord.read(text)]) {
          if (url) expect([url.protocol, url.port, url.username, url.search.replace(/^\?thread_id=\d+$/, ''), url.hash, /^(hooks\.slack(-gov)?\.com|((ptb|canary)\.)?discord(app)?\.com)$/.test(url.hostname)]).toEqual(['https:', '', '', '', '', true]);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

const edges = readFileSync('test/fixtures/edge-cases.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line, i): RoundupItem => {
    const { title, abstract, authors, id } = JSON.parse(line) as { title: string; abstract: string; authors: string[]; id: string };
    return { paper: aPaper({ id: i + 1, ref: id, arxivId: id, title, abstract, authors, sources: ['arxiv'] }), why: ['84 upvotes, +31 since yesterday', 'matches nlp'] };
  });
const PINGS: RoundupItem[] = ['@everyone <!channel> <@U1> <https://evil.example|click>', '@here **bold** [x](https://evil.example)'].map((title, i) => ({ paper: aPaper({ id: 900 + i, title, abstract: title }), why: [title] }));

function postsOf(platform: typeof slackWebhook, items: RoundupItem[], layout: (typeof LAYOUTS)[number] = 'compact') {
  const look = lookOf({ layout, forum: false }, platform);
  return messagesOf(platform, roundupDoc({ on: '2026-07-27', items, topics: ['nlp'], notes: ['20 minutes late.'], ...look }));
}

describe.each([slackWebhook, discordWebhook])('what is posted to $name', (platform) => {
  const problemsOf = (payload: Payload) => (platform === slackWebhook ? slackProblems(payload) : discordProblems('message', payload));

  test.each(LAYOUTS)('is one flat post without a button, within every limit: %s', (layout) => {
    for (const items of [edges.slice(0, 10), edges.slice(20, 30), edges.slice(-10), PINGS]) {
      const posts = postsOf(platform, items, layout);
      expect(posts).toHaveLength(1);
      expect(posts.flatMap(({ payload }) => problemsOf(payload))).toEqual([]);
      expect(JSON.stringify(posts)).not.toMatch(/"type":"(actions|button)"|custom_id|"components"/);
      expect(posts.every(({ reply }) => !reply)).toBe(true);
    }
  });

  test('leaves no paper out where there are 25 of the oddest', () => {
    const posts = postsOf(platform, edges.slice(0, 25));
    expect(posts.flatMap(({ payload }) => problemsOf(payload))).toEqual([]);
    const all = JSON.stringify(posts);
    for (let i = 1; i <= 25; i++) expect(all).toMatch(new RegExp(`[^0-9]${i}\\\\{0,4}\\. `));
  });

  test('calls nobody', () => {
    const [post] = postsOf(platform, PINGS);
    if (platform === discordWebhook) expect(post!.payload.allowed_mentions).toEqual({ parse: [] });
    else {
      expect(post!.payload.text).not.toMatch(/<[!@#h]/);
      expect(JSON.stringify(post!.payload.blocks)).not.toMatch(/"type":"(mrkdwn|user|usergroup|broadcast|channel)"/);
    }
  });
});

interface Answer {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

async function rigOf(hook: typeof slack, secret: string, answer: Answer | 'cut') {
  const requests: { url: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      requests.push({ url: request.url!, headers: request.headers, body });
      if (answer === 'cut') return request.socket.destroy();
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(stop);
  const installations = memoryInstallations(() => MONDAY);
  await installations.save('abc', secret, 'test');
  const io: Partial<PlatformIo> = { env: {}, installations, log: silent, now: () => MONDAY };
  const platform = webhookPlatform(hook, base);
  const adapter = await platform.connect(io as PlatformIo);
  const message: OutboxMessage = { key: 'key1', channel: { platform: hook.name, workspace: 'abc', id: 'webhook' }, payload: postsOf(platform, PINGS)[0]!.payload, title: '', parent: undefined, firstTriedAt: undefined };
  return { adapter, message, requests, installations, stop, base };
}

const json = (body: object) => JSON.stringify(body);
const thrown = (work: Promise<unknown>) => work.then(() => 'nothing', (error: unknown) => error as Error);

describe('posting', () => {
  test('to Slack is one request, and “ok”', async () => {
    const { adapter, message, requests } = await rigOf(slack, SLACK, { status: 200, body: 'ok' });
    expect(await adapter.post(message)).toEqual({ id: 'key1', channel: 'webhook' });
    expect(requests).toMatchObject([{ url: '/services/T0123456789/B0123456789/abcdefghijklmnopqrstuvwx', body: JSON.stringify(message.payload) }]);
  });

  test('to Discord asks for the message', async () => {
    const { adapter, message, requests } = await rigOf(discord, DISCORD, { status: 200, body: json({ id: '7', channel_id: '8' }) });
    expect(await adapter.post(message)).toEqual({ id: '7', channel: '8' });
    expect(requests[0]!.url).toBe(`/api/webhooks/123456789012345678/${TOKEN}?wait=true`);
  });

  test('to a thread on Discord names it', async () => {
    const { adapter, message, requests } = await rigOf(discord, `${DISCORD}?thread_id=123456789012345679`, { status: 200, body: json({ id: '7', channel_id: '123456789012345679' }) });
    await adapter.post(message);
    expect(requests[0]!.url).toBe(`/api/webhooks/123456789012345678/${TOKEN}?thread_id=123456789012345679&wait=true`);
  });

  test('to Discord takes the answer whole, which repeats all that was posted', async () => {
    const body = json({ content: '', embeds: [{ description: '\u0414 '.repeat(6_000) }], id: '7', channel_id: '8' });
    const { adapter, message } = await rigOf(discord, DISCORD, { status: 200, body });
    expect(await adapter.post(message)).toEqual({ id: '7', channel: '8' });
  });

  test.each<[string, typeof slack, Answer | 'cut', new (...args: never[]) => Error, object]>([
    ['Slack: removed', slack, { status: 404, body: 'no_service' }, ChannelGone, { code: 'no_service' }],
    ['Slack: archived', slack, { status: 410, body: 'channel_is_archived' }, ChannelGone, { code: 'channel_is_archived' }],
    ['Slack: forbidden', slack, { status: 403, body: 'action_prohibited' }, NotAllowed, { code: 'action_prohibited' }],
    ['Slack: wrong', slack, { status: 400, body: 'invalid_payload' }, PayloadRefused, {}],
    ['Slack: too many', slack, { status: 429, headers: { 'retry-after': '7' } }, TryLater, { afterMs: 7_000 }],
    ['Slack: too many, without a time', slack, { status: 429 }, TryLater, { afterMs: 60_000 }],
    ['Slack: in trouble', slack, { status: 500, body: 'rollup_error' }, OutcomeUnknown, {}],
    ['Slack: a proxy’s page', slack, { status: 200, body: '<html>sign in</html>' }, OutcomeUnknown, {}],
    ['Slack: a proxy’s 404', slack, { status: 404, body: '<html>not here</html>' }, OutcomeUnknown, {}],
    ['Slack: a lost answer', slack, 'cut', OutcomeUnknown, {}],
    ['Discord: deleted', discord, { status: 404, body: json({ code: 10015, message: 'Unknown Webhook' }) }, ChannelGone, { code: '10015' }],
    ['Discord: another token', discord, { status: 401, body: json({ code: 50027, message: 'Invalid Webhook Token' }) }, ChannelGone, { code: '50027' }],
    ['Discord: a forum', discord, { status: 400, body: json({ code: 220001, message: 'Webhooks posted to forum channels must have a thread_name or thread_id' }) }, NotAllowed, { code: '220001' }],
    ['Discord: wrong', discord, { status: 400, body: json({ code: 50035, message: 'Invalid Form Body' }) }, PayloadRefused, {}],
    ['Discord: too many', discord, { status: 429, body: json({ retry_after: 3.5, global: false }) }, TryLater, { afterMs: 3_500 }],
    ['Discord: far too many', discord, { status: 429, body: 'error code: 1015', headers: { 'retry-after': '30' } }, TryLater, { afterMs: 30_000 }],
    ['Discord: in trouble', discord, { status: 502, body: 'bad gateway' }, OutcomeUnknown, {}],
    ['Discord: a lost answer', discord, 'cut', OutcomeUnknown, {}],
  ])('%s is told for what it is', async (_, hook, answer, kind, more) => {
    const { adapter, message, requests } = await rigOf(hook, hook === slack ? SLACK : DISCORD, answer);
    const error = await thrown(adapter.post(message));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject(more);
    expect(String((error as Error).message)).not.toMatch(/abcdefghijkl|aB3_/);
    expect(requests).toHaveLength(1);
  });

  test('follows no redirect', async () => {
    const elsewhere = await rigOf(slack, SLACK, { status: 200, body: 'ok' });
    for (const status of [301, 302, 303, 307, 308]) {
      const { adapter, message, requests } = await rigOf(slack, SLACK, { status, headers: { location: `${elsewhere.base}/` } });
      expect(await thrown(adapter.post(message))).toBeInstanceOf(OutcomeUnknown);
      expect(requests).toHaveLength(1);
    }
    expect(elsewhere.requests).toEqual([]);
  });

  test('where nobody listens has delivered nothing', async () => {
    const { adapter, message, stop } = await rigOf(slack, SLACK, { status: 200, body: 'ok' });
    await stop();
    expect(await thrown(adapter.post(message))).toBeInstanceOf(TryLater);
  });

  test('to one that was removed throws its address away; one whose channel is archived keeps it', async () => {
    const gone = await rigOf(slack, SLACK, { status: 404, body: 'no_service' });
    await thrown(gone.adapter.post(gone.message));
    expect(await gone.installations.get('abc')).toBeUndefined();
    expect(await gone.adapter.preflight(gone.message.channel)).toMatchObject({ ok: false, code: 'webhook_removed' });
    expect(await thrown(gone.adapter.post(gone.message))).toMatchObject({ code: 'webhook_removed' });
    expect(gone.requests).toHaveLength(1);
    const archived = await rigOf(slack, SLACK, { status: 410, body: 'channel_is_archived' });
    await thrown(archived.adapter.post(archived.message));
    expect(await archived.installations.get('abc')).toBeDefined();
  });

  test('goes nowhere else, whatever stands in the database', async () => {
    for (const secret of ['https://evil.example/services/T0123456789/B0123456789/abcdefghijklmnopqrstuvwx', 'http://169.254.169.254/latest', '']) {
      const { adapter, message, requests } = await rigOf(slack, secret, { status: 200, body: 'ok' });
      expect(await thrown(adapter.post(message))).toMatchObject({ code: 'webhook_removed' });
      expect(requests).toEqual([]);
    }
  });
});
