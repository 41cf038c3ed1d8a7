import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Action, Doc } from '../../../src/core/doc.ts';
import { plain } from '../../../src/core/text.ts';
import { draw, type Look } from '../../../src/platforms/terminal/draw.ts';

const PIPE: Look = { width: 80, colour: false, links: false };
const SCREEN: Look = { width: 60, colour: true, links: true };
const press = (label: string): Action => ({ label, says: label, call: { name: 'paper', text: label } });

function numbering(): (action: Action) => number {
  let n = 0;
  return () => ++n;
}

const roundup: Doc = {
  title: 'Trending papers, 27 July 2026',
  summary: 'One trending paper.',
  blocks: [
    { kind: 'item', title: { text: '1. Attention', bold: true, url: 'https://arxiv.org/abs/2607.1' }, facts: ['84 upvotes', 'Ada Lovelace'], body: 'We attend. '.repeat(20).trim(), actions: [press('Save')] },
    { kind: 'note', spans: ['Thank you to arXiv.'] },
  ],
  actions: [press('Help')],
};

describe('a document in a pipe', () => {
  test('is plain text, with addresses written out and numbers to press', () => {
    const drawn = draw(roundup, PIPE, numbering());
    expect(drawn).not.toMatch(/\u001b/);
    expect(drawn).toContain('1. Attention\n   84 upvotes · Ada Lovelace\n   https://arxiv.org/abs/2607.1\n   We attend.');
    expect(drawn).toContain('   [1] Save\n\nThank you to arXiv.\n\n[2] Help\n');
    expect(Math.max(...drawn.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});

describe('a document on a screen', () => {
  test('has clickable titles and keeps to the width', () => {
    const drawn = draw(roundup, SCREEN, numbering());
    expect(drawn).toContain('\u001b]8;;https://arxiv.org/abs/2607.1\u0007');
    expect(Math.max(...stripVTControlCharacters(drawn).split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  test('a title can’t take the terminal over', () => {
    const title = 'Nice\u001b[2J\u001b]0;gotcha\u0007\u202e paper\u0000';
    const drawn = draw({ summary: 's', blocks: [{ kind: 'item', title: { text: title, url: 'https://x.org/\u001b]8;;' }, body: title }] }, PIPE, numbering());
    expect(drawn).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(drawn).toContain('Nice[2J]0;gotcha paper');
  });
});

test('every awkward paper keeps its title, wrapped or not', () => {
  const rows = readFileSync('test/fixtures/edge-cases.jsonl', 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { title: string; abstract: string });
  expect(rows.length).toBe(310);
  for (const { title, abstract } of rows) {
    const drawn = draw({ summary: 's', blocks: [{ kind: 'item', title: { text: plain(title), bold: true }, body: plain(abstract) }] }, PIPE, numbering());
    expect(drawn.replace(/\s+/g, '')).toContain(plain(title).replace(/\s+/g, ''));
  }
});
