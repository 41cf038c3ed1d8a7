// Logging in to the gateway: Discord allows 1,000 logins a day, over all processes and restarts, and a few at a time.
import { setTimeout as pause } from 'node:timers/promises';
import type { PlatformIo } from '../../core/platform.ts';
import { ConfigError, wordsOf } from '../../core/errors.ts';
import type { Request } from './rest.ts';
import { NOT_DISCORD } from './verdict.ts';

/** Source: Get Gateway Bot. */
export interface GatewayInfo {
  shards: number;
  session_start_limit: { total: number; remaining: number; reset_after: number; max_concurrency: number };
}

type Limit = GatewayInfo['session_start_limit'];

/** Discord takes one login in five seconds, in each of `max_concurrency` lines. */
const A_SECOND = 1 / 5.5;
const LINE_MS = 3_600_000;
/** Logins that follow each other within ten minutes are a sign of a process that falls over and over. */
const IN_A_ROW_MS = 10 * 60_000;
const FREE = 3;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** So many are left for a person who has found out what is wrong. */
const KEPT = 20;

/** What was logged in lately, as `memory` keeps it for each shard. */
interface Row {
  inARow: number;
  at: number;
}

/** Throws discord.js's errors, and when the answer is not Discord's. */
export async function gatewayInfo(request: Request): Promise<GatewayInfo> {
  const info = (await request('GET', '/gateway/bot', undefined, 'first')) as Partial<GatewayInfo>;
  if (!info.shards || !info.session_start_limit) throw new Error(NOT_DISCORD);
  return info as GatewayInfo;
}

/** Who the bot is. Throws ConfigError when the token is refused, else as `gatewayInfo` does. */
export async function signIn(request: Request): Promise<{ id: string; username: string }> {
  const me = (await request('GET', '/users/@me').catch((error: unknown) => {
    throw (error as { status?: unknown }).status === 401 ? new ConfigError([`DISCORD_TOKEN: ${HELP}`]) : error;
  })) as { id?: string; username: string };
  if (!me.id) throw new Error(NOT_DISCORD);
  return { ...me, id: me.id };
}

const HELP = 'Discord refuses it. Copy the bot’s token again from the developer portal, page Bot.';

/** Why nobody should log in for now; undefined while there is enough. */
export function tooFew({ session_start_limit: { total, remaining, reset_after } }: GatewayInfo, now: Date): string | undefined {
  if (remaining > KEPT) return undefined;
  const again = new Date(now.getTime() + reset_after).toISOString();
  return `only ${remaining} of ${total} logins a day are left, and ${KEPT} are kept; Discord gives new ones at ${again}. Find out what makes the bot log in so often.`;
}

export interface AdmissionDeps {
  io: Pick<PlatformIo, 'memory' | 'takeTurns' | 'now' | 'log'>;
  request: Request;
  /** It must wait for longer than a moment. */
  onWait(why: string): void;
  wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** Waits until a shard may log in. Rejects when `signal` aborts, and only then: discord.js would log in all the same. */
export async function admit(deps: AdmissionDeps, shard: number, signal: AbortSignal): Promise<void> {
  const { io, wait = patiently } = deps;
  try {
    await admitInTurn({ ...deps, wait }, shard, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    io.log.warn({ shard, error: wordsOf(error) }, 'discord login not counted');
    await wait(1_000 / A_SECOND, signal);
  }
}

async function admitInTurn({ io, request, onWait, wait }: Required<AdmissionDeps>, shard: number, signal: AbortSignal): Promise<void> {
  const info = await gatewayInfo(request);
  const { session_start_limit: limit } = info;
  const key = `logins:${shard}`;
  const before = readRow(await io.memory.get(key), io.now());
  const few = tooFew(info, io.now());
  const ms = few ? limit.reset_after : backOff(before);
  if (ms > 0) {
    onWait(few ?? `${before.inARow} logins in a row: the next one in ${Math.round(ms / 1_000)} s`);
    await wait(ms, signal);
  }
  await inLine({ io, onWait, wait }, info, shard, signal);
  await io.memory.set(key, JSON.stringify({ inARow: before.inARow + 1, at: io.now().getTime() } satisfies Row));
}

// A single shard logs in too seldom for a line, unless the day's logins run short.
async function inLine({ io, onWait, wait }: Omit<Required<AdmissionDeps>, 'request'>, { shards, session_start_limit: limit }: GatewayInfo, shard: number, signal: AbortSignal): Promise<void> {
  const perSecond = paceOf(limit);
  if (shards === 1 && perSecond === A_SECOND) return;
  const turn = await io.takeTurns({ name: `logins:${shard % limit.max_concurrency}`, perSecond, longestMs: LINE_MS }, 1);
  const early = turn.getTime() - io.now().getTime();
  if (early > FIRST_WAIT_MS) onWait(`many logins today: the next one in ${Math.round(early / 1_000)} s`);
  if (early > 0) await wait(early, signal);
}

function readRow(stored: string | undefined, now: Date): Row {
  const row = stored ? (JSON.parse(stored) as Row) : undefined;
  return row && Math.abs(now.getTime() - row.at) < IN_A_ROW_MS ? row : { inARow: 0, at: 0 };
}

function backOff({ inARow }: Row): number {
  return inARow < FREE ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (inARow - FREE), LONGEST_WAIT_MS);
}

// When half of the day's logins are gone, the rest is stretched over the time until there are new ones.
function paceOf({ total, remaining, reset_after }: Limit): number {
  const stretched = remaining < total / 2 && reset_after > 0 ? (Math.max(remaining - KEPT, 1) * 1_000) / reset_after : A_SECOND;
  return Math.min(stretched, A_SECOND);
}

async function patiently(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal });
}
