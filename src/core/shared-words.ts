// What two papers have in common, in words as they are written: the reason why one is called similar to the other.
import { plain } from './text.ts';
import { readWords, type Word } from './words.ts';

interface Text {
  title: string;
  abstract: string;
}

/** A word or two neighbours that both texts have. */
interface Shared {
  stems: number[];
  telling: number;
  /** How it is written, and how often in both texts. */
  forms: Map<string, number>;
}

/**
 * The words that both papers have and that tell most, at most `most` of them: `retrieval heads`, `long context`. Two
 * neighbours come before single words; none has a word of another, and none tells less than a quarter of the first.
 * `telling`: how telling a word is, by the hash of its stem; words that it doesn't have are left out.
 */
export function sharedWords(one: Text, other: Text, telling: ReadonlyMap<number, number>, most: number): string[] {
  const [ours, theirs] = [readShared(one, telling), readShared(other, telling)];
  const shared = [...ours].flatMap(([key, { stems, telling, forms }]): Shared[] => {
    const match = theirs.get(key);
    if (!match) return [];
    for (const [form, count] of match.forms) forms.set(form, (forms.get(form) ?? 0) + count);
    return [{ stems, telling, forms }];
  });
  shared.sort((a, b) => b.telling - a.telling);
  const worthIt = shared.filter((candidate) => candidate.telling >= shared[0]!.telling / 4);
  const chosen: Shared[] = [];
  for (const candidate of worthIt) {
    if (chosen.length < most && !chosen.some(({ stems }) => stems.some((stem) => candidate.stems.includes(stem)))) chosen.push(candidate);
  }
  return chosen.map(({ forms }) => commonForm(forms));
}

function readShared({ title, abstract }: Text, telling: ReadonlyMap<number, number>): Map<string, Shared> {
  const found = new Map<string, Shared>();
  for (const { words, form } of [plain(title), plain(abstract)].flatMap(readTerms)) {
    const stems = words.map(({ hash }) => hash);
    if (!stems.every((stem) => telling.has(stem))) continue;
    const key = stems.join();
    if (!found.has(key)) found.set(key, { stems, telling: stems.reduce((sum, stem) => sum + telling.get(stem)!, 0), forms: new Map() });
    const { forms } = found.get(key)!;
    forms.set(form, (forms.get(form) ?? 0) + 1);
  }
  return found;
}

/** The words of a text, and every two of them that a space or hyphens hold together, as they are written. */
function readTerms(text: string): { words: Word[]; form: string }[] {
  const terms: { words: Word[]; form: string }[] = [];
  let before: { word: Word; start: number; end: number } | undefined;
  for (const { 0: form, index: start } of text.matchAll(FORM)) {
    const [word, ...more] = readWords(form).flatMap((written) => written.parts);
    if (!word || more.length || LOOSE.test(form)) continue;
    const end = start + form.length;
    if (form.length > 1) terms.push({ words: [word], form });
    if (before && before.word.hash !== word.hash && TOGETHER.test(text.slice(before.end, start))) {
      terms.push({ words: [before.word, word], form: text.slice(before.start, end) });
    }
    before = { word, start, end };
  }
  return terms;
}

const FORM = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['’](?=[\p{L}\p{N}])|(?<=\p{N})\.(?=\p{N}))*/gu;
/** `long context`, `long-context`, `text-to-image` */
const TOGETHER = /^(?:\s+|[-‐‑–](?:\p{L}+[-‐‑–])*)$/u;
/** “against adversarial” says no more than “adversarial”. */
const LOOSE = /^(?:across|against|along|among|based|many|often|several|toward|towards|used|uses|using|via)$/i;

/** The form that is written most often; of several, the one with the fewest capitals. */
function commonForm(forms: Map<string, number>): string {
  const capitals = (form: string) => form.match(/\p{Lu}/gu)?.length ?? 0;
  return [...forms].sort(([a, n], [b, m]) => m - n || capitals(a) - capitals(b))[0]![0];
}
