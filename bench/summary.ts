// How well one line stands for a paper: `npm run bench:summary -- FOLDER`, held against Hugging Face's own summaries.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sentencesOf, tellingSentence } from '../src/core/summary.ts';
import { plain } from '../src/core/text.ts';
import { interval, mean, table } from './numbers.ts';

interface Example {
  title: string;
  abstract: string;
  summary: string;
}

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: npm run bench:summary -- FOLDER (answers of /api/daily_papers, as .json)');
  process.exit(2);
}
const examples = readExamples(folder);
const methods: Record<string, (example: Example) => string> = {
  'the most telling sentence': ({ title, abstract }) => tellingSentence(title, abstract),
  'first sentence': ({ abstract }) => sentencesOf(abstract)[0] ?? '',
  'last sentence': ({ abstract }) => sentencesOf(abstract).at(-1) ?? '',
  'the title alone': ({ title }) => title,
};
const scores = Object.entries(methods).map(([name, method]) => ({ name, f: examples.map((one) => rougeL(method(one), one.summary)) }));
const ours = scores[0]!.f;
const rows = scores.map(({ name, f }) => [name, mean(f).toFixed(3), f === ours ? '' : interval(ours.map((x, i) => x - f[i]!))]);
console.log(`${examples.length} papers with a summary of Hugging Face's\n\n${table([['one line', 'ROUGE-L F', 'ours is better by (95 %)'], ...rows])}`);

/** Each paper once, in the order of the files. */
function readExamples(from: string): Example[] {
  const found = new Map<string, Example>();
  const files = readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json')).sort();
  for (const file of files) {
    for (const item of JSON.parse(readFileSync(join(from, file), 'utf8')) as { paper?: Record<string, string> }[]) {
      const { id, title, summary, ai_summary: short } = item.paper ?? {};
      if (id && title && summary && short) found.set(id, { title: plain(title), abstract: plain(summary), summary: plain(short) });
    }
  }
  return [...found.values()];
}

/** ROUGE-L: the harmonic mean of the longest common subsequence's shares of both texts' words. */
function rougeL(text: string, reference: string): number {
  const [a, b] = [wordsOf(text), wordsOf(reference)];
  const common = longestCommon(a, b);
  return common === 0 ? 0 : (2 * common) / (a.length + b.length);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function longestCommon(a: string[], b: string[]): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const row = [0];
    for (let j = 1; j <= b.length; j++) row.push(word === b[j - 1] ? above[j - 1]! + 1 : Math.max(above[j]!, row[j - 1]!));
    above = row;
  }
  return above.at(-1)!;
}
