// Categories of arXiv: one code for each, whatever alias it was written as.
import { distance } from 'fastest-levenshtein';
import { CATEGORY_ALIASES, CATEGORY_NAMES } from './category-names.ts';

/** The code under which a category is kept: case mended, aliases resolved (`math.MP` is `math-ph`). Undefined for no category. */
export function canonicalCategory(code: string): string | undefined {
  return CODES.get(code.trim().toLowerCase());
}

export function isCategory(code: string): boolean {
  return canonicalCategory(code) !== undefined;
}

/** `Computation and Language` */
export function categoryName(code: string): string | undefined {
  return CATEGORY_NAMES[canonicalCategory(code) ?? ''];
}

/** True for a whole archive, such as `cs` or `q-bio`: what stands before the point. */
export function isArchive(code: string): boolean {
  return ARCHIVES.has(code.trim().toLowerCase());
}

/** The codes that are nearest to a mistyped one, best first. */
export function nearCategories(code: string, most = 3): string[] {
  const typed = code.trim().toLowerCase();
  const far = Math.max(2, Math.floor(typed.length / 3));
  return Object.keys(CATEGORY_NAMES)
    .map((known) => ({ known, away: distance(typed, known.toLowerCase()) }))
    .filter(({ away }) => away <= far)
    .sort((a, b) => a.away - b.away || (a.known < b.known ? -1 : 1))
    .slice(0, most)
    .map(({ known }) => known);
}

/** The codes of categories that begin so, and of those with a word in their name that does. */
export function begunCategories(begun: string): string[] {
  const typed = begun.trim().toLowerCase();
  const codes = Object.keys(CATEGORY_NAMES);
  const byCode = codes.filter((code) => code.toLowerCase().startsWith(typed));
  return [...new Set([...byCode, ...codes.filter((code) => ` ${CATEGORY_NAMES[code]!.toLowerCase()}`.includes(` ${typed}`))])];
}

/** A paper's categories, each once, in order. ACM and MSC classes, which authors write into the same field, are dropped. */
export function readCategories(codes: string[]): string[] {
  return [...new Set(codes.flatMap((code) => canonicalCategory(code) ?? []))];
}

const ARCHIVES = new Set(Object.keys(CATEGORY_NAMES).map((code) => code.split('.')[0]!));

const CODES = new Map([
  ...Object.keys(CATEGORY_NAMES).map((code) => [code.toLowerCase(), code] as const),
  ...Object.entries(CATEGORY_ALIASES).map(([alias, code]) => [alias.toLowerCase(), code] as const),
]);
