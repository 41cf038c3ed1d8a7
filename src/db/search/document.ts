// A paper as the index holds it: its stems in order, and one key per distinct stem and per pair of the title.
import { setImmediate } from 'node:timers/promises';
import { readWords, type Word } from '../../core/words.ts';
import { titlePairs } from './pairs.ts';
import { abstractNorm, bucketOf, frequency, titleNorm } from './weights.ts';

export interface SearchDocument {
  /** How many of the words are the title's. */
  titleLength: number;
  /** Title first. Joined forms (`gpt4o`) stand behind the words of their field, so that neighbours stay neighbours. */
  words: Word[];
  /** The distinct stems, each with the bucket of its weight. */
  weighed: { word: Word; bucket: number }[];
  /** The keys of the title's neighbours. */
  pairs: number[];
}

/** Titles beyond this many stems are cut, abstracts beyond that: nobody wrote them to be found by their end. */
const LONGEST_TITLE = 200;
const LONGEST_ABSTRACT = 2_000;

/** Documents that were made before they are needed, by `textKey`. */
export type Documents = ReadonlyMap<string, SearchDocument>;

/** What a document is made of, and so the key to find it by. */
export function textKey(paper: { title: string; abstract: string }): string {
  return `${paper.title}\n${paper.abstract}`;
}

/**
 * Makes the documents of these papers, a few at a time: whatever else the process does, an answer in a chat or the
 * next statement to the database, waits less than a millisecond. Those that are `ready` are taken as they are.
 */
export async function readDocuments(papers: { title: string; abstract: string }[], ready?: Documents): Promise<Documents> {
  const documents = new Map<string, SearchDocument>();
  let made = 0;
  for (const paper of papers) {
    const key = textKey(paper);
    const known = ready?.get(key);
    documents.set(key, known ?? makeDocument(paper.title, paper.abstract));
    if (!known && ++made % AT_ONCE === 0) await setImmediate();
  }
  return documents;
}

const AT_ONCE = 4;

export function makeDocument(title: string, abstract: string): SearchDocument {
  // A title that was made of the abstract's first words says nothing that the abstract doesn't.
  const words = isBeginning(title, abstract) ? [] : sequence(title, LONGEST_TITLE);
  const titleLength = words.length;
  for (const word of sequence(abstract, LONGEST_ABSTRACT)) words.push(word);
  const found = weigh(words, titleLength);
  return {
    titleLength,
    words,
    weighed: Array.from(found.values(), ({ word, frequency }) => ({ word, bucket: bucketOf(frequency) })),
    pairs: titlePairs(words, titleLength, (hash) => found.get(hash)!.frequency),
  };
}

function isBeginning(title: string, abstract: string): boolean {
  return abstract.startsWith(title.endsWith('…') ? title.slice(0, -1) : title);
}

/** The tokens of a row as the search reads it: in base64, because the embedded driver takes 50 µs to read a bytea. */
export function readTokens(base64: string): Int32Array {
  const bytes = Buffer.from(base64, 'base64');
  // Copied when the bytes begin off a word's boundary, as small buffers of Node's pool can.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Int32Array(aligned.buffer, aligned.byteOffset, bytes.length >> 2);
}

function sequence(text: string, most: number): Word[] {
  const words: Word[] = [];
  const joined: Word[] = [];
  // A word has a letter at least and mostly a space: what lies beyond can't be among the first words.
  for (const written of readWords(text.slice(0, most * 12))) {
    for (const part of written.parts) words.push(part);
    if (written.joined) joined.push(written.joined);
  }
  for (const word of joined) words.push(word);
  if (words.length > most) words.length = most;
  return words;
}

function weigh(words: Word[], titleLength: number): Map<number, { word: Word; frequency: number }> {
  const inTitle = titleNorm(titleLength);
  const inAbstract = abstractNorm(words.length - titleLength);
  const found = new Map<number, { word: Word; frequency: number }>();
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const gain = i < titleLength ? frequency(1, 0, inTitle, inAbstract) : frequency(0, 1, inTitle, inAbstract);
    const seen = found.get(word.hash);
    if (seen) seen.frequency += gain;
    else found.set(word.hash, { word, frequency: gain });
  }
  return found;
}
