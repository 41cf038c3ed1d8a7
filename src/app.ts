// The composition root: settings, database, platforms, sources, the clock's tick and the one HTTP server become a bot.
import { randomBytes } from 'node:crypto';
import cron from 'node-cron';
import { handle } from './call.ts';
import type { Deps } from './command.ts';
import * as commandList from './commands/index.ts';
import type { Config } from './config.ts';
import type { Answer, Call } from './core/chat.ts';
import type { ChatAdapter, Platform, Route } from './core/platform.ts';
import type { EmailDoor } from './core/email-door.ts';
import { ConfigError, wordsOf } from './core/errors.ts';
import type { Log } from './core/log.ts';
import { localDate, type Clock } from './core/schedule.ts';
import type { OpenDb } from './db/connect.ts';
import { reconcile } from './db/reconcile.ts';
import { refOf } from './db/channels.ts';
import { findRoundup, isWaiting } from './db/roundups.ts';
import { saveReadyTopics, topicLabel, topicsOf } from './db/topics.ts';
import { openDirect } from './delivery/direct.ts';
import { editDue } from './delivery/edit.ts';
import { makeRoundup, roundupMoment } from './delivery/make.ts';
import { openSender, type Sender } from './delivery/sender.ts';
import { tellLost } from './delivery/tell-lost.ts';
import { enqueueDue, enqueueFor, type DeliveryDeps } from './delivery/tick.ts';
import { unsettled } from './delivery/settled.ts';
import { sourceNotes } from './delivery/source-notes.ts';
import { openEmail } from './email/index.ts';
import { awaited, noListWhy } from './awaited.ts';
import { openHttp } from './http.ts';
import { ingestLive } from './ingest/live.ts';
import { lookUpPaper, type LookUpDeps } from './ingest/look-up.ts';
import { makePlatformIo } from './platform-io.ts';
import * as sourceList from './sources/index.ts';
import { runUpkeep } from './upkeep.ts';
import { watchReadiness } from './web/ready.ts';
import { answer as answerHttp, type Web } from './web/server.ts';
import type { Watch } from './web/watch.ts';

export interface AppOptions {
  config: Config;
  opened: OpenDb;
  log: Log;
  now: Clock;
  /** Sets the clock before each tick, where it follows another. */
  syncClock?: () => Promise<void>;
  platforms: Platform[];
  fetch: typeof fetch;
  /** A platform's connection can't be revived: whoever runs the bot should end and be started afresh. */
  onLost?: (why: string) => void;
}

export interface App {
  deps: Deps;
  adapters: Map<string, ChatAdapter>;
  handle(call: Call): Promise<Answer>;
  /** Connects one platform; throws what the platform throws. */
  connect(platform: Platform): Promise<void>;
  /** The door to addresses, where e-mail is set up. */
  email: EmailDoor | undefined;
  /** Opens the HTTP server, if a port is set or a platform is reached by it, once; returns its address. */
  listen(): Promise<string | undefined>;
  /** Everything that is due now: roundups, messages, sources, chores. */
  tick(): Promise<void>;
  /** Sends what is in the outbox, and comes back by itself for what must wait. */
  send(): Promise<void>;
  /** Ticks each minute from now on. */
  run(): void;
  stopping(): boolean;
  stop(): Promise<void>;
}

const commands = Object.values(commandList);

/** Puts the bot together. Nothing is connected and nothing runs until it is told to. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, opened, log, now, platforms } = options;
  const { db, background = db } = opened;
  const adapters = new Map<string, ChatAdapter>();
  const routes: Route[] = [{ method: 'GET', path: '/healthz', handle: (_request, response) => answerHttp(response, 200, 'ok\n') }];
  const stopping = new AbortController();
  const sources: LookUpDeps = {
    ...{ db: background, now, log, fetch: options.fetch, env: config.sourceEnv, categories: config.categories, crossLists: config.crossLists },
    sources: Object.values(sourceList),
    signal: stopping.signal,
  };
  /** A person waits for the answer. */
  const inTime = (ms = LOOK_UP_MS): LookUpDeps => ({ ...sources, db, signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(ms)]) });
  const delivery: DeliveryDeps = { db: background, log, platforms, ...timing(config), sourceNotes: () => sourceNotes(background, now(), config.channel.zone), unsettled: (at) => unsettled(background, awaited(config), at), noListWhy: noListWhy(config) };
  const owner = `${process.pid}-${randomBytes(4).toString('hex')}`;
  // One each, so that a platform that is slow, or must wait, keeps no other waiting.
  const senders = new Map<string, Sender>();
  const send = async () => void (await Promise.all([...senders.values()].map((sender) => sender.send())));
  const readiness = watchReadiness({ db, log, now, adapters, platforms: Object.keys(config.platforms), stopping: () => stopping.signal.aborted });
  let web: Promise<Web> | undefined;
  let watch: Watch | undefined;
  let task: ReturnType<typeof cron.schedule> | undefined;
  const unknown = config.sources.filter((name) => !sources.sources.some((source) => source.name === name && source.kind === 'live'));
  if (unknown.length) throw new ConfigError(unknown.map((name) => `config/paperround.yaml, sources: there is no live source “${name}”.`));
  await saveReadyTopics(db, config.topics);

  const platformOf = (wanted: string) => platforms.find(({ name }) => name === wanted);
  const managers = (name: string) => config.managers[name] ?? platformOf(name)?.managers ?? 'admin';
  const deps: Deps = {
    db,
    now,
    log,
    config,
    commands,
    managers,
    can: (name) => platformOf(name)?.can ?? NOTHING,
    lookUp: (arxivId, withinMs) => lookUpPaper(inTime(withinMs), arxivId),
    sendSoon: () => void send(),
    answered: (command, seconds) => watch?.metrics.answered(command, seconds),
    preflight: (ref) => adapterOf(ref.platform).preflight(ref),
    openDirect: (call) => openDirect(call, { platforms, adapters }),
    standing: async (ref, { person }) => (await adapterOf(ref.platform).standing?.(ref, person.id)) ?? (await person.profile()).standing,
    async makeRoundup({ channel, ref, topics, window, size }) {
      const own = channel && !topics ? await topicsOf(db, channel.id) : [];
      const moment = await roundupMoment(db, now(), channel?.zone ?? config.channel.zone);
      return makeRoundup(db, {
        ...moment,
        topics: topics?.map((query) => ({ label: config.topics.find((ready) => ready.query === query)?.name ?? query, query })) ?? own.map((topic) => ({ label: topicLabel(topic), query: topic.query })),
        size: size ?? channel?.size ?? config.channel.size,
        place: channel ? refOf(channel) : { ...ref, id: ref.parent ?? ref.id },
        channelId: channel?.id,
        ...(window ? { window, days: DAYS[window] } : {}),
        // A preview is one message.
        look: { layout: channel && channel.layout !== 'compact' ? 'full' : 'compact', threads: true },
      });
    },
    async postNow(channel) {
      const on = localDate(now(), channel.zone);
      if (await findRoundup(db, channel, on, 'extra')) return 'already';
      const roundup = await enqueueFor(delivery, channel, { on, kind: 'extra', dueAt: now() }, now());
      if (!roundup) return 'nothing new';
      void send();
      return 'queued';
    },
  };

  const email = openEmail({ deps, platform: platformOf('email'), adapters, signal: stopping.signal });
  if (email) deps.askAddress = (wish) => email.ask(wish);

  function adapterOf(name: string): ChatAdapter {
    const adapter = adapters.get(name);
    if (!adapter) throw new Error(`${name} is not connected`);
    return adapter;
  }

  // Two lanes: a source that takes its time never holds up a roundup.
  const makeDue = alone(async () => {
    await attempt('the database did not tell the time', async () => options.syncClock?.());
    const began = now();
    await attempt('unfinished roundups could not be ended', async () => {
      for (const ended of await reconcile(background, now())) log.warn(ended, 'roundup left unfinished by its process has ended');
    });
    await attempt('roundups could not be made', () => enqueueDue(delivery, now(), () => void send()));
    watch?.metrics.ticked((now().getTime() - began.getTime()) / 1_000);
    // Looks at the connections meanwhile, so that it is known how long one has been away.
    if (watch && !stopping.signal.aborted) await readiness();
  });
  const keepUp = alone(async () => {
    await attempt('sources could not be read', async () =>
      ingestLive({ ...sources, sources: sources.sources.filter(({ name }) => config.sources.includes(name)), hurry: await isWaiting(background) }),
    );
    await attempt('chores failed', () => runUpkeep(opened, config, now(), log));
  });
  // Roundups are made each minute, also while those of the minutes before are still on their way.
  const deliver = async () => {
    await makeDue();
    await send();
    await attempt('lost channels could not be told of', () => tellLost({ db: background, log, platforms, adapters }, now()));
  };
  // Behind what is posted: nobody waits for it.
  const edit = alone(async () => {
    if (config.edits) await attempt('posts could not be brought up to date', () => editDue({ db: background, log, now, adapters }, stopping.signal));
  });
  const tick = async () => void (await Promise.all([deliver().then(edit), keepUp()]));

  async function openServer(host: string, port: number): Promise<Web> {
    const opened = await openHttp({ config, db, now, log, readiness, routes, email }, { host, port });
    watch = opened.watch;
    return opened;
  }

  async function attempt(what: string, act: () => Promise<unknown>): Promise<void> {
    if (stopping.signal.aborted) return;
    try {
      await act();
    } catch (error) {
      log.error({ error: wordsOf(error) }, what);
    }
  }

  return {
    deps,
    adapters,
    handle: (call) => handle(call, deps),
    email,
    async connect(platform) {
      const lost = (why: string) => {
        log.error({ platform: platform.name, why }, 'connection lost for good');
        options.onLost?.(`${platform.name}: ${why}`);
      };
      const adapter = await platform.connect(makePlatformIo(platform, { deps, mount: (route) => void routes.push(route), lost }));
      adapters.set(platform.name, adapter);
      const gap = platform.messageGapMs === undefined ? {} : { gapMs: platform.messageGapMs };
      senders.set(platform.name, openSender({ db: background, log, now, platform: platform.name, adapter, owner, ...gap, observe: (...seen) => watch?.metrics.observe(...seen) }));
    },
    async listen() {
      const { host, port = routes.length > 1 || config.http.publicUrl ? DEFAULT_PORT : undefined } = config.http;
      if (port === undefined) return undefined;
      web ??= openServer(host, port);
      return (await web).url;
    },
    tick,
    send,
    run() {
      task = cron.schedule('* * * * *', () => void tick(), { timezone: 'UTC' });
    },
    stopping: () => stopping.signal.aborted,
    async stop() {
      stopping.abort();
      await task?.stop();
      await Promise.all([...[...senders.values()].map((sender) => sender.stop()), edit()]);
      await Promise.allSettled([...adapters.values()].map((adapter) => adapter.stop()));
      await web?.then((open) => open.stop());
      await Promise.all([deliver(), keepUp()]);
    },
  };
}

/** While it is under way, whoever calls again gets the same run. */
function alone(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= act().finally(() => (running = undefined)));
}

const DAYS = { day: 7, week: 14, month: 35 } as const;
const DEFAULT_PORT = 3000;
const NOTHING = { thread: false, actions: false, silent: false, links: false };
const LOOK_UP_MS = 20_000;

function timing({ graceHours, spreadSeconds, edits }: Config) {
  return { graceHours, spreadMs: spreadSeconds * 1_000, edits };
}
