// Previews of links: what Slack tells, what it is asked to show, and what it would refuse.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ChannelRef } from '../../../src/core/chat.ts';
import { note, say } from '../../../src/core/doc.ts';
import { previewDoc, type LinkedMessage } from '../../../src/core/linked.ts';
import { plain } from '../../../src/core/text.ts';
import { unfurlsOf } from '../../../src/platforms/slack/unfurl-blocks.ts';
import { aPaper } from '../../support/factories.ts';
import { slackProblems } from '../../support/slack-contract.ts';
import { until } from '../../support/slack-server.ts';
import { startRig, type Mode, type Rig } from './rig.ts';

const URL = 'https://arxiv.org/abs/2607.01234';
const MODES: Mode[] = ['socket', 'http'];

describe.each(MODES)('in %s mode', (mode) => {
  let rig: Rig;
  let asked: { channel: ChannelRef; message: LinkedMessage }[];
  beforeEach(async () => {
    rig = await startRig(mode);
    asked = [];
    rig.previews = async (channel, message) => {
      asked.push({ channel, message });
      return message.urls.map((url) => ({ url, doc: say('A title, by A. Author.') }));
    };
  });
  afterEach(() => rig.stop());

  const shown = () => until(() => rig.server.unfurls.length > 0, () => rig.logged.join('\n'));
  /** The bot has heard all before, once it has answered this. */
  const heard = () => rig.server.slash('/paper', 'attention');

  test('a message with a link is asked about, and gets its preview', async () => {
    const ts = await rig.server.share([URL, 'https://example.org/other'], { user: 'U2' });
    await shown();
    expect(asked).toEqual([{ channel: { platform: 'slack', workspace: 'T1', id: 'C1' }, message: { id: ts, urls: [URL] } }]);
    expect(rig.server.unfurls).toMatchObject([{ channel: 'C1', ts, unfurls: { [URL]: { fallback: 'A title, by A. Author.' } } }]);
  });

  test.each(['https://www.alphaxiv.org/abs/2607.01234', 'https://export.arxiv.org/abs/2607.01234', 'https://hf.co/papers/2607.01234', 'https://doi.org/10.48550/arXiv.2607.01234'])('%s is told of, too', async (url) => {
    await rig.server.share([url]);
    await shown();
    expect(asked.map(({ message }) => message.urls)).toEqual([[url]]);
  });

  test('a link in a message that is still being written is left alone, and so is one of the bot’s own', async () => {
    await rig.server.share([URL], { composing: true });
    await rig.server.share([URL], { user: 'UBOT' });
    await heard();
    expect(asked).toEqual([]);
    expect(rig.server.unfurls).toEqual([]);
  });

  test('where nothing is to be shown, Slack is not asked to', async () => {
    rig.previews = async () => [];
    await rig.server.share([URL]);
    await heard();
    expect(rig.server.requests.map(({ method }) => method)).not.toContain('chat.unfurl');
  });

  test.each([
    ['cannot_unfurl_url', { error: 'cannot_unfurl_url' }],
    ['a rate limit', { retryAfter: 30 }],
  ])('%s is logged, without the link, and does no harm', async (_, fault) => {
    rig.server.fail('chat.unfurl', fault, 2);
    await rig.server.share([URL]);
    await until(() => rig.logged.some((line) => line.startsWith('slack did not take previews of links')), () => rig.logged.join('\n'));
    expect(rig.logged.join('\n')).not.toContain('2607.01234');
    expect((await heard()).answers).toHaveLength(1);
  });

  test('a lost answer is asked for again: a preview that is there twice is there once', async () => {
    rig.server.fail('chat.unfurl', 'reset');
    await rig.server.share([URL]);
    await until(() => rig.server.unfurls.length === 2, () => rig.logged.join('\n'));
    const [first, second] = rig.server.unfurls;
    expect(second).toEqual(first);
  });

  test('a button in a preview is the command that it carries, in its channel', async () => {
    const { answers } = await rig.server.press({ action_id: '1:paper', value: 'paper save id:17' }, { unfurl: URL });
    expect(rig.calls).toMatchObject([{ command: 'paper', text: 'save id:17', channel: { workspace: 'T1', id: 'C1' }, person: { id: 'U1' } }]);
    expect(answers).toMatchObject([{ response_type: 'ephemeral', replace_original: false }]);
  });

  test('stopping waits for a preview that is under way', async () => {
    let finish = () => {};
    const wait = new Promise<void>((resolve) => (finish = resolve));
    rig.previews = async (_, { urls }) => wait.then(() => urls.map((url) => ({ url, doc: say('A title, by A. Author.') })));
    await rig.server.share([URL]);
    await heard();
    const stopped = rig.adapter.stop();
    finish();
    await stopped;
    expect(rig.server.unfurls).toHaveLength(1);
  });
});

interface EdgeCase {
  case: string;
  id: string;
  title: string;
  abstract: string;
  authors: string[];
}
const edgeCases = readFileSync('test/fixtures/edge-cases.jsonl', 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as EdgeCase);
const judged = (doc: ReturnType<typeof say>) => slackProblems({ channel: 'C1', ts: '1.2', unfurls: unfurlsOf([{ url: URL, doc }, { url: `${URL}v2`, doc }], 'T1') });
const blocksOf = (doc: ReturnType<typeof say>) => unfurlsOf([{ url: URL, doc }], 'T1')[URL]!.blocks;
const SEEN = { posted: { on: '2026-05-04', url: 'https://example.slack.com/archives/C1/p1' }, saves: 3 };

describe('a preview', () => {
  test.each(edgeCases)('of the awkward paper $case $id breaks no limit, has no markup of its and keeps its title', ({ title, abstract, authors }) => {
    const doc = previewDoc(aPaper({ title, abstract, authors, withdrawn: true, version: 3 }), 1, SEEN);
    expect(judged(doc)).toEqual([]);
    const said = JSON.stringify(blocksOf(doc));
    expect(said).toContain(JSON.stringify(`Withdrawn: ${plain(title)}`).slice(1, -1));
    expect(said).toContain('{"type":"mrkdwn","text":"Posted here on <https://example.slack.com/archives/C1/p1|4 May 2026>, saved by 3 people.","verbatim":true}');
  });

  test('keeps words beside a link from being markup, and a link that is none from being one', () => {
    const words = '*b* _i_ ~s~ `c` <!channel> & | @here';
    const doc = say('A sentence here.', note(`${words} `, { text: words, url: 'https://a.example/?a=1&b=|' }), note({ text: 'x', url: 'javascript:alert(1)' }, ' y'));
    expect(judged(doc)).toEqual([]);
    const [, linked, plainly] = blocksOf(doc) as unknown as { elements: { type: string; text: string }[] }[];
    expect(linked!.elements).toEqual([{ type: 'mrkdwn', text: '∗b∗ ＿i＿ ∼s∼ ˋcˋ &lt;!channel&gt; &amp; ∣ @here <https://a.example/?a=1&amp;b=%7C|∗b∗ ＿i＿ ∼s∼ ˋcˋ &lt;!channel&gt; &amp; ∣ @here>', verbatim: true }]);
    expect(plainly!.elements).toEqual([{ type: 'plain_text', text: 'x y', emoji: false }]);
  });
});
