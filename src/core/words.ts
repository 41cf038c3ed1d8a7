// Text as words that can be compared: folded, split, stemmed, without the words that say nothing. Search and topics read
// papers through this one file.
import { stem as stemOf } from 'porter2';
import { fold } from './fold.ts';
import { stopwords } from './stopwords.ts';

/** A stem and its hash: 28 bits with four zeros below, where a key has its weight. 0 is never a word's hash. */
export interface Word {
  stem: string;
  hash: number;
}

/** One word as it was written. `GPT-4o` has the parts `gpt` and `4o`, and is also looked up as one: `gpt4o`. */
export interface Written {
  parts: Word[];
  joined: Word | undefined;
}

/** The words of a text in order, stopwords left out. */
export function readWords(source: string): Written[] {
  const words: Written[] = [];
  for (const match of fold(source).match(WRITTEN) ?? []) {
    const word = writtenAs(match);
    if (word.parts.length > 0) words.push(word);
  }
  return words;
}

/** The stems of a text in order. `K-means` is `k`, `mean`. */
export function stemsOf(source: string): string[] {
  return readWords(source).flatMap(({ parts }) => parts.map(({ stem }) => stem));
}

/** The words of a person's name, as hashes that no word of a text has: of `Ada Lovelace` those of `@@ada` and `@lovelac`. */
export function readName(name: string): { given: Word[]; family: Word[] } {
  const words = readWords(name).map(({ parts }) => parts.map(({ stem }) => stem).filter((stem) => stem.length > 1));
  const family = words.pop() ?? [];
  return { given: words.flat().map(asGiven), family: family.map(asFamily) };
}

/** A stem taken for a family name. */
export function asFamily(stem: string): Word {
  return hashed(`@${stem}`);
}

/** A stem taken for a given name. */
export function asGiven(stem: string): Word {
  return hashed(`@@${stem}`);
}

// Letters and digits, held together by apostrophes, by hyphens, and by a point between digits; `c++` and `c#` keep their signs.
const WRITTEN = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['’\-‐‑–](?=[\p{L}\p{N}])|(?<=\p{N})\.(?=\p{N}))*(?:\+\+|#)?/gu;
const HYPHENS = /[-‐‑–]/;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+/gu;
const HAS_UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

const LONGEST_WORD = 64;

// A word takes a microsecond to make, so words are remembered: in two halves, the older of which is dropped when the younger
// is full. What is in use moves up, and no bookkeeping is paid for each look-up.
const HALF = 25_000;
let young = new Map<string, Written>();
let old = new Map<string, Written>();

function writtenAs(written: string): Written {
  return young.get(written) ?? remember(written);
}

function remember(written: string): Written {
  const word = old.get(written) ?? makeWritten(written);
  if (young.size >= HALF) [old, young] = [young, new Map<string, Written>()];
  if (written.length <= LONGEST_WORD) young.set(written, word);
  return word;
}

function makeWritten(written: string): Written {
  const pieces = written.split(HYPHENS).map(bare);
  if (pieces.length > 1) return { parts: pieces.flatMap((piece) => writtenAs(piece).parts), joined: makeWord(pieces.join('')) };
  if (HAS_UNSPACED.test(written)) return { parts: pairsOf(written).map(makeWord), joined: undefined };
  return { parts: stopwords.has(pieces[0]!) ? [] : [makeWord(pieces[0]!)], joined: undefined };
}

// Chinese, Japanese and Korean don't put spaces between words: every two neighbouring characters count as one.
function pairsOf(written: string): string[] {
  return (written.match(UNSPACED) ?? []).flatMap((run) => {
    const letters = [...run];
    if (letters.length < 2 || !HAS_UNSPACED.test(run)) return [run];
    return letters.slice(1).map((letter, i) => letters[i]! + letter);
  });
}

function bare(piece: string): string {
  return piece.replace(/['’]s?$/, '').replace(/['’]s(?=$)|['’]/g, '');
}

function makeWord(piece: string): Word {
  const word = piece.slice(0, LONGEST_WORD);
  // Snowball takes a word without a vowel for no word at all, and would keep `LLMs` and `LLM` apart.
  return hashed(/^[b-df-hj-np-tv-xz]{2,}[b-df-hj-np-rtv-xz]s$/.test(word) ? word.slice(0, -1) : stemOf(word));
}

function hashed(stem: string): Word {
  return { stem, hash: hashOf(stem) };
}

/** FNV-1a over UTF-16 units, with a final mix. */
function hashOf(stem: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < stem.length; i++) hash = Math.imul(hash ^ stem.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) & ~15 || 16;
}
