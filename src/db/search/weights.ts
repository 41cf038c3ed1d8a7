// How much a word weighs in a paper: BM25F, and its coarse form that the index keys carry.

/** A word in the title counts as three in the abstract. */
export const TITLE_WEIGHT = 3;
/** BM25's saturation of repeated words, and its share of length normalisation. */
export const K1 = 1.6;
export const B = 0.75;
/**
 * The mean lengths of arXiv's titles and abstracts, in stems. Frozen: the keys of all papers must be made with the
 * same ones, so a change means to index everything again.
 */
export const MEAN_TITLE = 9;
export const MEAN_ABSTRACT = 113;

export const BUCKETS = 16;

/** The length-normalised frequency of a word in both fields. */
export function frequency(inTitle: number, inAbstract: number, titleNorm: number, abstractNorm: number): number {
  return (TITLE_WEIGHT * inTitle) / titleNorm + inAbstract / abstractNorm;
}

export function titleNorm(length: number): number {
  return 1 - B + (B * length) / MEAN_TITLE;
}

export function abstractNorm(length: number): number {
  return 1 - B + (B * length) / MEAN_ABSTRACT;
}

/** A word's share of the score for its frequency, 0 to K1 + 1, before its rarity. */
export function saturate(frequency: number): number {
  return (frequency * (K1 + 1)) / (frequency + K1);
}

/** Rarity of a word that stands in `papers` of `all`: never negative. */
export function rarity(papers: number, all: number): number {
  return Math.log(1 + (Math.max(all, papers) - papers + 0.5) / (papers + 0.5));
}

/** The bucket of a frequency, 0 to 15, on a logarithmic scale. */
export function bucketOf(frequency: number): number {
  return Math.max(0, Math.min(BUCKETS - 1, Math.round((Math.log2(frequency) + 1.5) / 0.4)));
}

/** The saturated weight that stands for a bucket. */
export const BUCKET_WEIGHTS = Array.from({ length: BUCKETS }, (_, bucket) => saturate(2 ** (bucket * 0.4 - 1.5)));
