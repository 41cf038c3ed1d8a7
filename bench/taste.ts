// Whether a channel's own taste brings what its team follows: `npm run bench:taste -- FOLDER FILE.jsonl.gz`, on simulated
// teams: groups of papers that answer the same question (FOLDER: retrieval benchmarks), or share category and title word.
import { chanceOf } from '../test/proof/chance.ts';
import { readCollections } from './collection.ts';
import { mean, round3, table } from './numbers.ts';
import { markedGroups, readCorpus, type Corpus } from './taste/corpus.ts';
import { ORDERS, replayDay, shuffled, WANTED, type Order, type Shown, type Team } from './taste/replay.ts';

/** Teams of a collection at the most, and days of each. */
const TEAMS = 200;
const DAYS = 4;
/** With fewer papers, a group can't be saved from and shown from. */
const LEAST = 8;
const MOST = 40;

const KINDS: [name: string, team: (group: number[], other: number[]) => Team][] = [
  ['1 saved', (group) => ({ group, saves: 1, noise: 0 })],
  ['2 saved', (group) => ({ group, saves: 2, noise: 0 })],
  ['4 saved', (group) => ({ group, saves: 4, noise: 0 })],
  ['4 saved, and 4 at random', (group) => ({ group, saves: 4, noise: 4 })],
  ['4 saved, beside a second group', (group, other) => ({ group, saves: 4, noise: 0, unwanted: { group: other, said: 0 } })],
  ['the same, 2 of it “not for us”', (group, other) => ({ group, saves: 4, noise: 0, unwanted: { group: other, said: 2 } })],
];

const [folder, file] = process.argv.slice(2);
if (!folder || !file) {
  console.error('usage: npm run bench:taste -- FOLDER FILE.jsonl.gz');
  process.exit(2);
}
console.log(`${WANTED} papers of the team's group among 50 a day, so P@5 is ${WANTED / 5} at best. All orders see the same papers and scores.\n`);
for (const collection of readCollections(folder, ['cranfield', 'npl'])) {
  const corpus = await readCorpus(collection.file);
  const groups = [...collection.relevant.values()].map((grades) => [...grades.keys()].flatMap((id) => corpus.row.get(id) ?? []));
  report(collection.name, corpus, groups.filter(({ length }) => length >= LEAST));
}
const corpus = await readCorpus(file);
report('same category and title word', corpus, markedGroups(corpus, LEAST, MOST));

function report(name: string, corpus: Corpus, groups: number[][]): void {
  const chance = chanceOf(1);
  const teams = shuffled(groups, chance).slice(0, TEAMS);
  const rows = [['team', ...ORDERS.map((order) => `P@5 ${order}`), ...ORDERS.map((order) => `MRR ${order}`), 'unwanted in 5: taste', 'trending', 'reasons right']];
  for (const [kind, make] of KINDS) {
    const days = teams.flatMap((group, i) => Array.from({ length: DAYS }, () => replayDay(corpus, make(group, teams[(i + 1) % teams.length]!), chance)));
    const of = (order: Order, what: keyof Shown) => round3(mean(days.map((day) => day[order][what])));
    const sum = (what: 'said' | 'right') => days.reduce((total, { reasons }) => total + reasons[what], 0);
    rows.push([kind, ...ORDERS.map((order) => of(order, 'precision5')), ...ORDERS.map((order) => of(order, 'reciprocalRank')), of('taste', 'unwanted5'), of('trending', 'unwanted5'), `${sum('right')} of ${sum('said')}`]);
  }
  console.log(`${name}: ${corpus.stems.length} papers, n = ${teams.length} teams, ${DAYS} days each\n${table(rows)}\n`);
}
