// Counts in a message that are brought up to date once it was posted: where they stand in it, and what stands there then.
import type { Payload } from './platform.ts';
import type { Counts } from './rise.ts';
import { count } from './text.ts';

/** A count of a paper in a payload: the way to its string, and where in that its words begin and end, in UTF-16 units. */
export interface LiveCount {
  paper: number;
  of: keyof Counts;
  /** As it was when the message was made; null: not known. */
  was: number | null;
  at: (string | number)[];
  from: number;
  to: number;
}

// Control characters that stand for nothing else: `tidy` takes them out of all that strangers wrote. So a mark goes
// through any layout and any renderer like the letters around it, and nobody else can set one.
const [OPEN, BETWEEN, PAD, CLOSE] = ['\u0091', '\u0092', '\u0093', '\u0094'] as const;
const MARKED = /\u0091(\d+)(upvotes|stars)(\d*)\u0092([^\u0091-\u0094]*)\u0093*\u0094/;
// Of a mark that a renderer cut off, its words are left.
const CUT_OFF = /\u0091\d*[a-z]*\d*\u0092?|[\u0092-\u0094]/;
const MARKS = new RegExp(`${MARKED.source}|${CUT_OFF.source}`, 'g');

/** More votes than any paper has: what takes the place of a count is no longer than with this. */
const LARGEST = 99_999;

/** Marks the words of a paper's count in a document that is to be rendered; without words, the place for one that isn't known yet. */
export function markOf(paper: Counts & { id: number }) {
  return (of: keyof Counts, words: string): string => {
    const was = paper[of];
    const head = `${OPEN}${paper.id}${of}${was ?? ''}${BETWEEN}`;
    // As long as ever it may get: so an edited message keeps to the limits within which this one is laid out.
    const longest = inWords({ of, was }, LARGEST, words).length;
    return `${head}${words}${PAD.repeat(Math.max(0, longest - head.length - words.length))}${CLOSE}`;
  };
}

/** The text as it is read. */
export function unmarked(text: string): string {
  return takeFrom(text, [], []);
}

/** Takes the marks out of a rendered payload: what is posted, and where the counts stand in it. */
export function takeMarks(payload: Payload): { payload: Payload; counts: LiveCount[] } {
  const counts: LiveCount[] = [];
  const walk = (value: unknown, at: LiveCount['at']): unknown => {
    if (typeof value === 'string') return takeFrom(value, at, counts);
    if (Array.isArray(value)) return value.map((one, i) => walk(one, [...at, i]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, [...at, key])]));
  };
  return { payload: walk(payload, []) as Payload, counts };
}

function takeFrom(text: string, at: LiveCount['at'], counts: LiveCount[]): string {
  let read = '';
  let done = 0;
  for (const { index, 0: whole, 1: paper, 2: of, 3: was, 4: words = '' } of text.matchAll(MARKS)) {
    read += text.slice(done, index);
    if (paper) counts.push({ paper: Number(paper), of: of as keyof Counts, was: was ? Number(was) : null, at, from: read.length, to: read.length + words.length });
    read += words;
    done = index + whole.length;
  }
  return read + text.slice(done);
}

/**
 * The payload with the counts of now (null: not known) in the places of these, in the same order; nothing else is
 * touched. The words are figures, commas and letters, which no platform's markup needs escaped.
 */
export function withCounts(payload: Payload, counts: LiveCount[], now: (number | null)[]): Payload {
  const edited = structuredClone(payload);
  // From the end, so that what comes before keeps its place.
  for (const [i, live] of [...counts.entries()].reverse()) {
    const way = [...live.at];
    const last = way.pop()!;
    const holder = way.reduce<Record<string | number, unknown>>((value, key) => value[key] as Record<string | number, unknown>, edited);
    const text = holder[last] as string;
    holder[last] = text.slice(0, live.from) + inWords(live, now[i]!, text.slice(live.from, live.to)) + text.slice(live.to);
  }
  return edited;
}

/** `212 upvotes, 84 when posted`; as it was posted while nothing has changed. In an empty place, with what parts it from the next fact. */
function inWords({ of, was }: Pick<LiveCount, 'of' | 'was'>, now: number | null, posted: string): string {
  if (now === null || now === was) return posted;
  const words = `${count(now, of === 'upvotes' ? 'upvote' : 'GitHub star')}, ${was === null ? 'none known' : was.toLocaleString('en-US')} when posted`;
  return posted ? words : `${words} · `;
}

/**
 * Whether a message is worth an edit: one of its counts is a tenth off, or more, from what stands in it (null: none).
 * Where all have changed by less, all stay as they are.
 */
export function isWorthAnEdit(stand: (number | null)[], now: (number | null)[]): boolean {
  return now.some((is, i) => {
    const stands = stand[i] ?? 0;
    return is !== null && Math.abs(is - stands) >= Math.max(1, stands / 10);
  });
}
