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
  const random = dice(7);
  const pick = () => papers[Math.floor(random() * papers.length)]!;
  const arxivId = () => readPaperId(pick().id)?.arxivId;
  const draw = (make: () => string | undefined) => {
    const drawn: string[] = [];
    for (let tries = 0; drawn.length < EACH && tries < EACH * 100; tries++) drawn.push(...[make()].filter((text) => text !== undefined));
    return drawn;
  };
  return {
    attention: Array.from({ length: EACH }, () => 'attention'),
    'one common word': commonWords(papers.map((paper) => paper.title)),
    '2-4 words': draw(() => {
      const words = pick().title.split(/\s+/);
      const count = 2 + Math.floor(random() * 3);
      const from = Math.floor(random() * (words.length - count + 1));
      return words.length < count ? undefined : words.slice(from, from + count).join(' ');
    }),
    'arXiv ids': draw(arxivId),
    sentences: draw(() => /^[^.?!]{60,300}[.?!]/.exec(pick().abstract)?.[0]),
    'papers like one': draw(arxivId).map((id) => `similar ${id}`),
  };
}

async function readPapers(file: string): Promise<{ id: string; title: string; abstract: string }[]> {
  const papers = [];
  for await (const line of createInterface({ input: Readable.from(await openInput(file)), crlfDelay: Infinity })) {
    if (line.trim()) papers.push({ title: '', abstract: '', ...(JSON.parse(line) as { id: string }) });
  }
  return papers;
}

function commonWords(titles: string[]): string[] {
  const counts = new Map<string, number>();
  for (const title of titles) {
    for (const word of title.toLowerCase().match(/[a-z]{4,}/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const common = [...counts].filter(([word]) => readWords(word).length > 0).sort((a, b) => b[1] - a[1]);
  return common.slice(0, EACH).map(([word]) => word);
}

/** Numbers from 0 to 1 that look random (a linear congruential generator). */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
