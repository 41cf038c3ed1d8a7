// A process of the proof: the real `paperround start`. Its parent gives it the time, and says at which line of the log it dies.
import { EventEmitter } from 'node:events';
import { writeSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { sql } from 'drizzle-orm';
import type { App } from '../../src/app.ts';
import type { Cli } from '../../src/bin/cli.ts';
import { start } from '../../src/bin/verbs/start.ts';
import { readConfig } from '../../src/config.ts';
import type { ForumPost, PlatformIo } from '../../src/core/platform.ts';
import { wordsOf } from '../../src/core/errors.ts';
import type { Layout } from '../../src/core/layout.ts';
import type { Log } from '../../src/core/log.ts';
import { openChannel } from '../../src/db/channels.ts';
import { rowsOf } from '../../src/db/connect.ts';
import { nextTry } from '../../src/db/outbox.ts';
import { postName } from '../../src/platforms/discord/forum.ts';
import { connect as connectDiscord } from '../../src/platforms/discord/connect.ts';
import { discord, slack, terminal } from '../../src/platforms/index.ts';

/** What the parent asks for; each is answered with `{ id, value }` or `{ id, error }`. */
export type Order =
  | { do: 'start'; at: number; skew: number; drift: number; env: Record<string, string>; dieAt: { text: string; nth: number } | undefined; blind: boolean }
  | { do: 'channels'; at: number; since: number; channels: { platform: string; workspace: string; id: string; at: string; size: number; layout: Layout; forum: boolean }[] }
  | { do: 'tick'; at: number }
  | { do: 'votes'; at: number }
  | { do: 'ledger'; at: number }
  | { do: 'stop'; at: number };

export interface LedgerRow {
  platform: string;
  channel: string;
  on: string;
  status: string;
  why: string | null;
  messages: { key: string; position: number; reply: boolean; status: string; error: string | null; attempts: number }[] | null;
}

/** A post whose answer doesn't come within this real time is one whose answer never comes: 15 s would only be waited for. */
const PATIENCE_MS = 2_000;
const USUAL_PATIENCE_MS = 15_000;

const realNow = Date.now.bind(Date);
let offset = 0;
// The host's clock, for the SDKs' own reckoning of limits too.
Date.now = () => realNow() + offset;
const setClock = (at: number) => void (offset = at - realNow());
const botNow = () => new Date(Date.now() - skew + drift);
const timeout = AbortSignal.timeout.bind(AbortSignal);
// A platform that could not be reached is tried again each minute, and the proof's minutes are short.
const every = globalThis.setInterval;
globalThis.setInterval = ((act: () => void, ms: number) => every(act, ms === 60_000 ? 1_000 : ms)) as typeof setInterval;
AbortSignal.timeout = (ms) => timeout(ms < USUAL_PATIENCE_MS ? ms : PATIENCE_MS);

/** The SDKs too, which a platform loads when it connects. */
export const loadAll = () => Promise.all([import('@slack/bolt'), import('discord.js'), import('postgres'), import('drizzle-orm/postgres-js'), import('drizzle-orm/pglite')]);

interface Life {
  app: App;
  signals: EventEmitter;
  ended: Promise<void>;
}

let life: Life | undefined;
let skew = 0;
/** What the bot's clock is off by: it follows the database's where several processes share one. */
let drift = 0;
let dieAt: { text: string; nth: number } | undefined;

process.on('SIGTERM', () => {
  if (!life) process.exit(0);
  life.signals.emit('SIGTERM');
  void life.ended.then(() => process.exit(0));
});
process.on('disconnect', () => process.exit(0));
process.on('message', (message: { id: number; order: Order }) => {
  obey(message.order).then(
    (value) => process.send!({ id: message.id, value }),
    (error: unknown) => process.send!({ id: message.id, error: wordsOf(error) }),
  );
});

async function obey(order: Order): Promise<unknown> {
  setClock(order.at + (order.do === 'start' ? order.skew : skew));
  switch (order.do) {
    case 'start':
      return begin(order);
    case 'channels':
      return openChannels(order);
    case 'tick':
      await life!.app.tick();
      return waitingUntil();
    case 'votes':
      // Every paper has won many: each post is worth an edit, and each paper rises.
      return void (await life!.app.deps.db.execute(sql`update papers set upvotes = 5 * upvotes`));
    case 'ledger':
      return ledger();
    case 'stop':
      life!.signals.emit('SIGTERM');
      await life!.ended;
      life = undefined;
      return undefined;
  }
}

async function begin(order: Order & { do: 'start' }): Promise<void> {
  ({ skew, drift } = order);
  // Not in the middle of its first words to the terminal.
  dieAt = undefined;
  const signals = new EventEmitter();
  let over = false;
  const facade = Object.assign(signals, {
    env: order.env,
    stdin: new PassThrough(),
    stdout: new PassThrough().resume(),
    stderr: new PassThrough().resume(),
    exit: (code: number) => (over ? undefined : process.exit(code)),
  });
  const quick = { ...discord, connect: (io: PlatformIo) => connectDiscord(io, { postMs: PATIENCE_MS }) };
  const platforms = [terminal, slack, quick].map((platform) => (order.blind ? { ...platform, connect: async (io: PlatformIo) => ({ ...(await platform.connect(io)), find: async () => undefined }) } : platform));
  const config = { ...readConfig(order.env, platforms), sources: [] };
  await new Promise<void>((ready, failed) => {
    const log = logTo((text) => text === 'ready' && void ((dieAt = order.dieAt), setImmediate(ready)));
    const run = start({
      ...{ process: facade, platforms, config, json: false, now: botNow, log: async () => log },
      ...{ say() {}, tell() {}, progress() {} },
      begun: (app: App) => (life = { app, signals, ended: run.catch(() => {}) }),
    } as unknown as Cli).finally(() => (over = true));
    run.catch(failed);
  });
}

function logTo(onText: (text: string) => void): Log {
  const line = (level: string) => (data: object, text: string) => {
    writeSync(2, `${JSON.stringify({ level, text, ...data })}\n`);
    onText(text);
    if (dieAt && dieAt.text === text && --dieAt.nth === 0) process.kill(process.pid, 'SIGKILL');
  };
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}

// By the parent's time, and as if they had been there before: a host whose clock is ahead, or that was slow to start, would begin with tomorrow.
async function openChannels({ since, channels }: Order & { do: 'channels' }): Promise<void> {
  for (const { at, size, layout, ...ref } of channels) {
    const start = { zone: 'UTC', at, days: [1, 2, 3, 4, 5, 6, 7], size, layout, createdBy: `${ref.platform}:${ref.workspace}:U1` };
    await openChannel(life!.app.deps.db, ref, start, new Date(since));
  }
}

/** When the next message may be tried, in the parent's time. */
async function waitingUntil(): Promise<number | undefined> {
  const tries = await Promise.all(['slack', 'discord'].map((platform) => nextTry(life!.app.deps.db, platform)));
  const times = tries.flatMap((at) => (at ? [at.getTime()] : []));
  return times.length ? Math.min(...times) - drift : undefined;
}

// The first message of a forum's post carries no key, so that one goes by its name.
async function ledger(): Promise<LedgerRow[]> {
  const rows = await readLedger();
  return rows.map((row) => ({ ...row, messages: row.messages?.map(({ post, ...message }) => ({ ...message, key: post ? `${row.channel}: ${postName(post)}` : message.key })) ?? null }));
}

type Read = Omit<LedgerRow, 'messages'> & { messages: (NonNullable<LedgerRow['messages']>[number] & { post: ForumPost | null })[] | null };

async function readLedger(): Promise<Read[]> {
  return rowsOf<Read>(
    life!.app.deps.db,
    sql`
      select c.platform, c.external_id as channel, r.on::text as "on", r.status, r.why,
        (select json_agg(json_build_object('key', o.key, 'post', o.post, 'position', o.position, 'reply', o.parent_id is not null, 'status', o.status, 'error', o.error, 'attempts', o.attempts) order by o.position)
          from outbox o where o.roundup_id = r.id) as messages
      from roundups r join channels c on c.id = r.channel_id
      where c.platform <> 'terminal' order by r.id`,
  );
}
