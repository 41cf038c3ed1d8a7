// As many papers as one likes, out of real ones: those first, then papers whose title and sentences are their neighbours'.
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { openInput } from '../../src/ingest/input.ts';
import { dice } from '../questions.ts';

interface RealPaper {
  title: string;
  abstract: string;
  authors?: string[];
  date?: string;
  categories?: string[];
}

/** How far apart in the file the papers are of which one is made: near ones are mostly of one time and field. */
const NEAR = 6;

/** The lines of a jsonl file of `count` papers, from number `from` on; always the same for the same file. */
export async function* resample(file: string, count: number, from = 0): AsyncGenerator<Uint8Array> {
  const real = await readLines(file);
  const random = dice(11);
  for (let n = from; n < from + count; n++) yield Buffer.from(`${n < real.length ? real[n]! : JSON.stringify(mixed(real, n, random))}\n`);
}

async function readLines(file: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: Readable.from(await openInput(file)), crlfDelay: Infinity })) if (line.trim()) lines.push(line);
  return lines;
}

function mixed(real: string[], n: number, random: () => number): RealPaper & { id: string; url: string } {
  const start = Math.floor(random() * (real.length - NEAR));
  const near = () => JSON.parse(real[start + Math.floor(random() * NEAR)]!) as RealPaper;
  const [first, second, third] = [near(), near(), near()];
  const sentences = [first, second, third].flatMap(({ abstract }) => abstract.split(/(?<=[.?!])\s+/));
  const kept = sentences.filter(() => random() < 1 / 3);
  const { authors, date, categories } = first;
  return { id: `made/${n}`, url: `https://example.org/${n}`, title: joined(first.title, second.title), abstract: kept.join(' ') || first.abstract, ...(authors ? { authors } : {}), ...(date ? { date } : {}), ...(categories ? { categories } : {}) };
}

/** The first half of one title's words and the second half of the other's. */
function joined(one: string, other: string): string {
  const [a, b] = [one.split(' '), other.split(' ')];
  return [...a.slice(0, Math.ceil(a.length / 2)), ...b.slice(Math.floor(b.length / 2))].join(' ');
}
