// Every sentence of the code is in a snapshot: who adds one adds the case in which it is said.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { paper, roundup } from '../../src/commands/index.ts';
import { keyOf, literalsIn } from './literals.ts';
import { UNSEEN } from './unseen.ts';

const folder = join(import.meta.dirname, 'snapshots');
const files = readdirSync(folder);
const said = lower(keyOf(files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n')));
// Whom it was done by follows as a sentence of its own: ‘set’ is ‘Set by Ana’.
function lower(words: string): string {
  return words.toLowerCase();
}

const missing = literalsIn().filter(({ words }) => !said.includes(lower(keyOf(words))));

test('what is said stands in a snapshot, but for what is listed with the reason', () => {
  const unlisted = missing.filter(({ words }) => !UNSEEN.some(([known]) => keyOf(words) === known));
  expect(unlisted.map(({ file, line, words }) => `${file}:${line} ${keyOf(words)}`)).toEqual([]);
});

test('the list has nothing that is said, or that is gone', () => {
  expect(UNSEEN.map(([known]) => known).filter((known) => !missing.some(({ words }) => keyOf(words) === known))).toEqual([]);
});

test('each verb has its file', () => {
  const verbs = [paper, roundup].flatMap(({ name, verbs: all }) => all.map((verb) => `${name}-${verb.name}.txt`));
  expect(verbs.filter((file) => !files.includes(file))).toEqual([]);
});
