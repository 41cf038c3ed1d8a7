import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { dataFolder, json, run } from './program.ts';

const TOKEN = 'abcdefghijklmnopqrstWXYZ';
const ADDRESS = `https://hooks.slack.com/services/T0123456789/B0123456789/${TOKEN}`;
const env = { PAPERROUND_KEYS: `k1:${randomBytes(32).toString('base64')}` };

describe('a webhook on the command line', () => {
  const data = dataFolder();
  afterAll(() => data.remove());
  const webhook = (words: string[], input = '') => run(data.path, ['webhook', ...words], { env, input });
  let id = '';

  test('is added with its address on standard input, and never shows it again', async () => {
    const { status, stdout, stderr } = await webhook(['add', 'nlp,', 'robotics', 'at', '8', 'weekdays', 'Europe/Berlin', 'top', '5'], `${ADDRESS}\n`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^[0-9a-f]{10}: hooks\.slack\.com\/…WXYZ gets a roundup on nlp and robotics: weekdays at 08:00, Europe\/Berlin, at most 5 papers\. Next: /);
    id = stdout.slice(0, 10);
    const listed = await webhook(['list']);
    expect(listed.stdout).toContain(`${id}: hooks.slack.com/…WXYZ`);
    const exported = await run(data.path, ['export', '--people'], { env });
    for (const said of [stdout, listed.stdout, exported.stdout]) expect(said).not.toMatch(/services|abcdefghij/);
    for (const file of readdirSync(join(data.path, 'db'), { recursive: true, withFileTypes: true })) {
      if (file.isFile()) expect(readFileSync(join(file.parentPath, file.name), 'latin1')).not.toContain(TOKEN);
    }
  });

  test('that is added again takes the new settings', async () => {
    await webhook(['add', 'everything', 'at', '9', 'UTC'], ADDRESS);
    expect(await json(data.path, ['webhook', 'list'], { env })).toMatchObject([{ id, gets: expect.stringMatching(/everything that trends: weekdays at 09:00, UTC/) as string }]);
  });

  test('is gone when it is removed', async () => {
    expect((await webhook(['remove', id])).stdout).toBe('hooks.slack.com/…WXYZ gets nothing more, and its address is forgotten.\n');
    expect((await webhook(['list'])).stdout).toBe('There is no webhook. Add one: paperround webhook add\n');
    expect((await webhook(['remove', id])).stderr).toContain(`There is no webhook ${id}`);
  });

  test.each<[string, string[], string, RegExp]>([
    ['an address as a word', ['add', ADDRESS], '', /standard input, not as a word/],
    ['another host', ['add', 'nlp'], 'https://hooks.slack.com.evil.example/services/T0123456789/B0123456789/abcdefghijklmnopqrstWXYZ', /no webhook’s address/],
    ['nothing', ['add', 'nlp'], '', /no webhook’s address/],
    ['a topic that can’t be read', ['add', 'cat:cs.XX'], ADDRESS, /no such category/],
    ['one message a paper', ['add', 'nlp', 'layout', 'each'], ADDRESS, /one flat post/],
    ['another word', ['change'], ADDRESS, /Use it like this/],
  ])('refuses %s, without repeating an address', async (_, words, input, problem) => {
    const { status, stdout, stderr } = await webhook(words, input);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(problem);
    expect(stderr).not.toContain(TOKEN);
  });

  test('needs the key that seals it', async () => {
    const { status, stderr } = await run(data.path, ['webhook', 'add', 'nlp'], { input: ADDRESS });
    expect(status).toBe(1);
    expect(stderr).toMatch(/PAPERROUND_KEYS is missing/);
  });
});
