// Verdicts that need a broken connection: nothing sent, or nobody knows.
import { LogLevel, webApi } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OutcomeUnknown, TryLater } from '../../../src/core/errors.ts';
import { verdictOf } from '../../../src/platforms/slack/verdict.ts';
import { slackProblems } from '../../support/slack-contract.ts';
import { startSlackServer, type SlackServer } from '../../support/slack-server.ts';

let server: SlackServer;
beforeEach(async () => {
  server = await startSlackServer();
});
afterEach(() => server.stop());

const message = { channel: 'C1', text: 'Ten papers for today.' };

async function verdict(slackApiUrl: string): Promise<Error> {
  const client = new webApi.WebClient('xoxb-1', {
    slackApiUrl,
    timeout: 200,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => LogLevel.ERROR, setName() {} },
  });
  const thrown: unknown = await client.chat.postMessage(message).then(() => new Error('it was posted'), (error: unknown) => error);
  return verdictOf(thrown);
}

test('an answer that never comes leaves the outcome unknown, with the message in the channel', async () => {
  server.fail('chat.postMessage', 'hang');
  expect(await verdict(server.url)).toBeInstanceOf(OutcomeUnknown);
  expect(server.messages).toHaveLength(1);
});

test('a name that does not resolve means that nothing was sent', async () => {
  expect(await verdict('http://slack.invalid/api/')).toBeInstanceOf(TryLater);
});

test('a rate limit without a time is tried again later', async () => {
  server.fail('chat.postMessage', { status: 429 });
  expect(await verdict(server.url)).toBeInstanceOf(TryLater);
});

test('the loopback Slack tells at the end what was wrong with a message it took', async () => {
  const strict = await startSlackServer({ problemsOf: slackProblems });
  await new webApi.WebClient('xoxb-1', { slackApiUrl: strict.url }).chat.postMessage({ ...message, text: 'New message' });
  await expect(strict.stop()).rejects.toThrow('text is no whole sentence');
});
