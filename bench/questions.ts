// What people type, drawn from the papers themselves: always the same for the same file.
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { readPaperId } from '../src/core/paper-id.ts';
import { readWords } from '../src/core/words.ts';
import { openInput } from '../src/ingest/input.ts';

export interface Questions {
  /** `attention`, again and again. */
  attention: string[];
  /** The commonest words of titles. */
  'one common word': string[];
  /** Two to four words that stand side by side in a title. */
  '2-4 words': string[];
  'arXiv ids': string[];
  /** The first sentence of an abstract. */
  sentences: string[];
  /** Papers like one of the file's. */
  'papers like one': string[];
}

const EACH = 100;

export async function drawQuestions(file: string): Promise<Questions> {
  const papers = await readPapers(file);
  const { pick, draw } = dealer(papers);
  const arxivId = () => readPaperId(pick().id)?.arxivId;
  return {
    attention: Array.from({ length: EACH }, () => 'attention'),
    'one common word': commonest(papers, 1),
    '2-4 words': draw(titleWords(pick, 2, 4)),
    'arXiv ids': draw(arxivId),
    sentences: draw(firstSentence(pick)),
    'papers like one': draw(arxivId).map((id) => `similar ${id}`),
  };
}

/** What is searched for, by kind. */
export async function drawSearches(file: string): Promise<Map<string, string[]>> {
  const papers = await readPapers(file);
  const { pick, draw } = dealer(papers);
  return new Map([
    ['1-3 words', draw(titleWords(pick, 1, 3))],
    ['one common word', commonest(papers, 1)],
    ['two common words', commonest(papers, 2)],
    ['2-4 words', draw(titleWords(pick, 2, 4))],
    ['sentences', draw(firstSentence(pick))],
  ]);
}

interface Text {
  id: string;
  title: string;
  abstract: string;
}

function dealer(papers: Text[]) {
  const random = dice(7);
  const pick = () => papers[Math.floor(random() * papers.length)]!;
  const draw = (make: (random: () => number) => string | undefined) => {
    const drawn: string[] = [];
    for (let tries = 0; drawn.length < EACH && tries < EACH * 100; tries++) drawn.push(...[make(random)].filter((text) => text !== undefined));
    return drawn;
  };
  return { pick, draw };
}

/** Words that stand side by side in a title, not all of them such as `the`. */
const titleWords = (pick: () => Text, least: number, most: number) => (random: () => number) => {
  const words = pick().title.split(/\s+/);
  const count = least + Math.floor(random() * (most - least + 1));
  const from = Math.floor(random() * (words.length - count + 1));
  const text = words.slice(from, from + count).join(' ');
  return words.length < count || readWords(text).length === 0 ? undefined : text;
};

const firstSentence = (pick: () => Text) => () => /^[^.?!]{60,300}[.?!]/.exec(pick().abstract)?.[0];

async function readPapers(file: string): Promise<Text[]> {
  const papers = [];
  for await (const line of createInterface({ input: Readable.from(await openInput(file)), crlfDelay: Infinity })) {
    if (line.trim()) papers.push({ title: '', abstract: '', ...(JSON.parse(line) as { id: string }) });
  }
  return papers;
}

/** The commonest words of titles, or pairs of words that stand side by side there. */
function commonest(papers: Text[], count: 1 | 2): string[] {
  const counts = new Map<string, number>();
  for (const { title } of papers) {
    const words = title.toLowerCase().match(/[a-z]{4,}/g) ?? [];
    for (let i = 0; i + count <= words.length; i++) {
      const text = words.slice(i, i + count).join(' ');
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  const common = [...counts].filter(([text]) => readWords(text).length === count).sort((a, b) => b[1] - a[1]);
  return common.slice(0, EACH).map(([text]) => text);
}

/** Numbers from 0 to 1 that look random (a linear congruential generator). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
