// A paper in one line: what its source says in short, else the sentence of its abstract that tells most.
import type { Paper } from './paper.ts';
import { plain } from './text.ts';
import { stemsOf } from './words.ts';

// Thousands of channels show the same few papers: each is read once.
const lines = new WeakMap<object, string>();

/** One readable line, uncut; empty for a paper with neither a summary nor an abstract. */
export function inShort(paper: Pick<Paper, 'title' | 'abstract' | 'summary'>): string {
  let line = lines.get(paper);
  if (line === undefined) {
    line = plain(paper.summary ?? '') || tellingSentence(plain(paper.title), plain(paper.abstract));
    lines.set(paper, line);
  }
  return line;
}

/**
 * The sentence with the most of what abstract and title speak of, before all one that says what was made (“we propose”).
 * A stem counts log(1 + n), n being how often it stands in the abstract, and thrice more if it is in the title; the sum
 * is divided by the sentence's length plus ten. Takes readable text; empty for an empty abstract.
 */
export function tellingSentence(title: string, abstract: string): string {
  const counts = new Map<string, number>();
  for (const stem of stemsOf(abstract)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  for (const stem of new Set(stemsOf(title))) counts.set(stem, (counts.get(stem) ?? 0) + IN_TITLE);
  let best = { sentence: '', points: 0 };
  for (const sentence of sentencesOf(abstract)) {
    const stems = stemsOf(sentence);
    const sum = [...new Set(stems)].reduce((points, stem) => points + Math.log1p(counts.get(stem)!), 0);
    const points = (sum / (stems.length + SHORT)) * (MADE.test(sentence) ? 2 : 1) * (ASIDE.test(sentence) ? 0.5 : 1);
    // The first sentence stands when none has a word: “数学。”
    if (!best.sentence || points > best.points) best = { sentence, points };
  }
  return best.sentence;
}

const IN_TITLE = 3;
const SHORT = 10;
const MADE = /\b(?:we|this (?:paper|work|article|study|report))\b[^.]{0,40}\b(?:propos|introduc|present|develop)/i;
const ASIDE = /https?:|\b(?:code|data|models?|weights)\b[^.]{0,60}\b(?:available|released?|open-?sourced?)\b/i;

/** The sentences of readable text. None ends in brackets, nor at `e.g.`, `vs.` or `Fig.`, nor in `GPT-4.1`. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of segmenter.segment(text)) {
    open += segment;
    if (ABBREVIATED.test(open) || isInBrackets(open)) continue;
    sentences.push(open.trim());
    open = '';
  }
  return [...sentences, open.trim()].filter(Boolean);
}

// It knows nothing of English, but that a small letter begins no sentence, however many signs come before it.
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const ABBREVIATED = /\b(?:e\.g|i\.e|cf|vs|viz|resp|approx|Figs?|Eqs?|Secs?|Refs?|Tabs?|Thms?|Dr|Prof|w\.r\.t)\.\s*$/;

// Somebody forgets to close a bracket now and then: then the sentence has an end all the same.
function isInBrackets(open: string): boolean {
  return open.length < 500 && (open.match(/\(/g)?.length ?? 0) > (open.match(/\)/g)?.length ?? 0);
}
