// Each layout on each platform: what is posted for one paper and for 25, however awkward they are.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Payload, Platform } from '../../src/core/platform.ts';
import type { Doc } from '../../src/core/doc.ts';
import { LAYOUTS, type Layout } from '../../src/core/layout.ts';
import { roundupDoc, type RoundupItem } from '../../src/core/roundup.ts';
import { clip, plain } from '../../src/core/text.ts';
import { messagesOf } from '../../src/delivery/messages.ts';
import { discord, slack, terminal } from '../../src/platforms/index.ts';
import { draw } from '../../src/platforms/terminal/draw.ts';
import { discordProblems } from '../support/discord-contract.ts';
import { unescape } from '../support/discord-markdown.ts';
import { aPaper } from '../support/factories.ts';
import { slackProblems } from '../support/slack-contract.ts';

const NOTES = ['20 minutes late: it was waiting for arXiv.'];
const edges = readFileSync('test/fixtures/edge-cases.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line, i): RoundupItem => {
    const { title, abstract, authors, id } = JSON.parse(line) as { title: string; abstract: string; authors: string[]; id: string };
    return { paper: aPaper({ id: i + 1, ref: id, arxivId: id, title, abstract, authors, sources: ['arxiv'], categories: ['cs.CL'] }), why: ['84 upvotes, +31 since yesterday', 'matches nlp'], topics: ['nlp'] };
  });
/** All of them, 25 at a time, and then some alone. */
const days = [...Array.from({ length: Math.ceil(edges.length / 25) }, (_, i) => edges.slice(i * 25, (i + 1) * 25)), ...edges.slice(0, 40).map((one) => [one])];

function postsOf(platform: Platform, layout: Layout, items: RoundupItem[], forum = false) {
  const doc = roundupDoc({ on: '2026-07-27', items, topics: ['nlp'], notes: NOTES, layout, threads: platform.can.thread, forum });
  return messagesOf(platform, doc, forum);
}

/** What a person can find in the title of a paper, on a platform that cuts long ones. */
const titleOf = ({ paper }: RoundupItem) => plain(paper.title).slice(0, 60).trim();

interface SlackElement {
  type: string;
  text?: { text: string } | string;
  accessibility_label?: string;
  elements?: SlackElement[];
}

describe.each(LAYOUTS)('the layout %s on Slack', (layout) => {
  test('keeps every limit, and names each paper once in the channel', () => {
    for (const items of days) {
      const messages = postsOf(slack, layout, items);
      expect(messages.flatMap(({ payload }) => slackProblems(payload))).toEqual([]);
      const inChannel = JSON.stringify(messages.filter(({ reply }) => !reply).map(({ payload }) => payload.blocks));
      items.forEach((item, i) => expect(inChannel).toContain(JSON.stringify(`${i + 1}. ${titleOf(item)}`).slice(1, -1)));
      expect(JSON.stringify(messages)).toContain(NOTES[0]);
    }
  });

  test('has the same buttons for each paper, which a screen reader tells apart by the title', () => {
    for (const items of days.slice(0, 3)) {
      const blocks = postsOf(slack, layout, items).flatMap(({ payload }) => payload.blocks as SlackElement[]);
      const labels = blocks.flatMap(({ type, elements = [] }) => (type === 'actions' ? elements : [])).map((one) => one.accessibility_label ?? '');
      for (const { paper } of items) {
        const title = clip(plain(paper.title), 60);
        for (const says of ['Save:', 'More like this:', 'Not for us:', 'Details of']) expect(labels).toContain(clip(`${says} ${title}`, 75));
      }
    }
  });
});

interface DiscordPart {
  type: number;
  label?: string;
  custom_id: string;
  options?: { label: string; value: string }[];
}

describe.each(LAYOUTS.flatMap((layout) => [false, true].map((forum) => ({ layout, forum, where: forum ? 'a forum' : 'a channel' }))))('the layout $layout in $where on Discord', ({ layout, forum }) => {
  test('keeps every limit, calls nobody, and names each paper', () => {
    for (const items of days) {
      const messages = postsOf(discord, layout, items, forum);
      for (const { payload, post } of messages) {
        expect(post ? discordProblems('post', { name: clip(post.name, 100).trim() || 'Untitled', message: payload }) : discordProblems('message', payload)).toEqual([]);
        expect(JSON.stringify([payload.content, payload.embeds])).not.toMatch(/@everyone|@here/i);
        expect(((payload.content ?? '') as string).replace(/<https?:\/\/[^\s>]+>/g, '')).not.toMatch(/https?:\/\//);
      }
      const shown = unescape(messages.map(({ payload }) => wordsOf(payload)).join('\n'));
      for (const item of items) expect(shown).toContain(titleOf(item));
    }
  });

  test('lets each paper be opened, from a list where several share a message, else by buttons of its own', () => {
    for (const items of days.slice(-8).concat(days.slice(0, 3))) {
      const messages = postsOf(discord, layout, items, forum);
      for (const { payload } of messages) {
        const parts = ((payload.components ?? []) as { components: DiscordPart[] }[]).flatMap(({ components }) => components);
        const lists = parts.filter(({ type }) => type === 3);
        expect(lists.length).toBeLessThanOrEqual(1);
        expect(parts.filter(({ label }) => label === 'Save')).toHaveLength(lists.length || !/paper save/.test(JSON.stringify(parts)) ? 0 : 1);
      }
      const all = JSON.stringify(messages);
      for (const { paper } of items) expect(all).toMatch(new RegExp(`"(value|custom_id)":"\\d+:paper id:${paper.id}"`));
    }
  });
});

test('a list of papers begins each with its rank, and says beside it why the paper is there', () => {
  const [post] = postsOf(discord, 'compact', edges.slice(0, 2));
  const [row] = post!.payload.components as { components: DiscordPart[] }[];
  expect(row!.components[0]!.options).toMatchObject([{ label: expect.stringMatching(/^1\. /) as string, description: expect.stringContaining('84 upvotes, +31') as string }, { label: expect.stringMatching(/^2\. /) as string }]);
});

describe('in a forum', () => {
  test('one message a paper is a post for each, under its title, the first one last, since the newest stands on top', () => {
    const messages = postsOf(discord, 'each', edges.slice(0, 3), true);
    expect(messages.map(({ reply, post }) => [reply, post!.name])).toEqual([2, 1, 0].map((i) => [false, plain(edges[i]!.paper.title)]));
    expect(messages[2]!.post!.about).toEqual(['nlp', 'cs.CL', 'Computation and Language']);
    expect(wordsOf(messages[2]!.payload)).toContain('no. 1 of 3 · 84 upvotes');
    expect(messages.map(({ payload }) => wordsOf(payload).includes('20 minutes late'))).toEqual([false, false, true]);
  });

  test.each(['compact', 'full'] as const)('the layout %s is one post, whose rest stands in it', (layout) => {
    const messages = postsOf(discord, layout, edges.slice(0, 25), true);
    expect(messages.map(({ reply }) => reply)).toEqual(messages.map((_, i) => i > 0));
    expect(messages[0]!.post).toEqual({ name: 'Trending papers, 27 July 2026', about: ['nlp', 'cs.CL', 'Computation and Language'] });
    expect(messages.slice(1).some(({ post }) => post)).toBe(false);
  });
});

describe('what is posted for two papers', () => {
  const paper = (id: number, title: string, upvotes: number) => ({
    paper: aPaper({ id, ref: `2607.0000${id}`, arxivId: `2607.0000${id}`, title, abstract: 'We propose a thing. It beats every baseline by two points. We release it.', authors: ['Ada Lovelace', 'Alan Turing', 'Emmy Noether'], upvotes }),
    why: [`${upvotes} upvotes`, 'matches nlp'],
    topics: ['nlp'],
  });
  const items = [paper(1, 'Attention_is all *you* need', 84), paper(2, '@everyone: a <!channel> of $\\alpha$', 12)];

  test.each(LAYOUTS)('on Slack, %s', (layout) => expect(postsOf(slack, layout, items)).toMatchSnapshot());
  test.each(LAYOUTS)('on Discord, %s', (layout) => expect(postsOf(discord, layout, items)).toMatchSnapshot());
  test.each(LAYOUTS)('in the terminal, %s', (layout) => {
    let button = 0;
    const drawn = postsOf(terminal, layout, items).map(({ payload }) => draw(payload.doc as Doc, { width: 100, colour: false, links: false }, () => ++button));
    expect(drawn.join('\n---\n')).toMatchSnapshot();
  });
});

function wordsOf({ content = '', embeds = [] }: Payload): string {
  return [content, ...(embeds as { title?: string; description?: string }[]).flatMap(({ title = '', description = '' }) => [title, description])].join('\n');
}
