// A channel's own taste: what it said of some papers, applied to others. Pure.

/** A paper's distinct stems, by hash (core/words.ts), each with its weight in the paper: BM25's, saturated, for its length. */
export type Stems = ReadonlyMap<number, number>;

/** What the people of a channel said of one paper. */
export interface Opinion {
  paperId: number;
  /** More people were for it than against it, or the other way; where they were as many, there is no opinion. */
  liked: boolean;
  /** Somebody saved it; else it was upvoted. */
  saved: boolean;
  /** When it was last said. */
  at: Date;
}

/** A paper to which others are held. */
export interface Exemplar {
  paperId: number;
  /** 1 for, -1 against, nearer to 0 the longer ago. */
  worth: number;
  saved: boolean;
  /** Its most telling stems; with the weights that they have in the paper itself, they add up to 1. */
  telling: Stems;
}

/** How a paper stands to a channel's taste. */
export interface Leaning {
  /** -1 to 1; 0: nothing is known. */
  affinity: number;
  /** How many papers that the channel liked, or that weren't for it, are really near this one. */
  liked: number;
  disliked: number;
  /** All of the liked papers that are near at all were saved, not just upvoted. */
  saved: boolean;
}

/** The papers that might be shown, laid out by stem. */
export interface Postings {
  /** Ids; a paper's place is its index here. */
  papers: number[];
  /** By stem: pairs of a paper's place and the stem's weight in it, one behind the other. */
  stems: Map<number, number[]>;
}

/** The most that taste does to a score: this share of it, either way. So it reorders, and hides nothing. */
export const SWAY = 0.5;

/** Days after which an opinion counts half: teams change what they work on within months. */
export const TASTE_HALF_LIFE = 30;
/** Older opinions, of which less than 2 % is left, are not read. */
export const TASTE_DAYS = 180;
/** So many opinions are read for a channel, the newest. */
export const MOST_OPINIONS = 60;

/** As many stems as search engines take for "more like this" (Lucene: 25): the rest is common to half the field. */
const TELLING = 25;

/**
 * Likenesses up to FAR are chance: of papers drawn at random from the collections of `npm run bench:taste`, one in fifty
 * (arXiv) to one in six (narrow fields) is more like four given papers. From NEAR on, a paper is as near as one can expect.
 */
const FAR = 0.1;
const NEAR = 0.2;

/** Nearness from which on a paper is said to be like another. */
const REALLY_NEAR = 0.5;
/** Affinities below this move a score by less than a twentieth: not worth a word. */
const WORTH_SAYING = 0.1;

const DAY = 86_400_000;

/**
 * The papers that a channel had an opinion of, made ready to be compared with. `stems`: by paper id; papers that it
 * lacks are left out. `rarity`: how telling a stem is, 0 and up (inverse document frequency).
 */
export function makeTaste(opinions: Opinion[], stems: ReadonlyMap<number, Stems>, rarity: (hash: number) => number, now: Date): Exemplar[] {
  return opinions.flatMap(({ paperId, liked, saved, at }) => {
    const telling = tellingStems(stems.get(paperId) ?? new Map<number, number>(), rarity);
    if (telling.size === 0) return [];
    const age = Math.max(0, now.getTime() - at.getTime()) / DAY;
    return [{ paperId, worth: (liked ? 1 : -1) * 0.5 ** (age / TASTE_HALF_LIFE), saved, telling }];
  });
}

/** Lays papers out by stem, behind those that are there already. */
export function layOut(papers: Iterable<[id: number, stems: Stems]>, behind: Postings = { papers: [], stems: new Map() }): Postings {
  for (const [id, stems] of papers) {
    const place = behind.papers.push(id) - 1;
    for (const [hash, weight] of stems) {
      const list = behind.stems.get(hash);
      if (list) list.push(place, weight);
      else behind.stems.set(hash, [place, weight]);
    }
  }
  return behind;
}

/**
 * How each of these papers stands to a taste, by paper id; papers that are near nothing are left out.
 *
 *     likeness(q, p) = Σ rarity(t) · w_q(t) · w_p(t) / Σ rarity(t) · w_q(t)²      over the telling stems t of the exemplar q
 *     nearness(q, p) = (likeness − 0.1) / (0.2 − 0.1), kept within 0 and 1
 *     affinity(p)    = Π(against) (1 − |worth_q| · nearness) − Π(for) (1 − |worth_q| · nearness)
 *
 * so that one near paper of yesterday says nearly all, and many that are hardly near say little. A saved paper is not
 * like itself: that people like it counts in its trending score already.
 */
export function leanings(taste: Exemplar[], postings: Postings): Map<number, Leaning> {
  const found = new Map<number, { for: number; against: number; liked: number; disliked: number; saved: boolean }>();
  const likenesses = new Float64Array(postings.papers.length);
  for (const { paperId, worth, saved, telling } of taste) {
    addLikenesses(likenesses.fill(0), telling, postings);
    for (let place = 0; place < likenesses.length; place++) {
      const nearness = Math.min(1, (likenesses[place]! - FAR) / (NEAR - FAR));
      if (nearness <= 0) continue;
      const id = postings.papers[place]!;
      if (worth > 0 && id === paperId) continue;
      let sums = found.get(id);
      if (!sums) found.set(id, (sums = { for: 1, against: 1, liked: 0, disliked: 0, saved: true }));
      if (worth > 0) {
        sums.for *= 1 - worth * nearness;
        if (nearness >= REALLY_NEAR) sums.liked++;
        sums.saved &&= saved;
      } else {
        sums.against *= 1 + worth * nearness;
        if (nearness >= REALLY_NEAR) sums.disliked++;
      }
    }
  }
  return new Map([...found].map(([id, { liked, disliked, saved, ...left }]) => [id, { affinity: left.against - left.for, liked, disliked, saved }]));
}

/** A trending score as this channel sees it: `score · (1 + 0.5 · affinity)`. */
export function swayed(score: number, leaning: Leaning | undefined): number {
  return leaning ? score * (1 + SWAY * leaning.affinity) : score;
}

/** Why a paper was moved: `like 2 you saved`, `like 1 that wasn’t for you`. Nothing when it hardly was. */
export function leaningInWords(leaning: Leaning | undefined): string[] {
  if (!leaning || Math.abs(leaning.affinity) < WORTH_SAYING) return [];
  const { affinity, liked, disliked, saved } = leaning;
  const like = (near: number, what: string) => [near ? `like ${near} ${what}` : `a little like what ${what}`];
  if (affinity > 0) return like(liked, saved ? 'you saved' : 'you liked');
  return like(disliked, disliked > 1 ? 'that weren’t for you' : disliked ? 'that wasn’t for you' : 'wasn’t for you');
}

// By place in a flat list: thousands of channels are held against thousands of papers.
function addLikenesses(likenesses: Float64Array, telling: Stems, postings: Postings): void {
  for (const [hash, share] of telling) {
    const list = postings.stems.get(hash) ?? [];
    for (let i = 0; i < list.length; i += 2) likenesses[list[i]!]! += share * list[i + 1]!;
  }
}

function tellingStems(stems: Stems, rarity: (hash: number) => number): Stems {
  const weighed = [...stems].map(([hash, weight]) => ({ hash, weight, value: rarity(hash) * weight }));
  const best = weighed.sort((a, b) => b.value - a.value).slice(0, TELLING);
  const whole = best.reduce((sum, { weight, value }) => sum + weight * value, 0);
  return new Map(whole > 0 ? best.map(({ hash, value }) => [hash, value / whole]) : []);
}
