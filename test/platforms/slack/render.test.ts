// Documents as Block Kit: every payload is held against Slack's types and limits.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Payload } from '../../../src/core/platform.ts';
import { code, note, say, text, type Block, type Doc } from '../../../src/core/doc.ts';
import { plain } from '../../../src/core/text.ts';
import { slack } from '../../../src/platforms/slack/index.ts';
import { slackProblems } from '../../support/slack-contract.ts';

interface EdgeCase {
  case: string;
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  url: string;
}

const edgeCases = readFileSync('test/fixtures/edge-cases.jsonl', 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => readable(JSON.parse(line) as EdgeCase));

// As commands hand papers to platforms.
function readable(paper: EdgeCase): EdgeCase {
  return { ...paper, title: plain(paper.title), abstract: plain(paper.abstract), authors: paper.authors.map(plain) };
}

const itemOf = (paper: EdgeCase, rank: number): Block & { kind: 'item' } => ({
  kind: 'item',
  title: { text: paper.title, url: paper.url },
  facts: [paper.authors.join(', '), '84 upvotes, +31 since yesterday', 'matches attention'],
  body: paper.abstract,
  actions: [
    { label: 'Save', says: `Save: ${paper.title}`, call: { name: 'paper', text: `save ${rank}` } },
    { label: 'More like this', says: `More like ${paper.title}`, call: { name: 'paper', text: `like ${rank}` } },
  ],
});

const roundupOf = (papers: EdgeCase[]): Doc => ({
  title: 'Papers for Monday, 13 July',
  summary: `${papers.length} papers for Monday, first ${papers[0]!.title}.`,
  blocks: [...papers.map((paper, at) => itemOf(paper, at + 1)), note('Thank you to arXiv for use of its open access interoperability.')],
  actions: [{ label: 'Settings', says: 'Settings of this channel', call: { name: 'roundup', text: 'list' } }],
});

/** Every text that a person reads, by the kind of element it stands in. */
function textsOf(value: unknown, found: { kind: string; text: string }[] = []): { kind: string; text: string }[] {
  if (Array.isArray(value)) value.forEach((inner) => textsOf(inner, found));
  else if (value && typeof value === 'object') {
    const element = value as { type?: string; text?: unknown };
    if (typeof element.text === 'string' && element.type) found.push({ kind: element.type, text: element.text });
    Object.values(value).forEach((inner) => textsOf(inner, found));
  }
  return found;
}

const wordsOf = (payloads: Payload[]) => textsOf(payloads.map((payload) => payload.blocks)).map(({ text }) => text);
const problemsOf = (payloads: Payload[]) => payloads.flatMap((payload) => slackProblems(payload));

describe('a paper among the 310 awkward ones', () => {
  test.each(edgeCases)('$case $id alone breaks no limit, pings no one and keeps its title', (paper) => {
    const doc: Doc = { summary: `${paper.title} is a paper.`, blocks: [itemOf(paper, 1)] };
    const payloads = slack.render(doc);
    expect(payloads).toHaveLength(1);
    expect(problemsOf(payloads)).toEqual([]);
    expect(wordsOf(payloads)).toContain(paper.title);
    for (const { kind } of textsOf(payloads[0]!.blocks)) expect(['plain_text', 'text', 'link']).toContain(kind);
    expect(slack.renderAnswer({ doc, audience: 'asker' }).flatMap(slackProblems)).toEqual([]);
  });

  test.each([10, 50])('stands in a roundup of %i without breaking a limit or losing its title', (size) => {
    for (let at = 0; at < edgeCases.length; at += size) {
      const papers = edgeCases.slice(at, at + size);
      const payloads = slack.render(roundupOf(papers));
      expect(problemsOf(payloads)).toEqual([]);
      const words = wordsOf(payloads);
      for (const paper of papers) expect(words).toContain(paper.title);
      expect(slack.renderAnswer({ doc: roundupOf(papers), audience: 'channel' }).flatMap(slackProblems)).toEqual([]);
    }
  });
});

describe('a roundup', () => {
  const short = edgeCases.slice(0, 10).map((paper) => ({ ...paper, authors: paper.authors.slice(0, 2), abstract: '' }));

  test('of ten papers without abstracts is one message', () => {
    expect(slack.render(roundupOf(short))).toHaveLength(1);
  });

  test('that needs more messages is split between papers, and each says which part it is', () => {
    const payloads = slack.render(roundupOf(edgeCases.slice(0, 10)));
    expect(payloads.length).toBeGreaterThan(1);
    expect(payloads[1]!.text).toBe(`This is part 2 of ${payloads.length} of “Papers for Monday, 13 July”.`);
    for (const { blocks } of payloads as { blocks: { type: string }[] }[]) {
      expect(blocks[0]!.type).not.toBe('actions');
      expect(blocks.filter(({ type }) => type === 'actions').length).toBeGreaterThan(0);
    }
  });

  test('of many short lines is split before the fiftieth block', () => {
    const payloads = slack.render({ summary: 'A hundred lines.', blocks: Array.from({ length: 100 }, (_, n) => note(`Line ${n}`)) });
    expect(problemsOf(payloads)).toEqual([]);
    expect(wordsOf(payloads)).toHaveLength(100);
  });

  test('as an answer keeps every title, and gives up abstracts instead of needing too many messages', () => {
    const papers = edgeCases.slice(0, 50);
    const payloads = slack.renderAnswer({ doc: roundupOf(papers), audience: 'asker' });
    expect(payloads.length).toBeLessThan(5);
    for (const paper of papers) expect(wordsOf(payloads)).toContain(paper.title);
  });
});

describe('strangers’ text', () => {
  const nasty = '<!channel> & <@U123> *bold* <https://evil.example|click> @everyone';
  const doc: Doc = {
    title: nasty,
    summary: `${nasty} is a paper.`,
    blocks: [text(nasty), note(nasty), { kind: 'item', title: nasty, facts: [nasty], body: nasty }],
  };

  test('is shown as it is, where Slack reads no markup', () => {
    const [payload] = slack.render(doc);
    const texts = textsOf(payload!.blocks);
    expect(texts.every(({ kind }) => ['plain_text', 'text'].includes(kind))).toBe(true);
    expect(texts.filter(({ text }) => text.includes(nasty))).toHaveLength(6);
  });

  test('is escaped in the sentence, which Slack does read', () => {
    expect(slack.render(doc)[0]!.text).toBe(
      '&lt;!channel&gt; &amp; &lt;@U123&gt; *bold* &lt;https://evil.example|click&gt; @everyone is a paper.',
    );
  });
});

describe('blocks', () => {
  test('show a title in bold with its link, the body under it, and the facts as small print', () => {
    const item: Block = { kind: 'item', title: { text: 'Attention', url: 'https://arxiv.org/abs/1' }, facts: ['a', 'b'], body: 'Long ago.' };
    expect(slack.render({ summary: 'One paper.', blocks: [item] })[0]!.blocks).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'link', url: 'https://arxiv.org/abs/1', text: 'Attention', style: { bold: true } },
              { type: 'text', text: '\nLong ago.' },
            ],
          },
        ],
      },
      { type: 'context', elements: [{ type: 'plain_text', text: 'a · b', emoji: false }] },
    ]);
  });

  test('share a row of buttons below when they are numbered and have one each', () => {
    const items = [1, 2].map((n): Block => ({ kind: 'item', title: `${n}. Paper`, body: 'It.', actions: [{ label: 'Details', says: `Details of paper ${n}`, call: { name: 'paper', text: `id:${n}` } }] }));
    const more = { label: 'More papers', says: 'More papers', call: { name: 'paper', text: 'more:5 x' } };
    const [payload] = slack.render({ summary: 'Two papers.', blocks: items, actions: [more] });
    const blocks = payload!.blocks as { type: string; elements: { text: { text: string } }[] }[];
    expect(blocks.map(({ type }) => type)).toEqual(['rich_text', 'rich_text', 'actions']);
    expect(blocks[2]!.elements.map(({ text }) => text.text)).toEqual(['1 · Details', '2 · Details', 'More papers']);
  });

  test('carry a command in each button', () => {
    const actions = ['Save', 'Hide'].map((label) => ({ label, says: `${label}: Attention`, call: { name: 'paper', text: `${label} 7` } }));
    const [payload] = slack.render({ ...say('Done.'), actions });
    expect((payload!.blocks as { elements: unknown[] }[])[1]!.elements).toMatchObject([
      { action_id: '1:paper', value: 'paper Save 7', accessibility_label: 'Save: Attention' },
      { action_id: '2:paper', value: 'paper Hide 7', accessibility_label: 'Hide: Attention' },
    ]);
  });

  test('a button is spoken of with the words that stand on it, and what it is about', () => {
    const press = (label: string, says: string) => ({ label, says, call: { name: 'paper', text: 'help' } });
    const doc: Doc = { summary: 'Two papers.', blocks: [1, 2].map((n): Block => ({ kind: 'item', title: `${n}. Paper`, actions: [press('Details', `Details of paper ${n}`)] })), actions: [press('Help', 'What Paperround can do'), press('More', `${'x'.repeat(75)} more`)] };
    const spoken = slack.render(doc).flatMap(({ blocks }) => (blocks as { type: string; elements: { accessibility_label: string }[] }[]).filter(({ type }) => type === 'actions')).flatMap(({ elements }) => elements.map(({ accessibility_label: label }) => label));
    expect(spoken).toEqual(['1 · Details of paper 1', '2 · Details of paper 2', 'Help: What Paperround can do', `More: ${'x'.repeat(68)}…`]);
  });

  test('show a note small, and a note with a link in italics', () => {
    const blocks = [note('Seen 10 minutes ago.'), note('From ', { text: 'arXiv', url: 'https://arxiv.org' })];
    const [payload] = slack.render({ summary: 'Two notes.', blocks });
    expect(slackProblems(payload!)).toEqual([]);
    expect(payload!.blocks).toMatchObject([
      { type: 'context', elements: [{ type: 'plain_text', text: 'Seen 10 minutes ago.' }] },
      { type: 'rich_text', elements: [{ elements: [{ text: 'From ', style: { italic: true } }, { type: 'link' }] }] },
    ]);
  });

  test('show lines to be copied as they are, marks and all', () => {
    const [payload] = slack.render({ summary: 'An entry.', blocks: [code('@misc{a,\n\ttitle = {*B* <!channel> & `c`},\n}')] });
    expect(slackProblems(payload!)).toEqual([]);
    expect(payload!.blocks).toEqual([
      { type: 'rich_text', elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: '@misc{a,\n\ttitle = {*B* <!channel> & `c`},\n}' }] }] },
    ]);
  });

  test('drop a link that is no web address, and keep its words', () => {
    const [payload] = slack.render({ summary: 'One link.', blocks: [text({ text: 'here', url: 'javascript:alert(1)' })] });
    expect(textsOf(payload!.blocks)).toEqual([{ kind: 'text', text: 'here' }]);
  });

  test('are never empty: a document without any shows its sentence', () => {
    const payloads = slack.render({ summary: 'Nothing to show.', blocks: [text('')] });
    expect(wordsOf(payloads)).toEqual(['Nothing to show.']);
    expect(problemsOf(payloads)).toEqual([]);
  });

  test('of Chinese text, three bytes a character, make room for the title', () => {
    const item: Block = { kind: 'item', title: '注意'.repeat(300), body: '力'.repeat(4_000) };
    const payloads = slack.render({ summary: 'A long paper.', blocks: [item, item] });
    expect(problemsOf(payloads)).toEqual([]);
    expect(wordsOf(payloads).filter((words) => words === '注意'.repeat(300))).toHaveLength(2);
  });
});

test('an answer is for the asker or for the channel, and never replaces the message whose button was pressed', () => {
  expect(slack.renderAnswer({ doc: say('Hello there.'), audience: 'asker' })).toMatchObject([{ response_type: 'ephemeral', replace_original: false }]);
  expect(slack.renderAnswer({ doc: say('Hello there.'), audience: 'channel' })).toMatchObject([{ response_type: 'in_channel' }]);
});
