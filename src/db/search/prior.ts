// What speaks for a paper before any word is compared: its votes and its age.

/**
 * The standing of a paper, 0 to 1: two thirds for votes, on a logarithmic scale that is full at 500, and one third for
 * youth, which halves in the first year and then ever more slowly. An unknown date counts as old, no votes as none.
 */
export function prior(upvotes: number | null, publishedOn: string | null, now: Date): number {
  const votes = Math.min(1, Math.log1p(Math.max(0, upvotes ?? 0)) / Math.log1p(FULL_VOTES));
  const years = publishedOn ? Math.max(0, now.getTime() - Date.parse(publishedOn)) / YEAR_MS : Infinity;
  return (2 / 3) * votes + (1 / 3) / (1 + years);
}

const FULL_VOTES = 500;
const YEAR_MS = 365.25 * 24 * 3_600_000;

/**
 * How many points of score a standing of 1 is worth beside words of this mean rarity. One word alone says little about
 * which of its papers is meant, so standing decides; every further word says more, and standing less.
 */
export function priorWeight(words: number, meanRarity: number): number {
  return words === 0 ? 1 : (0.9 * meanRarity) / words ** 1.5;
}

/** With one word, papers that have it in the title come before those that don't: points per rarity. */
export const ONE_WORD_TITLE_BONUS = 1.5;
