// Runs one schedule: processes start, post, die and come again while the network fails, until all is quiet; then it is checked.
import { GUILD, startDiscordServer } from '../support/discord-server.ts';
import { slackProblems } from '../support/slack-contract.ts';
import { startSlackServer } from '../support/slack-server.ts';
import { BOT as SLACK_BOT } from '../support/slack-web-api.ts';
import { check, type Due, type Held, type Verdict } from './check.ts';
import type { LedgerRow, Order } from './child.ts';
import { chanceOf } from './chance.ts';
import type { Databases } from './database.ts';
import { openNetwork } from './network.ts';
import { LOGGED_STEPS, type KillStep, type Plan, type PlatformName } from './plan.ts';
import { Died, type Line, type Pool, type Process } from './process.ts';

export interface Tools {
  pool: Pool;
  databases: Databases;
  /** The bot's own look before it sends again is taken from it. */
  blind: boolean;
  /** Told each thing that happens, with the schedule's own time. */
  trace?: (line: string) => void;
}

export interface Outcome extends Verdict {
  plan: Plan;
  /** Kills by the step at which they hit. */
  kills: Partial<Record<KillStep, number>>;
  stops: number;
  /** Requests of which the network took the answer, or which it refused. */
  faults: number;
  /** Messages that were to be edited, once all was posted. */
  edits: number;
}

/** A place for a process: one runs in it, or none until a time. */
interface Host {
  index: number;
  process: Process | undefined;
  /** How many processes were killed here. */
  deaths: number;
  backAt: number;
  stopping: boolean;
}

export const FIRST_DAY = Date.parse('2026-07-28T00:00:00Z');
/** Discord's types of channels. */
const TEXT = 0;
const FORUM = 15;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Whatever goes wrong is over and done with by then. */
const END_MS = 26 * HOUR;
/** Between two looks at the clock when nothing waits. */
const STEP_MS = MINUTE;
const QUIET_ROUNDS = 2;
/** When all is posted, the votes grow, and so much later the posts are brought up to date. */
const EDITS_AFTER_MS = 5 * HOUR;

export async function runSchedule(plan: Plan, { pool, databases, blind, trace = () => {} }: Tools): Promise<Outcome> {
  const clock = openClock(FIRST_DAY + 8 * HOUR + 59 * MINUTE);
  const note = (words: string) => trace(`${new Date(clock.now()).toISOString().slice(5, 23)} ${words}`);
  const now = () => new Date(clock.now());
  const [slack, discord] = await Promise.all([
    startSlackServer({ problemsOf: (payload) => slackProblems(payload), now: clock.now }),
    startDiscordServer({ now }),
  ]);
  const places = plan.channels.map(({ platform }, i) => ({ platform, id: platform === 'slack' ? `C${i + 1}` : `20000000000000010${i}` }));
  for (const [i, { platform, id }] of places.entries()) {
    if (platform === 'slack') slack.channels.set(id, { id, name: `papers-${id}`, is_member: true, is_archived: false });
    else discord.world.add({ id, guild_id: GUILD, type: plan.channels[i]!.forum ? FORUM : TEXT, name: `papers-${id}`, tags: [{ id: '1', name: 'cs', moderated: false }] });
  }
  const outcome: Outcome = { ...{ plan, kills: {}, stops: 0, faults: 0, edits: 0 }, ...check([], [], [], () => true) };
  const hosts: Host[] = plan.clocks.map((_, index) => ({ index, process: undefined, deaths: 0, backAt: 0, stopping: false }));
  const downtimes = [...plan.downtimes];
  const rolls = [...plan.rolls];
  const chance = chanceOf(plan.seed);
  const network = await openNetwork({
    targets: { slack: slack.url.replace(/\/api\/$/, ''), discord: discord.url.replace(/\/api$/, '') },
    ...{ planned: plan.network, unreadable: plan.unreadable, latency: () => chance.between(0, plan.latencyMs) },
    note(words) {
      outcome.faults++;
      note(words);
    },
    async kill(index, step) {
      const process = hosts[index]!.process;
      if (!process?.alive()) return;
      process.kill('SIGKILL');
      await process.ended;
      count(step);
    },
  });
  const database = await databases.fresh(plan.database);
  const count = (step: KillStep) => void (outcome.kills[step] = (outcome.kills[step] ?? 0) + 1);
  const env = (host: number) => ({
    ...database.env,
    ...(wants('slack') ? { SLACK_BOT_TOKEN: 'xoxb-of-a-proof', SLACK_APP_TOKEN: 'xapp-of-a-proof', SLACK_API_URL: `${network.urlFor('slack', host)}/api/` } : {}),
    ...(wants('discord') ? { DISCORD_TOKEN: discord.token, DISCORD_API_URL: `${network.urlFor('discord', host)}/api` } : {}),
  });
  const wants = (platform: PlatformName) => plan.channels.some((channel) => channel.platform === platform);
  const started = { any: false };

  /** Starts a process in a host; false when it was killed before it was ready. */
  async function bringUp(host: Host): Promise<boolean> {
    const process = pool.take();
    host.process = process;
    host.stopping = false;
    const kill = plan.kills[host.index]![host.deaths];
    const logged = kill && kill.step !== 'at any moment' ? { text: LOGGED_STEPS[kill.step], nth: kill.nth } : undefined;
    process.onLine = (line) => note(`process ${host.index}: ${inWords(line)}`);
    note(`process ${host.index} starts${logged ? `, to die at “${logged.text}” ${logged.nth}` : ''}`);
    const alive = await ask(host, { do: 'start', at: clock.now(), ...plan.clocks[host.index]!, env: env(host.index), dieAt: logged, blind });
    if (alive === DEAD) return false;
    if (!started.any) {
      started.any = true;
      const channels = plan.channels.map(({ minute, size, platform, layout, forum }, i) => {
        return { platform, workspace: platform === 'slack' ? SLACK_BOT.team : GUILD, id: places[i]!.id, at: `09:${String(minute).padStart(2, '0')}`, size, layout, forum };
      });
      await ask(host, { do: 'channels', at: clock.now(), since: FIRST_DAY, channels });
    }
    return true;
  }

  /** DEAD when the process was killed meanwhile; its host is empty then for the next downtime. */
  async function ask<T>(host: Host, order: Order): Promise<T | typeof DEAD> {
    const process = host.process!;
    try {
      return await process.ask<T>(order);
    } catch (error) {
      // What was asked while it stopped need not be answered.
      if (!(error instanceof Died) && !host.stopping) throw error;
      const how = await process.ended;
      if (host.process === process) bury(host, how);
      return DEAD;
    }
  }

  function bury(host: Host, how: string): void {
    host.process = undefined;
    // It may be killed while it stops.
    if (host.stopping && how !== 'SIGKILL') {
      outcome.stops++;
      if (how !== '0') outcome.problems.push(`process ${host.index} ended with ${how} when it was told to stop`);
      note(`process ${host.index} has stopped (${how})`);
      return;
    }
    const kill = plan.kills[host.index]![host.deaths];
    if (how !== 'SIGKILL') throw new Error(`process ${host.index} ended by itself: ${how}`);
    if (kill) count(kill.step);
    host.deaths++;
    host.backAt = clock.now() + (downtimes.shift() ?? 5_000);
    note(`process ${host.index} is dead (${how}), back at ${new Date(host.backAt).toISOString().slice(11, 19)}`);
  }

  async function round(number: number): Promise<number[]> {
    await Promise.all(hosts.filter((host) => !host.process && host.backAt <= clock.now()).map(bringUp));
    if (plan.cuts.includes(number)) {
      note('all sockets are cut');
      discord.gateway.drop();
      slack.socket.cut();
    }
    const [roll] = rolls;
    if (roll && roll.round <= number && hosts[roll.host]!.process) {
      rolls.shift();
      setTimeout(stop, roll.afterMs, hosts[roll.host]!);
    }
    const waits = await Promise.all(
      hosts.filter(({ process }) => process).map(async (host) => {
        const kill = plan.kills[host.index]![host.deaths];
        const doomed = host.process!;
        if (kill?.step === 'at any moment' && clock.now() >= FIRST_DAY + 9 * HOUR) setTimeout(() => doomed.kill('SIGKILL'), kill.afterMs);
        const wait = await ask<number | undefined>(host, { do: 'tick', at: clock.now() });
        return wait === DEAD || wait === undefined ? [] : [wait];
      }),
    );
    return waits.flat();
  }

  function stop(host: Host): void {
    if (!host.process?.alive()) return;
    note(`process ${host.index} is told to stop`);
    host.stopping = true;
    host.backAt = 0;
    host.process.kill('SIGTERM');
  }

  const dues: Due[] = [];
  for (let day = 0; day < plan.days; day++) {
    const on = new Date(FIRST_DAY + day * 24 * HOUR).toISOString().slice(0, 10);
    dues.push(...places.map(({ platform, id }) => ({ platform, channel: id, on })));
  }
  const lastDue = FIRST_DAY + (plan.days - 1) * 24 * HOUR + 9 * HOUR + 5 * MINUTE;
  const isOver = (ledger: LedgerRow[]) => clock.now() > lastDue && ledger.every(({ status }) => !['waiting', 'queued'].includes(status)) && ledger.length >= dues.length;

  try {
    await bringUp(hosts[0]!);
    let quiet = 0;
    let grown = false;
    let ledger: LedgerRow[] = [];
    for (let number = 0; quiet < QUIET_ROUNDS; number++) {
      const waits = await round(number);
      const up = hosts.find(({ process, stopping }) => process && !stopping);
      const read = up ? await ask<LedgerRow[]>(up, { do: 'ledger', at: clock.now() }) : DEAD;
      if (read !== DEAD) ledger = read;
      if (clock.now() > lastDue + END_MS) break;
      quiet = read !== DEAD && isOver(ledger) && hosts.every(({ process }) => process) && rolls.length === 0 ? quiet + 1 : 0;
      const next = quiet || isOver(ledger) ? STEP_MS : nextStep(waits);
      const toEdit: boolean = quiet === 1 && !grown && up !== undefined && (await ask(up, { do: 'votes', at: clock.now() })) !== DEAD;
      grown ||= toEdit;
      clock.forward(toEdit ? EDITS_AFTER_MS : next);
    }
    outcome.edits = network.edits();
    const { problems: before, ...rest } = outcome;
    const verdict = check(dues, ledger, [...heldBySlack(slack.messages), ...heldByDiscord(discord)], (platform) => platform === plan.unreadable);
    return { ...rest, ...verdict, problems: [...before, ...verdict.problems, ...discord.problems] };
  } finally {
    await Promise.all(hosts.map((host) => settle(host)));
    await network.stop();
    await discord.stop();
    await slack.stop().catch((error: unknown) => outcome.problems.push(String(error)));
    await database.drop();
  }

  /** How far the clock goes on: to what is next, or a minute. On the first day's end the night is passed at once. */
  function nextStep(waits: number[]): number {
    const at = clock.now();
    const coming = [...waits, ...hosts.filter(({ process }) => !process).map(({ backAt }) => backAt)].filter((time) => time > at);
    const next = Math.min(...coming, at + STEP_MS);
    const tomorrow = FIRST_DAY + 33 * HOUR - MINUTE;
    const idle = waits.length === 0 && hosts.every(({ process }) => process);
    if (idle && plan.days === 2 && at > FIRST_DAY + 9 * HOUR + 6 * MINUTE && at < tomorrow) return tomorrow - at;
    return Math.max(next - at, 20);
  }

  // A process in good health is used again.
  async function settle(host: Host): Promise<void> {
    const process = host.process;
    if (!process) return;
    const died = host.stopping ? DEAD : await ask(host, { do: 'stop', at: clock.now() }).catch(() => DEAD);
    if (died === DEAD) process.kill('SIGKILL');
    else pool.giveBack(process);
  }
}

const DEAD = Symbol('dead');

/** A clock that goes on by itself, as real ones do, and jumps. */
function openClock(at: number) {
  let base = at;
  let since = performance.now();
  const now = () => Math.floor(base + performance.now() - since);
  return {
    now,
    forward(ms: number): void {
      base = now() + ms;
      since = performance.now();
    },
  };
}

function heldBySlack(messages: { ts: string; channel: string; thread_ts?: string; metadata?: { event_payload: Record<string, unknown> } }[]): Held[] {
  return messages.map(({ ts, channel, thread_ts: under, metadata }) => ({ platform: 'slack', channel, key: String(metadata?.event_payload.key), under, id: ts }));
}

// A thread's messages belong to the channel that it hangs in.
function heldByDiscord({ world }: Awaited<ReturnType<typeof startDiscordServer>>): Held[] {
  return [...world.channels.values()].flatMap(({ id, parent_id: parent, name, messages }) =>
    messages.map((message) => {
      const [isPost, platform] = [message.id === id, 'discord'];
      const under = isPost ? undefined : parent ? id : message.message_reference?.message_id;
      return { platform, channel: parent ?? id, key: isPost ? `${parent}: ${name}` : (message.nonce ?? ''), under, id: message.id };
    }),
  );
}

function inWords({ level, text, ...data }: Line): string {
  const more = Object.entries(data).map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return `${level === 'debug' || level === 'info' ? '' : `${level} `}${text}${more.length ? ` (${more.join(', ')})` : ''}`;
}

export const reseed = (seed: number, n: number): number => Math.floor(chanceOf(seed * 7919 + n).draw() * 1e9);
