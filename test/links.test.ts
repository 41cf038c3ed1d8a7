// Which links get a preview, in which channel, and how often.
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ChannelRef } from '../src/core/chat.ts';
import { previewLinks } from '../src/links.ts';
import { openRig, type Rig } from './support/app.ts';
import { useDb } from './support/db.ts';
import { aChannel, havePapers, PLACE, wordsIn } from './support/factories.ts';

const db = useDb();
const ABS = 'https://arxiv.org/abs/2607.10001';
const OTHER = 'https://huggingface.co/papers/2607.10002';
const atom = readFileSync(new URL('fixtures/arxiv/200.id_2104.12255v1_s0_m100.xml', import.meta.url), 'utf8');

let rig: Rig;
let messages = 0;
/** Somebody posts a message; what is shown of each link that gets a preview. */
async function post(urls: string[], { channel = PLACE, id = `m${++messages}`, bot = rig }: { channel?: ChannelRef; id?: string; bot?: Rig } = {}): Promise<Record<string, string>> {
  const shown = await previewLinks(channel, { id, urls }, bot.app.deps);
  return Object.fromEntries(shown.map(({ url, doc }) => [url, wordsIn(doc)]));
}
const urlsOf = async (...posted: Parameters<typeof post>) => Object.keys(await post(...posted));

beforeEach(async () => {
  await havePapers(db(), [{ arxivId: '2607.10001', title: 'Sparse attention', version: 3 }, { arxivId: '2607.10002', title: 'Folding laundry' }, { arxivId: '2607.10003' }]);
  await aChannel(db());
  rig = await openRig(db());
});

describe('a link to a paper gets a preview', () => {
  test.each([ABS, 'https://export.arxiv.org/pdf/2607.10001v3.pdf', 'https://www.alphaxiv.org/abs/2607.10001', 'https://hf.co/papers/2607.10001', 'https://doi.org/10.48550/arXiv.2607.10001'])('%s', async (url) => {
    expect(await post([url])).toEqual({ [url]: expect.stringContaining('Sparse attention') as string });
  });

  test('that names an older version, with a word on the newer one', async () => {
    expect((await post([`${ABS}v1`]))[`${ABS}v1`]).toContain('Version 3 is out; the link is to version 1.');
  });

  test('and two links get two, but one paper has one, however it is linked to', async () => {
    expect(await urlsOf([ABS, OTHER])).toEqual([ABS, OTHER]);
    rig.clock.forward(3_600_000);
    expect(await urlsOf(['https://arxiv.org/pdf/2607.10001', ABS])).toEqual(['https://arxiv.org/pdf/2607.10001']);
  });
});

describe('no preview', () => {
  test.each([
    ['for a list of papers', ['https://arxiv.org/list/cs.CL/recent']],
    ['for a page of a model', ['https://huggingface.co/openai/whisper']],
    ['for a DOI of another publisher', ['https://doi.org/10.1038/nature14539']],
    ['for three links', [ABS, OTHER, 'https://arxiv.org/abs/2607.10003']],
    ['for three links of which one is a paper', [ABS, 'https://arxiv.org/list/cs.CL/recent', 'https://doi.org/10.1038/nature14539']],
    ['for no link', []],
  ])('%s', async (_, urls) => {
    expect(await post(urls)).toEqual({});
  });

  test('in a channel that has no roundup, nor in one of the same id in another workspace', async () => {
    expect(await post([ABS], { channel: { ...PLACE, id: 'C2' } })).toEqual({});
    expect(await post([ABS], { channel: { ...PLACE, workspace: 'W2' } })).toEqual({});
  });

  test('while the roundup is paused, or after previews were switched off', async () => {
    await rig.ask('/roundup pause');
    expect(await post([ABS])).toEqual({});
    await rig.ask('/roundup resume');
    await rig.ask('/roundup links off');
    expect(await post([ABS])).toEqual({});
    await rig.ask('/roundup links on');
    expect(await urlsOf([ABS])).toEqual([ABS]);
  });
});

describe('a paper that had its preview', () => {
  test('has none again in this channel for 30 minutes, however it is linked to, and one in another channel', async () => {
    await aChannel(db(), { ref: { ...PLACE, id: 'C2' } });
    expect(await urlsOf([ABS])).toEqual([ABS]);
    rig.clock.forward(29 * 60_000);
    expect(await urlsOf(['https://hf.co/papers/2607.10001'])).toEqual([]);
    expect(await urlsOf([ABS], { channel: { ...PLACE, id: 'C2' } })).toEqual([ABS]);
    rig.clock.forward(60_000);
    expect(await urlsOf([ABS])).toEqual([ABS]);
  });

  test('keeps others from none of theirs', async () => {
    await post([ABS]);
    expect(await urlsOf([ABS, OTHER])).toEqual([OTHER]);
  });

  test('has none again in another process', async () => {
    const another = await openRig(db());
    const both = await Promise.all([urlsOf([ABS], { bot: rig }), urlsOf([ABS], { bot: another })]);
    expect(both.flat()).toEqual([ABS]);
    expect(await urlsOf([ABS], { bot: another })).toEqual([]);
  });

  // A person who takes a preview away changes the message, and Slack tells of its links again.
  test('has none again in the same message, hours later', async () => {
    expect(await urlsOf([ABS], { id: 'edited' })).toEqual([ABS]);
    rig.clock.forward(5 * 3_600_000);
    expect(await urlsOf([ABS, OTHER], { id: 'edited' })).toEqual([OTHER]);
    // And that has not begun another half hour.
    expect(await urlsOf([ABS])).toEqual([ABS]);
  });
});

test('saves and posts are those of this very channel', async () => {
  const elsewhere = { ...PLACE, id: 'C2' };
  await aChannel(db(), { ref: elsewhere });
  await rig.ask('/paper save 2607.10001', { channel: elsewhere, person: { id: 'bob', profile: async () => ({ standing: 'member' }) } });
  rig.clock.moveTo('2026-07-28T09:00:30Z');
  await rig.app.tick();
  await rig.ask('/paper save 2607.10001');
  expect((await post([ABS]))[ABS]).toContain('Posted here on 28 July 2026, saved by 1 person.');
  await rig.ask('/paper save undo 2607.10001');
  expect((await post([ABS], { channel: elsewhere }))[ABS]).toContain('Posted here on 28 July 2026, saved by 1 person.');
  rig.clock.forward(3_600_000);
  expect((await post([ABS]))[ABS]).toMatch(/Posted here on 28 July 2026\.$/);
  await aChannel(db(), { ref: { ...PLACE, id: 'C3' } });
  expect((await post([ABS], { channel: { ...PLACE, id: 'C3' } }))[ABS]).not.toMatch(/here/);
});

describe('a paper that nobody here knows', () => {
  const UNKNOWN = 'https://arxiv.org/abs/2104.12255';
  const asked: string[] = [];
  let answer: () => Promise<Response>;
  beforeEach(async () => {
    asked.length = 0;
    rig = await openRig(db(), (input) => {
      asked.push(input instanceof Request ? input.url : String(input));
      return answer();
    });
  });
  const found = async () => new Response(atom, { headers: { 'content-type': 'application/atom+xml' } });

  test('is asked from arXiv', async () => {
    answer = found;
    expect((await post([UNKNOWN]))[UNKNOWN]).toContain('splitting zero');
    expect(asked).toHaveLength(1);
  });

  test('has no preview while arXiv is down, and one with the next message once it is up', async () => {
    answer = () => Promise.reject(new TypeError('fetch failed'));
    expect(await urlsOf([UNKNOWN, ABS])).toEqual([ABS]);
    answer = found;
    rig.clock.forward(60_000);
    expect(await urlsOf([UNKNOWN])).toEqual([UNKNOWN]);
  });

  test('nor arXiv either, is asked for once in 30 minutes', async () => {
    answer = async () => new Response(readFileSync(new URL('fixtures/arxiv/200.id_0000.0000_s0_m100.xml', import.meta.url)), { headers: { 'content-type': 'application/atom+xml' } });
    const none = 'https://arxiv.org/abs/2607.99999';
    expect(await post([none])).toEqual({});
    expect(await post([none])).toEqual({});
    expect(asked).toHaveLength(1);
  });

  test('in a channel that has no roundup is asked from nobody', async () => {
    answer = found;
    expect(await post([UNKNOWN], { channel: { ...PLACE, id: 'C2' } })).toEqual({});
    expect(asked).toEqual([]);
  });
});
