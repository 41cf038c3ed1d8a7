// Which shards of the gateway this process has: each has one owner among all processes, and the others stand by.
import { setTimeout as pause } from 'node:timers/promises';
import type { PlatformIo } from '../../core/platform.ts';
import { ConfigError, wordsOf } from '../../core/errors.ts';
import type { Gateway } from './gateway.ts';

export interface ShardsDeps {
  io: Pick<PlatformIo, 'leases' | 'memory' | 'lost' | 'log' | 'now'>;
  /** As many shards as Discord asks for. */
  wanted: number;
  /** The most that this process takes. */
  most: number;
  /** Opens a connection, unless `signal` aborts before it is open. */
  open: (shard: number, count: number, signal: AbortSignal) => Promise<Gateway>;
  /** Milliseconds between two looks at the leases. */
  beatMs?: number;
}

export interface Shards {
  /** Takes what is free, and goes on by itself. Resolves when the first connection is there, or can't be for now. Throws ConfigError. */
  start(): Promise<void>;
  /** A connection must wait, and `start` doesn't wait for it. */
  waits(why: string): void;
  /** The connections that are open. */
  open(): Gateway[];
  /** What keeps a shard of ours from being connected; undefined when nothing does. */
  trouble(): string | undefined;
  owned(): number;
  /** Closes the connections and lets others have them. */
  stop(): Promise<void>;
}

interface Owned {
  heldAt: Date;
  /** Aborts when the shard is given up. */
  given: AbortController;
  gateway?: Gateway;
  /** Undefined while it is being opened or open. */
  openAt: Date | undefined;
}

/** A process that dies keeps its shards from the others for this long. */
const LEASE_MS = 15_000;
const BEAT_MS = 5_000;
/** A connection that isn't back by then won't come by itself: a fresh process may have more luck. */
const DEAD_MS = 10 * 60_000;
/** After a connection that could not be opened. */
const AGAIN_MS = 30_000;
/** Stopping waits for a database that doesn't answer no longer than this. */
const STOP_MS = 2_000;

export function keepShards({ io, wanted, most, open, beatMs = BEAT_MS }: ShardsDeps): Shards {
  const owned = new Map<number, Owned>();
  let count = 0;
  let beating: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let why: string | undefined;
  let stopped = false;
  let settle: (error?: Error) => void = () => {};
  const nameOf = (shard: number) => `shard:${shard}`;
  const age = (since: Date) => Math.abs(io.now().getTime() - since.getTime());

  // Discord wants all shards to be counted alike: the highest count that it ever asked for.
  async function agreeOnCount(): Promise<number> {
    const agreed = Number((await io.memory.get('shards')) ?? 0);
    if (agreed >= wanted) return agreed;
    await io.memory.set('shards', String(wanted));
    return wanted;
  }

  async function beat(): Promise<void> {
    const agreed = await agreeOnCount();
    if (agreed !== count) for (const shard of [...owned.keys()]) await letGo(shard, 'the number of shards has changed');
    count = agreed;
    for (const [shard, one] of owned) {
      const asked = io.now();
      if (await io.leases.take(nameOf(shard), LEASE_MS)) one.heldAt = asked;
      else await letGo(shard, 'another process has it');
    }
    for (const shard of shuffled(count)) {
      if (stopped || owned.has(shard) || owned.size >= most) continue;
      const heldAt = io.now();
      if (await io.leases.take(nameOf(shard), LEASE_MS)) owned.set(shard, { heldAt, given: new AbortController(), openAt: heldAt });
    }
    for (const [shard, one] of owned) if (one.openAt && one.openAt <= io.now()) void connect(shard, one);
    if (owned.size === 0) settle();
  }

  async function connect(shard: number, one: Owned): Promise<void> {
    one.openAt = undefined;
    try {
      one.gateway = await open(shard, count, one.given.signal);
      why = undefined;
      settle();
    } catch (error) {
      if (one.given.signal.aborted) return;
      one.openAt = new Date(io.now().getTime() + AGAIN_MS);
      why = wordsOf(error);
      io.log.error({ shard, why }, 'discord not connected, trying again');
      settle(error instanceof ConfigError ? error : undefined);
    }
  }

  async function letGo(shard: number, reason: string): Promise<void> {
    io.log.warn({ shard, reason }, 'discord shard given up');
    await close(shard);
  }

  async function close(shard: number): Promise<void> {
    const one = owned.get(shard);
    owned.delete(shard);
    if (one?.gateway) await one.gateway.close();
    else one?.given.abort();
  }

  // Without the database nobody knows whether a shard is still ours.
  async function expire(): Promise<void> {
    for (const [shard, { heldAt }] of owned) if (age(heldAt) > LEASE_MS) await letGo(shard, 'the lease could not be prolonged');
  }

  function tick(): void {
    const since = [...owned.values()].map(({ gateway }) => gateway?.downSince()).find((one) => one && age(one) > DEAD_MS);
    if (since) io.lost(`no connection to Discord since ${since.toISOString()}`);
    // The last look at the leases hangs.
    if (beating) void expire();
    beating ??= beat()
      .catch(async (error: unknown) => {
        io.log.warn({ error: wordsOf(error) }, 'discord shards could not be looked after');
        await expire();
        settle();
      })
      .finally(() => (beating = undefined));
  }

  return {
    async start() {
      const settled = new Promise<void>((resolve, reject) => (settle = (error) => (error ? reject(error) : resolve())));
      timer = setInterval(tick, beatMs);
      tick();
      await settled;
    },
    waits(reason) {
      why = reason;
      io.log.warn({ why }, 'discord login waits');
      settle();
    },
    open: () => [...owned.values()].flatMap(({ gateway }) => gateway ?? []),
    trouble: () => {
      const down = [...owned.values()].some(({ gateway }) => !gateway || gateway.downSince());
      return down ? (why ?? 'the connection to Discord is cut; it is taken up again by itself') : undefined;
    },
    owned: () => owned.size,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await Promise.race([beating, pause(STOP_MS, undefined, { ref: false })]);
      const mine = [...owned.keys()];
      await Promise.allSettled(mine.map(close));
      await Promise.allSettled(mine.map((shard) => io.leases.giveBack(nameOf(shard))));
    },
  };
}

/** 0 to `count`, in any order, so that several processes that begin at once don't all want the same. */
function shuffled(count: number): number[] {
  return Array.from({ length: count }, (_, i) => ({ i, at: Math.random() })).sort((a, b) => a.at - b.at).map(({ i }) => i);
}
