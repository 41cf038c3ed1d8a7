// What happens in one schedule, drawn from its seed: who runs, who posts when, what fails, who dies where.
import { LAYOUTS, type Layout } from '../../src/core/layout.ts';
import { chanceOf, type Chance } from './chance.ts';
import type { HeldStep, NetworkFault, Planned } from './network.ts';

export type PlatformName = 'slack' | 'discord';
export type Database = 'embedded' | 'postgres';

/** Where a process is killed by itself, at the line of the log that ends the step: exact to the instruction. */
export const LOGGED_STEPS = {
  'after insert': 'roundup queued',
  'after lease': 'message leased',
  'after the answer': 'message posted',
  'after the receipt': 'message sent',
} as const;
export type LoggedStep = keyof typeof LOGGED_STEPS;
export type KillStep = LoggedStep | HeldStep | 'at any moment';

/** A process is killed when it comes to a step for the n-th time in its life; `afterMs`: so long after a tick began. */
export type Kill = { step: LoggedStep; nth: number } | { step: 'at any moment'; afterMs: number };

export interface Plan {
  seed: number;
  database: Database;
  /**
   * For each process what its host's clock is off by, and what the bot's is, in milliseconds: on Postgres it goes by
   * the database's time, and is off by no more than an answer takes; else it has its host's.
   */
  clocks: { skew: number; drift: number }[];
  /** `minute`: past nine o'clock UTC. `size`: papers in a roundup. `forum`: on Discord, where each message begins a post. */
  channels: { platform: PlatformName; minute: number; size: number; layout: Layout; forum: boolean }[];
  days: 1 | 2;
  /** For each process what ends its first life, its second, and so on. */
  kills: Kill[][];
  network: Planned[];
  /** How long a killed process stays away, in milliseconds, one after another. */
  downtimes: number[];
  /** In these rounds of the clock all sockets are cut. */
  cuts: number[];
  /** From these rounds on a process is told to stop (SIGTERM) so long after a tick began, and another takes its place. */
  rolls: { round: number; host: number; afterMs: number }[];
  /** The network takes up to so many milliseconds. */
  latencyMs: number;
  /** Where what stands in a channel can't be read: a message of which nobody knows is then in doubt. */
  unreadable: PlatformName | undefined;
}

export interface Wishes {
  database?: Database;
  processes?: number;
  only?: PlatformName;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export function drawPlan(seed: number, wishes: Wishes = {}): Plan {
  const chance = chanceOf(seed);
  const looks = chanceOf(seed + 0x100000);
  const database = wishes.database ?? (chance.happens(0.8) ? 'postgres' : 'embedded');
  const wanted = wishes.processes ?? chance.pick([1, 1, 2, 2, 2, 4]);
  const processes = database === 'embedded' ? 1 : wanted;
  const platforms: PlatformName[] = wishes.only ? [wishes.only] : chance.pick([['slack'], ['discord'], ['slack', 'discord']]);
  const channels = Array.from({ length: chance.between(2, 5) }, (_, i) => ({
    platform: platforms[i % platforms.length]!,
    minute: chance.happens(0.7) ? 0 : chance.between(1, 4),
    size: chance.between(1, 8),
    layout: looks.pick(LAYOUTS),
    forum: looks.happens(0.3) && platforms[i % platforms.length] === 'discord',
  }));
  return {
    seed,
    database,
    clocks: Array.from({ length: processes }, () => drawClock(chance, database)),
    channels,
    // The night's chores take the embedded database some seconds.
    days: database === 'postgres' && chance.happens(0.25) ? 2 : 1,
    kills: Array.from({ length: processes }, () => Array.from({ length: chance.pick(processes === 4 ? [0, 0, 1] : [0, 1, 1, 2]) }, () => drawKill(chance))),
    network: platforms.flatMap((platform) => drawNetwork(chance, platform)),
    downtimes: drawDowntimes(chance),
    cuts: chance.happens(0.2) ? [chance.between(1, 4)] : [],
    rolls: chance.happens(0.3) ? Array.from({ length: processes }, (_, host) => ({ round: chance.between(1, 3) + 3 * host, host, afterMs: chance.between(0, 60) })) : [],
    latencyMs: chance.pick([0, 10, 50]),
    unreadable: chance.happens(0.08) ? chance.pick(platforms) : undefined,
  };
}

function drawClock(chance: Chance, database: Database): Plan['clocks'][number] {
  const skew = chance.pick([0, chance.between(-30, 30), chance.between(-600, 600)]) * SECOND;
  return { skew, drift: database === 'postgres' ? chance.between(-1_000, 1_000) : skew };
}

function drawKill(chance: Chance): Kill {
  if (chance.happens(0.2)) return { step: 'at any moment', afterMs: chance.between(0, 80) };
  return { step: chance.pick(Object.keys(LOGGED_STEPS) as LoggedStep[]), nth: chance.pick([1, 1, 1, 2, 3]) };
}

const HELD: HeldStep[] = ['during send, lost', 'during send, done', 'after the platform accepted'];
const CUT: NetworkFault[] = ['reset before', 'reset after', 'half an answer'];
const LOST: NetworkFault[] = [...CUT, 'reset after', 'silence before', 'silence after'];
const REFUSED: NetworkFault[] = ['limited', '500 before', '500 after', '502 page', '200 page'];

function drawNetwork(chance: Chance, platform: PlatformName): Planned[] {
  const posts = Array.from({ length: chance.pick([0, 1, 2, 3, 4]) }, () => ({
    ...{ platform, request: 'post' as const, nth: chance.between(1, 8) },
    fault: chance.pick(chance.pick([HELD, LOST, REFUSED])),
  }));
  const looks = Array.from({ length: chance.pick([0, 0, 1, 2]) }, () => ({
    ...{ platform, request: 'look' as const, nth: chance.between(1, 4) },
    fault: chance.pick([...CUT, ...REFUSED, 'during send, lost' as const]),
  }));
  return [...posts, ...looks];
}

// Within the grace time all in all, so that nothing that is due may be skipped.
function drawDowntimes(chance: Chance): number[] {
  const long = chance.happens(0.15) ? [chance.between(60, 200) * MINUTE] : [];
  const others = Array.from({ length: 12 }, () => (chance.happens(0.6) ? chance.between(1, 30) * SECOND : chance.between(2, 12) * MINUTE));
  return [...long, ...others];
}
