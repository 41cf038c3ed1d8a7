// Links to papers that people post: on Slack each gets a preview, on Discord whoever asks sees the paper.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { previewLinks } from '../../src/links.ts';
import { startBot } from '../support/bot.ts';
import { useDb } from '../support/db.ts';
import { havePapers, wordsIn } from '../support/factories.ts';
import { until, type SlackServer } from '../support/slack-server.ts';
import { openStage, type Stage } from './stage.ts';

const db = useDb();
const ABS = 'https://arxiv.org/abs/2607.20001';
const HOSTILE = '<!channel> @everyone <@U1> *x* ||y|| [a](https://evil) <https://evil|safe>';

interface Texts {
  type: string;
  text?: string | Texts;
  elements?: Texts[];
}

/** What somebody reads in a preview, a line for each block but the buttons. */
function linesOf(preview: unknown): string[] {
  const words = ({ text, elements }: Texts): string => (typeof text === 'string' ? text : text ? words(text) : (elements ?? []).map(words).join(''));
  return (preview as { blocks: Texts[] }).blocks.filter(({ type }) => type !== 'actions').map(words);
}

function buttonsOf(preview: unknown): { action_id: string; value: string; block_id: string; text: { text: string } }[] {
  const rows = (preview as { blocks: { type: string; block_id: string; elements: [] }[] }).blocks.filter(({ type }) => type === 'actions');
  return rows.flatMap(({ block_id, elements }) => elements.map((element) => ({ ...(element as object), block_id }) as never));
}

const shown = (slack: SlackServer, times: number) => until(() => slack.unfurls.length === times, () => `${slack.unfurls.length} previews`);
const previewsIn = (slack: SlackServer) => slack.unfurls.map(({ channel, unfurls }) => ({ channel, ...unfurls }));

/** Somebody posts these links; resolves when the bot is done with them. */
async function post(stage: Stage, urls: string[], where: object = {}): Promise<void> {
  await stage.world.slack.share(urls, where);
  // What is looked up for it comes before what is looked up for a later command.
  await stage.type('/roundup list');
}

async function begin(name: 'Slack' | 'Slack over HTTP') {
  await havePapers(db(), [
    { arxivId: '2607.20001', title: 'Sparse attention', abstract: 'We propose to attend less. It is enough.', version: 3 },
    { arxivId: '2607.20002', title: 'Folding laundry' },
    { arxivId: '2607.20003', title: 'A third paper' },
  ]);
  const stage = await openStage(name, db());
  await stage.type('/roundup subscribe everything at 9 daily UTC');
  return stage;
}

describe.each(['Slack', 'Slack over HTTP'] as const)('on %s', (name) => {
  test('a link in a subscribed channel shows what the channel knows of the paper, and its buttons work', async () => {
    const stage = await begin(name);
    const { slack } = stage.world;
    await stage.tickAt('2026-07-28T09:00:00Z');
    await stage.type('/paper save 2607.20001');
    await post(stage, [`${ABS}v1`]);
    await shown(slack, 1);
    const preview = slack.unfurls[0]!.unfurls[`${ABS}v1`];
    const { ts } = slack.messages.find(({ thread_ts }) => !thread_ts)!;
    expect(linesOf(preview)).toEqual([
      'Sparse attention',
      'Ada Lovelace and Alan Turing · 24 July 2026',
      'We propose to attend less.',
      'Version 3 is out; the link is to version 1.',
      `Posted here on <https://example.slack.com/archives/C1/p${ts.replace('.', '')}|28 July 2026>, saved by 1 person.`,
    ]);

    const [save, details] = buttonsOf(preview);
    expect([save!.text.text, details!.text.text]).toEqual(['Save', 'Details']);
    const saved = await slack.press({ ...save }, { user: 'U2', unfurl: `${ABS}v1` });
    expect(saved.answers).toMatchObject([{ response_type: 'ephemeral', text: 'Saved: “Sparse attention”.' }]);
    expect(JSON.stringify((await slack.press({ ...details }, { unfurl: `${ABS}v1` })).answers)).toContain('saved by 2 people in this channel');
  });

  test('it shows once in half an hour, never for lists of links, not while it is written, and in no other channel', async () => {
    const stage = await begin(name);
    const { slack, clock } = stage.world;
    await post(stage, [ABS], { composing: true });
    await post(stage, [ABS, 'https://arxiv.org/abs/2607.20002', 'https://arxiv.org/abs/2607.20003']);
    await post(stage, ['https://arxiv.org/list/cs.CL/recent', 'https://doi.org/10.1038/nature14539']);
    await post(stage, [ABS], { channel: 'C2' });
    await post(stage, [ABS], { user: 'UBOT' });
    await post(stage, ['https://example.org/2607.20001']);
    expect(previewsIn(slack)).toEqual([]);

    await post(stage, ['https://www.alphaxiv.org/abs/2607.20001']);
    await shown(slack, 1);
    await post(stage, [ABS, 'https://hf.co/papers/2607.20002']);
    await shown(slack, 2);
    expect(Object.keys(slack.unfurls[1]!.unfurls)).toEqual(['https://hf.co/papers/2607.20002']);
    clock.forward(30 * 60_000);
    await post(stage, [ABS]);
    await shown(slack, 3);
  });

  test('Slack’s second word of the same message, as after a lost ack or when a preview was taken away, changes nothing', async () => {
    const stage = await begin(name);
    const { slack, clock } = stage.world;
    const ts = await slack.share([ABS]);
    await shown(slack, 1);
    await slack.repeat();
    clock.forward(3_600_000);
    await post(stage, [ABS], { ts });
    expect(slack.unfurls).toHaveLength(1);
  });

  test('is switched off and on by one command, and rests while the roundup is paused', async () => {
    const stage = await begin(name);
    const { slack } = stage.world;
    expect((await stage.type('/roundup links off', { who: 'Gus' })).toAsker[0]!.words).toContain('Only full members');
    expect((await stage.type('/roundup links off')).toChannel[0]!.words).toContain('get no preview. Switched off by ana.');
    await post(stage, [ABS]);
    await stage.type('/roundup links on');
    await stage.type('/roundup pause');
    await post(stage, [ABS]);
    expect(slack.unfurls).toEqual([]);
    await stage.type('/roundup resume');
    await post(stage, [ABS]);
    await shown(slack, 1);
  });
});

test('two processes show one preview', async () => {
  const stage = await begin('Slack');
  const other = await startBot(db(), stage.world, ['slack']);
  const channel = { platform: 'slack', workspace: 'T1', id: 'C1' };
  const shown = await Promise.all([stage.bot, other].map(({ app }, n) => previewLinks(channel, { id: `${n}`, urls: [ABS] }, app.deps)));
  expect(shown.flat().map(({ doc }) => wordsIn(doc).split('\n')[1])).toEqual(['Sparse attention']);
  await other.stop();
});

test('a hostile title is read as it is written, and calls nobody', async () => {
  await havePapers(db(), [{ arxivId: '2607.66666', title: `${HOSTILE} \u202e`, abstract: `We propose ${HOSTILE}.`, authors: [HOSTILE], withdrawn: true }]);
  const stage = await openStage('Slack', db());
  await stage.type('/roundup subscribe everything');
  await post(stage, ['https://arxiv.org/abs/2607.66666']);
  await shown(stage.world.slack, 1);
  const [title, authors, line, withdrawn] = linesOf(stage.world.slack.unfurls[0]!.unfurls['https://arxiv.org/abs/2607.66666']);
  expect(title).toBe(`Withdrawn: ${HOSTILE}`);
  expect(authors).toContain('<!channel> @everyone <@U1>');
  expect(line).toContain('@everyone <@U1> *x* ||y||');
  expect(withdrawn).toContain('was withdrawn by its authors');
});

test('a paper that nobody here knows is asked from arXiv, and shown', async () => {
  const atom = readFileSync(new URL('../fixtures/arxiv/200.id_2104.12255v1_s0_m100.xml', import.meta.url));
  const stage = await openStage('Slack', db(), { fetch: async () => new Response(atom, { headers: { 'content-type': 'application/atom+xml' } }) });
  await stage.type('/roundup subscribe everything');
  await stage.world.slack.share(['https://doi.org/10.48550/arXiv.2104.12255']);
  await shown(stage.world.slack, 1);
  expect(linesOf(Object.values(stage.world.slack.unfurls[0]!.unfurls)[0])[1]).toContain('Quan Thoi Minh Nguyen');
});

describe('on Discord', () => {
  test('“Look up paper” in the menu of a message shows its papers to the asker, with buttons that work', async () => {
    await havePapers(db(), [{ arxivId: '2607.20001', title: 'Sparse attention' }, { arxivId: '2607.20002', title: `${HOSTILE} \u202e` }]);
    const stage = await openStage('Discord', db());
    const { discord } = stage.world;
    const seen = await discord.lookUp({ content: `**read** <${ABS}v2>, and https://huggingface.co/papers/2607.20002!` });
    expect(seen.public).toEqual([]);
    expect(seen.ephemeral.map(({ embeds }) => embeds[0]!.title)).toEqual(['Sparse attention', expect.stringContaining('channel')]);
    const save = seen.ephemeral[0]!.components[0]!.components!.find(({ label }) => label === 'Save')!;
    expect((await discord.press(save.custom_id!)).ephemeral[0]!.content).toContain('Saved: “Sparse attention”.');
    expect(discord.gateway.identified).toMatchObject([{ intents: 1 }]);
  });

  test('it reads a roundup of the bot’s own, the first three of its papers', async () => {
    await havePapers(db(), [1, 2, 3, 4].map((n) => ({ arxivId: `2607.2000${n}`, title: `Paper ${n}`, upvotes: 90 - n })));
    const stage = await openStage('Discord', db());
    await stage.type('/roundup subscribe everything');
    await stage.type('/roundup schedule 09:00 UTC daily');
    await stage.tickAt('2026-07-28T09:00:00Z');
    const [roundup] = stage.world.discord.messages('200000000000000001').filter(({ nonce }) => nonce);
    const { ephemeral } = await stage.world.discord.lookUp({ ...roundup });
    expect(ephemeral.slice(0, 3).map(({ embeds }) => embeds[0]!.title)).toEqual(['Paper 1', 'Paper 2', 'Paper 3']);
    expect(ephemeral[3]!.content).toBe('That message has 4 papers; these are the first 3. Look up another by its link with /paper.');
  });

  test('a message without one, and a paper that can’t be had, are told with what to do', async () => {
    const stage = await openStage('Discord', db());
    const nothing = await stage.world.discord.lookUp({ content: 'lunch? https://arxiv.org/list/cs.CL/recent' });
    expect(nothing.ephemeral[0]!.content).toBe('That message has no link to a paper, and no arXiv id.');
    expect(JSON.stringify(nothing.ephemeral[0]!.embeds)).toContain('looked up by its title with /paper');
    const unknown = await stage.world.discord.lookUp({ content: 'arXiv:2607.99999' });
    expect(unknown.ephemeral[0]!.content).toContain('2607.99999 is not here yet, and arXiv can’t be asked right now.');
  });

  test('/roundup links, which Discord has no use for, is not offered', async () => {
    const stage = await openStage('Discord', db());
    const roundup = (stage.world.discord.commands() as { name: string; options: { name: string }[] }[]).find(({ name }) => name === 'roundup')!;
    expect(roundup.options.map(({ name }) => name)).not.toContain('links');
    expect((await stage.type('/roundup subscribe everything')).toChannel[0]!.words).not.toContain('preview');
  });
});
