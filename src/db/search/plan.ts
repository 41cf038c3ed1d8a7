// Which index keys to ask for: the heaviest buckets first, until about as many papers are expected as are wanted.
import { slotRarity, type Slot } from './query.ts';
import { BUCKETS, BUCKET_WEIGHTS, rarity } from './weights.ts';

/** A paper meets it with any of these keys, or by being signed with any of these names. */
export interface Keys {
  keys: number[];
  names: number[];
}

export interface Plan {
  /** A paper must meet every one. */
  lists: Keys[];
  /** The papers expected. */
  expected: number;
  /** No bucket is left out: there are no more papers with all the words. */
  complete: boolean;
}

// Words of one query stand together more often than chance has it: each further word leaves this many times more.
const TOGETHER = 4;

/** Papers with every word. The bucket whose loss would cost the least score is the last to be asked for. */
export function planAll(slots: Slot[], all: number, wanted: number): Plan {
  const lowest = slots.map(() => BUCKETS);
  const reached = slots.map((slot) => slot.name?.papers ?? 0);
  const gain = (i: number) => slotRarity(slots[i]!, all) * BUCKET_WEIGHTS[lowest[i]! - 1]!;
  let expected = 0;
  for (;;) {
    const open = slots.map((_, i) => i).filter((i) => lowest[i]! > 0);
    if (expected >= wanted || open.length === 0) return { lists: slots.map((slot, i) => keysFrom(slot, lowest[i]!)), expected, complete: open.length === 0 };
    const next = open.reduce((best, i) => (gain(i) > gain(best) ? i : best));
    lowest[next]!--;
    reached[next]! += papersAt(slots[next]!, lowest[next]!);
    const chance = reached.reduce((product, papers) => product * (papers / all), 1);
    expected = Math.min(...reached, chance * all * TOGETHER ** (slots.length - 1));
  }
}

/** Papers with any of the words, where they weigh most. */
export function planAny(slots: Slot[], all: number, wanted: number): Plan {
  const { list, expected, complete } = heaviest(slots, all, (n) => n >= wanted);
  return { lists: [list], expected, complete };
}

/** Papers with a word of each half, the words dealt out by rarity: for sentences, where none has all. */
export function planHalves(slots: Slot[], all: number, wanted: number): Plan {
  const dealt = slots.slice(0, 12);
  const half = (which: number) => dealt.filter((_, i) => [0, 1, 1, 0][i % 4] === which);
  const [a, b] = [half(0), half(1)];
  const enough = (n: number) => ((n / all) * n * TOGETHER) >= wanted;
  const [one, two] = [heaviest(a, all, enough), heaviest(b, all, enough)];
  return {
    lists: [one.list, two.list],
    expected: (one.expected / all) * two.expected * TOGETHER,
    complete: one.complete && two.complete,
  };
}

function heaviest(slots: Slot[], all: number, enough: (papers: number) => boolean) {
  const terms = [...new Map(slots.flatMap((slot) => slot.terms).map((term) => [term.hash, term])).values()];
  const choices = terms.flatMap((term) =>
    term.counts.map((papers, bucket) => ({ key: term.hash | bucket, papers, gain: rarity(term.papers, all) * BUCKET_WEIGHTS[bucket]! })),
  );
  const keys: number[] = [];
  const list = { keys, names: namesOf(slots) };
  let expected = slots.reduce((sum, slot) => sum + (slot.name?.papers ?? 0), 0);
  for (const { key, papers } of choices.filter((choice) => choice.papers > 0).sort((a, b) => b.gain - a.gain)) {
    if (enough(expected)) return { list, expected, complete: false };
    keys.push(key);
    expected += papers;
  }
  return { list, expected, complete: true };
}

/** The slot's keys in the buckets from `lowest` on. */
export function keysFrom(slot: Slot, lowest: number): Keys {
  const keys = slot.terms.flatMap((term) => term.counts.flatMap((papers, bucket) => (bucket >= lowest && papers > 0 ? [term.hash | bucket] : [])));
  return { keys, names: namesOf([slot]) };
}

function namesOf(slots: Slot[]): number[] {
  return slots.flatMap(({ name }) => (name ? [name.key] : []));
}

function papersAt(slot: Slot, bucket: number): number {
  return slot.terms.reduce((sum, term) => sum + term.counts[bucket]!, 0);
}
