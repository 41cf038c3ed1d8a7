// npm run proof -- --schedules 500 --seed 1 [--replay SEED] [--database embedded|URL] [--processes 1|2|4] [--only slack|discord]
// --minutes N: begin no schedule after that; --verbose: a line for each; --jobs N: so many at a time;
// --blind: a bot that sends again without a look, to see that the proof sees it.
import { mkdirSync, rmSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildProgram } from './build.ts';
import { openDatabases } from './database.ts';
import { drawPlan, type KillStep, type Wishes } from './plan.ts';
import { poolOf } from './process.ts';
import { FIRST_DAY, reseed, runSchedule, type Outcome } from './schedule.ts';

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    replay: { type: 'string' },
    database: { type: 'string' },
    processes: { type: 'string' },
    minutes: { type: 'string', default: '600' },
    blind: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    only: { type: 'string' },
    jobs: { type: 'string', default: String(2 * cpus().length) },
  },
});

const embedded = values.database === 'embedded';
const url = embedded ? undefined : (values.database ?? process.env.TEST_DATABASE_URL);
const wishes: Wishes = {
  ...(values.database || !url ? { database: url ? 'postgres' : 'embedded' } : {}),
  ...(values.processes ? { processes: Number(values.processes) } : {}),
  ...(values.only ? { only: values.only as 'slack' | 'discord' } : {}),
};
const seeds = values.replay ? [Number(values.replay)] : Array.from({ length: Number(values.schedules) }, (_, n) => reseed(Number(values.seed), n));

const began = performance.now();
const program = await buildProgram();
const data = join(program, 'data');
mkdirSync(data);
const databases = await openDatabases(data, url, new Date(FIRST_DAY - 3_600_000));
const pool = poolOf(program);
const outcomes: Outcome[] = [];
const failures: { seed: number; problems: string[] }[] = [];

async function work(): Promise<void> {
  for (let seed = seeds.shift(); seed !== undefined && performance.now() - began < Number(values.minutes) * 60_000; seed = seeds.shift()) {
    const trace: string[] = [];
    const say = (line: string) => (values.replay ? console.log(line) : trace.push(line));
    const plan = drawPlan(seed, wishes);
    const since = performance.now();
    if (values.replay) console.log(JSON.stringify(plan, undefined, 1));
    try {
      const outcome = await runSchedule(plan, { pool, databases, trace: say, blind: values.blind });
      outcomes.push(outcome);
      if (outcome.problems.length) failures.push({ seed, problems: outcome.problems });
    } catch (error) {
      failures.push({ seed, problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)] });
    }
    if (values.verbose) console.log(`seed ${seed}: ${plan.database}, ${plan.clocks.length} processes, ${Math.round(performance.now() - since)} ms`);
    const failed = failures.find((one) => one.seed === seed);
    if (failed) console.log(`\nseed ${seed} failed:\n${failed.problems.map((problem) => `  ${problem}`).join('\n')}\n${trace.slice(-60).join('\n')}`);
  }
}

try {
  await Promise.all(Array.from({ length: Math.min(Number(values.jobs), seeds.length) }, work));
} finally {
  pool.close();
  await databases.close();
  rmSync(program, { recursive: true, force: true });
}

const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((all, one) => all + of(one), 0);
const kills: Partial<Record<KillStep, number>> = {};
for (const outcome of outcomes) for (const [step, n] of Object.entries(outcome.kills)) kills[step as KillStep] = (kills[step as KillStep] ?? 0) + n;
const messages = sum((one) => one.messages);
const inDoubt = sum((one) => one.inDoubt);
const lines = [
  `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}; ${Math.round((performance.now() - began) / 1_000)} s`,
  `seed ${values.replay ?? values.seed}: ${outcomes.length} schedules (${groups()}), ${sum((one) => one.plan.channels.length * one.plan.days)} slots, ${messages} messages`,
  `kills: ${Object.entries(kills).map(([step, n]) => `${n} ${step}`).join('; ') || 'none'}; ${sum((one) => one.stops)} orderly stops; ${sum((one) => one.faults)} requests that went wrong`,
  `edits: ${sum((one) => one.edits)}`,
  `in doubt: ${inDoubt} of ${messages} (${((100 * inDoubt) / Math.max(1, messages)).toFixed(2)} %)`,
  `doubles: ${sum((one) => one.doubles)}`,
  `lost: ${sum((one) => one.lost)}`,
  `${outcomes.length - outcomes.filter(({ problems }) => problems.length).length} schedules held, ${failures.length} failed${failures.length ? `: --replay ${failures.map(({ seed }) => seed).join(', ')}` : ''}`,
];
console.log(`\n${lines.join('\n')}`);
process.exitCode = failures.length || outcomes.length === 0 ? 1 : 0;

function groups(): string {
  const names = outcomes.map(({ plan }) => (plan.database === 'embedded' ? 'embedded' : `Postgres with ${plan.clocks.length}`));
  return [...new Set(names)].sort().map((name) => `${names.filter((one) => one === name).length} ${name}`).join(', ');
}
