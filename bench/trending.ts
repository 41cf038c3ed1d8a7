// Whether the trending score orders what people will vote for: `npm run bench:trending -- FOLDER`, beside plain upvotes,
// Hacker News' and Reddit's formulae. FOLDER holds daily lists of Hugging Face, some of them twice, days apart.
import { trendingScore } from '../src/core/rank.ts';
import { round3, table } from './numbers.ts';
import { precisionAt, spearman } from './orders.ts';
import { readPairs, type Snapshot } from './trending/pairs.ts';

const HOUR = 3_600_000;

/** What a formula gives a paper at the earlier time; `hours`: since it was listed. */
type Formula = (paper: Snapshot, hours: number) => number;

const FORMULAE: Record<string, Formula> = {
  Paperround: ({ upvotes, stars }, hours) => trendingScore({ upvotes, ...(stars === undefined ? {} : { stars }), sources: 1, ageDays: hours / 24 }, 'day'),
  'plain upvotes': ({ upvotes }) => upvotes,
  // Paul Graham's formula, as news.arc had it; gravity 1.8.
  'Hacker News': ({ upvotes }, hours) => (upvotes - 1) / (hours + 2) ** 1.8,
  // Reddit's `hot`, as it was published with its source; t in seconds, here backwards from now.
  Reddit: ({ upvotes }, hours) => Math.log10(Math.max(upvotes, 1)) - (hours * 3_600) / 45_000,
  'stars alone': ({ stars }) => stars ?? 0,
};

const folder = process.argv[2];
if (!folder) {
  console.error('usage: npm run bench:trending -- FOLDER');
  process.exit(2);
}
const pairs = readPairs(folder);
console.log('A sanity check: so few papers prove nothing, and all of a pair were listed on the same day, so age cannot tell.');
console.log('P@5: of the five that a formula puts first, how many are among the five best later, ties in every order.\n');
for (const { name, papers, at } of pairs) {
  const rows = [['formula at the earlier time', 'later votes: P@5', 'Spearman', 'votes gained: P@5', 'Spearman']];
  for (const [formula, score] of Object.entries(FORMULAE)) {
    const scores = papers.map(({ before }) => score(before, (at.getTime() - before.listedAt.getTime()) / HOUR));
    const later = papers.map(({ after }) => after.upvotes);
    const gained = papers.map(({ before, after }) => after.upvotes - before.upvotes);
    rows.push([formula, ...[later, gained].flatMap((truth) => [round3(precisionAt(5, scores, truth)), round3(spearman(scores, truth))])]);
  }
  console.log(`${name}: n = ${papers.length}\n${table(rows)}\n`);
}
