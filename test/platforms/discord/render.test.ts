import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Payload } from '../../../src/core/platform.ts';
import { code, note, say, text, type Block, type Doc } from '../../../src/core/doc.ts';
import { plain } from '../../../src/core/text.ts';
import { readCustomId } from '../../../src/platforms/discord/buttons.ts';
import { COLOR } from '../../../src/platforms/discord/pack.ts';
import { render, renderAnswer } from '../../../src/platforms/discord/render.ts';
import { discordProblems } from '../../support/discord-contract.ts';
import { unescape } from '../../support/discord-markdown.ts';

interface Edge {
  case: string;
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  url: string;
}

const edges = readFileSync(new URL('../../fixtures/edge-cases.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Edge);

test.each(edges.map((edge) => [edge.case, edge.id, edge] as const))('a paper with %s (%s) is shown whole and harmless', (_, __, edge) => {
  const payloads = render(card(edge));
  expectLegal(payloads);
  expectTitles(payloads, [edge]);
});

test.each([10, 50])('roundups of %i papers break no limit and lose no title', (size) => {
  for (let from = 0; from < edges.length; from += size) {
    const some = edges.slice(from, from + size);
    for (const doc of [roundup(some, true), roundup(some, false)]) {
      const payloads = render(doc);
      expectLegal(payloads);
      expectTitles(payloads, some);
    }
  }
});

test('raw titles and abstracts are as harmless as readable ones', () => {
  for (const edge of edges) {
    const doc: Doc = { summary: edge.title, title: edge.title, blocks: [{ kind: 'item', title: edge.title, facts: [edge.title], body: edge.abstract }, note(edge.abstract)] };
    expectLegal(render(doc));
  }
});

test('the first words are the summary, and it is not said twice', () => {
  const [payload] = render(say('Nothing is called “attentoin”. Did you mean attention?'));
  expect(payload).toEqual({ content: 'Nothing is called “attentoin”. Did you mean attention?', allowed_mentions: { parse: [] } });
});

test('a paper is an embed: title, address, why it is there, abstract', () => {
  const [payload] = render({
    title: 'Roundup',
    summary: 'One paper today.',
    blocks: [{ kind: 'item', title: { text: 'Attention_is', url: 'https://arxiv.org/abs/1' }, facts: ['84 upvotes', 'matches attention'], body: 'We *propose*.' }],
  });
  expect(payload).toMatchObject({
    content: '### Roundup\n-# One paper today.',
    embeds: [{ title: 'Attention\\_is', url: 'https://arxiv.org/abs/1', description: '-# 84 upvotes · matches attention\nWe \\*propose\\*.' }],
  });
});

test('lines to be copied stand in a code block that nothing inside can close or call from', () => {
  const [payload] = render({ summary: 'An entry.', blocks: [code('@misc{a,\n\ttitle = {```*B* @everyone _c_},\n}')] });
  expectLegal([payload!]);
  expect(payload!.embeds).toEqual([{ description: '```\n@misc{a,\n\ttitle = {ˋˋˋ*B* @\u200beveryone _c_},\n}\n```', color: COLOR }]);
});

test('items without an abstract share one embed, each a linked line', () => {
  const [payload] = render({
    summary: 'Two papers.',
    blocks: [
      { kind: 'item', title: { text: 'A', url: 'https://x.org/a' }, facts: ['3 upvotes'] },
      { kind: 'item', title: 'B' },
      note('From arXiv.'),
    ],
  });
  expect(payload!.embeds).toEqual([{ description: '**[A](<https://x.org/a>)**\n-# 3 upvotes\n\n**B**\n\n-# From arXiv.', color: COLOR }]);
});

test('buttons of several papers carry the number of theirs, in a row of their own', () => {
  const [payload] = render(roundup(edges.slice(0, 2), false));
  expect(rowsOf(payload!).map((row) => row.map(({ label }) => label))).toEqual([
    ['1 · Save', '1 · More like this'],
    ['2 · Save', '2 · More like this'],
    ['Help'],
  ]);
  expect(JSON.stringify(payload!.embeds)).toContain('1\\\\. ');
});

test('a paper’s buttons stay together when several papers share a row', () => {
  const [payload] = render({ ...roundup(edges.slice(0, 8), false), actions: [] });
  expect(rowsOf(payload!).map((row) => row.map(({ label }) => label.split(' ')[0]))).toEqual([
    ['1', '1', '2', '2'],
    ['3', '3', '4', '4'],
    ['5', '5', '6', '6'],
    ['7', '7', '8', '8'],
  ]);
});

test('a lone paper’s buttons need no number', () => {
  const [payload] = render(card(edges[0]!));
  expect(rowsOf(payload!)[0]!.map(({ label }) => label)).toEqual(['Save', 'More like this']);
});

test('a button gives back the very command that it was made from', () => {
  const longest = 'save '.padEnd(80, 'é'.slice(0, 1));
  const doc: Doc = { summary: 'Hi.', blocks: [], actions: [{ label: 'Save', says: 'Save it', call: { name: 'roundup', text: longest } }] };
  expect(readCustomId(rowsOf(render(doc)[0]!)[0]![0]!.custom_id)).toEqual({ name: 'roundup', text: longest });
  expect(readCustomId('of another bot')).toBeUndefined();
});

test('more than 25 buttons go on in a further message', () => {
  const actions = Array.from({ length: 60 }, (_, i) => ({ label: `Topic ${i}`, says: `Topic ${i}`, call: { name: 'roundup', text: `subscribe ${i}` } }));
  for (const doc of [{ summary: 'Choose.', blocks: [], actions }, { summary: 'Choose.', blocks: [{ kind: 'item' as const, title: 'Topics', actions }] }]) {
    const payloads = render(doc);
    expectLegal(payloads);
    expect(payloads.flatMap(rowsOf).flat().map(({ custom_id: id }) => readCustomId(id)?.text)).toEqual(actions.map(({ call }) => call.text));
  }
});

test('an answer for the asker alone is ephemeral, one for the channel is not', () => {
  const doc = roundup(edges.slice(0, 30), true);
  for (const payload of renderAnswer({ doc, audience: 'asker' })) {
    expect(payload.flags).toBe(64);
    expect(discordProblems('followup', payload)).toEqual([]);
  }
  for (const payload of renderAnswer({ doc, audience: 'channel' })) expect(payload.flags).toBeUndefined();
});

test('an answer’s replies follow it, since it has no thread', () => {
  const doc: Doc = { ...say('Above.'), replies: [say('Below.')] };
  expect(renderAnswer({ doc, audience: 'asker' }).map(({ content }) => content)).toEqual(['Above.', 'Below.']);
});

test('bold, code and links are written as such, and can’t be broken out of', () => {
  const [payload] = render({
    summary: 'Help.',
    blocks: [text({ text: 'Try', bold: true }, ' ', { text: '/paper `x`', code: true }, ' or ', { text: 'a](b) [c', url: 'https://x.org/(1)' }, ' ', { text: 'bad', url: 'javascript:1' })],
  });
  expect(payload!.embeds).toEqual([{ description: '**Try** `/paper ˋxˋ` or [a\\](b) \\[c](<https://x.org/%281%29>) bad', color: COLOR }]);
});

test('papers that bring their rank keep it, on their buttons too', () => {
  const action = { label: 'Save', says: 'Save', call: { name: 'paper', text: 'save' } };
  const [payload] = render({ summary: 'Two.', blocks: [3, 4].map((rank) => ({ kind: 'item', title: `${rank}. A paper`, body: 'It.', actions: [action] })) });
  expect(rowsOf(payload!).flat().map(({ label }) => label)).toEqual(['3 · Save', '4 · Save']);
  expect(payload!.embeds).toMatchObject([{ title: '3\\. A paper' }, { title: '4\\. A paper' }]);
});

test('any document keeps within Discord’s limits', () => {
  const words = fc.string({ unit: fc.constantFrom(...'ab *_`|<@>[]()#-.\n', 'https://x.org/a', '@everyone', '👩‍🔬'), maxLength: 300 });
  const long = fc.tuple(words, fc.integer({ min: 1, max: 40 })).map(([text, times]) => text.repeat(times));
  const said = words.map((text) => `a${text}`);
  const action = fc.record({ label: said, says: said, call: fc.record({ name: fc.constant('paper'), text: said.map((text) => text.slice(0, 80)) }) });
  const span = fc.oneof(long, fc.record({ text: long, bold: fc.constant(true as const) }), fc.record({ text: words, url: fc.webUrl() }), fc.record({ text: words, code: fc.constant(true as const) }));
  const block = fc.oneof(
    fc.record({ kind: fc.constantFrom('text' as const, 'note' as const), spans: fc.array(span, { maxLength: 6 }) }),
    fc.record(
      { kind: fc.constant('item' as const), title: fc.oneof(said, fc.record({ text: said, url: fc.webUrl() })), facts: fc.array(words, { maxLength: 8 }), body: long, actions: fc.array(action, { maxLength: 30 }) },
      { requiredKeys: ['kind', 'title'] },
    ),
  );
  const doc = fc.record({ title: said, summary: said, blocks: fc.array(block, { maxLength: 25 }), actions: fc.array(action, { maxLength: 30 }) });
  fc.assert(fc.property(doc, (any: Doc) => expectLegal(render(any))), { numRuns: 200 });
});

test('a summary longer than a message is cut, not refused', () => {
  expectLegal(render({ summary: `${'very_long '.repeat(400)}`, blocks: [] }));
});

function card(edge: Edge): Doc {
  return { summary: `${plain(edge.title)}.`, blocks: [itemOf(edge, true), text({ text: 'arXiv', url: edge.url }), note(plain(edge.authors.join(', ')))] };
}

function roundup(some: Edge[], bodies: boolean): Doc {
  return {
    title: 'Roundup',
    summary: `${some.length} papers for today, the first: ${plain(some[0]!.title)}.`,
    blocks: [...some.map((edge) => itemOf(edge, bodies)), note('Thank you to arXiv for use of its open access interoperability.')],
    actions: [{ label: 'Help', says: 'Help', call: { name: 'roundup', text: 'help' } }],
  };
}

function itemOf(edge: Edge, body: boolean): Block {
  const action = (label: string, verb: string) => ({ label, says: `${label}: ${edge.title}`, call: { name: 'paper', text: `${verb} ${edge.id}` } });
  return {
    kind: 'item',
    title: { text: plain(edge.title), url: edge.url },
    facts: ['84 upvotes', plain(edge.title)],
    ...(body ? { body: plain(edge.abstract) } : {}),
    actions: [action('Save', 'save'), action('More like this', 'similar')],
  };
}

function expectLegal(payloads: Payload[]): void {
  expect(payloads.length).toBeGreaterThan(0);
  for (const payload of payloads) {
    expect(discordProblems('message', payload)).toEqual([]);
    expect(JSON.stringify([payload.content, payload.embeds])).not.toMatch(/@everyone|@here/i);
    // Every web address in the text is bracketed, so that nothing unfolds.
    expect(((payload.content ?? '') as string).replace(/<https?:\/\/[^\s>]+>/g, '')).not.toMatch(/https?:\/\//);
  }
}

function expectTitles(payloads: Payload[], some: Edge[]): void {
  const embeds = payloads.flatMap((payload) => (payload.embeds ?? []) as { title?: string; description: string }[]);
  const seen = unescape([payloads[0]!.content as string, ...embeds.map(({ title, description }) => `${title ?? ''}\n${description}`)].join('\n'));
  for (const { title } of some) expect(seen.includes(plain(title)) || seen.includes(plain(title).slice(0, 200))).toBe(true);
}

function rowsOf(payload: Payload): { label: string; custom_id: string }[][] {
  return ((payload.components ?? []) as { components: { label: string; custom_id: string }[] }[]).map(({ components }) => components);
}
