// What one would use without the index: TF-IDF vectors of all papers in memory, set up as arxiv-sanity-lite sets up scikit-learn's.
import { stopwords } from '../src/core/stopwords.ts';

/** Features, the least number of papers a feature stands in, and the greatest share of them: arxiv-sanity-lite's own. */
const FEATURES = 10_000;
const LEAST_PAPERS = 5;
const GREATEST_SHARE = 0.5;

type Vector = Map<string, number>;

/**
 * Words and pairs of neighbouring words, 1 + log of the count times the smoothed idf, normalised to length 1; likeness is
 * the cosine. The stop words are Paperround's instead of scikit-learn's. Returns the indexes of the papers most like
 * the one at `index`, best first.
 */
export function makeTfIdf(texts: string[]): (index: number, limit: number) => number[] {
  const counts = texts.map(countFeatures);
  const idf = chooseFeatures(counts);
  const vectors = counts.map((count) => vectorOf(count, idf));
  const postings = new Map<string, [paper: number, weight: number][]>();
  for (const [paper, vector] of vectors.entries()) {
    for (const [feature, weight] of vector) {
      if (!postings.has(feature)) postings.set(feature, []);
      postings.get(feature)!.push([paper, weight]);
    }
  }
  return (index, limit) => {
    const scores = new Map<number, number>();
    for (const [feature, weight] of vectors[index]!) {
      for (const [paper, other] of postings.get(feature)!) scores.set(paper, (scores.get(paper) ?? 0) + weight * other);
    }
    scores.delete(index);
    return [...scores].sort((a, b) => b[1] - a[1]).slice(0, limit).map(([paper]) => paper);
  };
}

function countFeatures(text: string): Vector {
  const plain = text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  const words = (plain.match(/\b[a-z_][a-z0-9_]+\b/g) ?? []).filter((word) => !stopwords.has(word));
  const counts: Vector = new Map();
  for (const [i, word] of words.entries()) {
    for (const feature of i ? [word, `${words[i - 1]} ${word}`] : [word]) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return counts;
}

/** The idf of the features that stand most often, of those that stand in neither too few nor too many papers. */
function chooseFeatures(counts: Vector[]): Vector {
  const papers: Vector = new Map();
  const total: Vector = new Map();
  for (const [feature, count] of counts.flatMap((vector) => [...vector])) {
    papers.set(feature, (papers.get(feature) ?? 0) + 1);
    total.set(feature, (total.get(feature) ?? 0) + count);
  }
  const chosen = [...papers]
    .filter(([, n]) => n >= LEAST_PAPERS && n <= GREATEST_SHARE * counts.length)
    .sort(([a], [b]) => total.get(b)! - total.get(a)!)
    .slice(0, FEATURES);
  return new Map(chosen.map(([feature, n]) => [feature, Math.log((1 + counts.length) / (1 + n)) + 1]));
}

function vectorOf(counts: Vector, idf: Vector): Vector {
  const weighed = [...counts].flatMap(([feature, n]): [string, number][] => (idf.has(feature) ? [[feature, (1 + Math.log(n)) * idf.get(feature)!]] : []));
  const length = Math.hypot(...weighed.map(([, weight]) => weight)) || 1;
  return new Map(weighed.map(([feature, weight]) => [feature, weight / length]));
}
