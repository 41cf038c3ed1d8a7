// What a platform is handed of the bot: commands, the database's memory, and where to say what happened to channels.
import { randomUUID } from 'node:crypto';
import { complete, foresee, formOf, handle } from './call.ts';
import { commandFor, type Deps } from './command.ts';
import type { ChannelRef } from './core/chat.ts';
import type { ChannelChange, Platform, PlatformIo, Preflight, Route } from './core/platform.ts';
import type { Doc } from './core/doc.ts';
import { ConfigError, wordsOf } from './core/errors.ts';
import { greeting } from './core/greeting.ts';
import { takeTurns } from './db/budgets.ts';
import { findChannel, refOf, renameChannel, type Channel } from './db/channels.ts';
import { claim } from './db/claims.ts';
import { longText, recall, remember, rememberOnce, shorten } from './db/facts.ts';
import { giveBack, takeLease } from './db/leases.ts';
import { listLost, loseChannel, loseWorkspace, takeBack } from './db/lost-channels.ts';
import { seal } from './db/sealed.ts';
import { makeHome } from './home.ts';
import { openInstallations } from './installations.ts';
import { papersIn, previewLinks } from './links.ts';

export interface PlatformIoDeps {
  deps: Deps;
  mount: (route: Route) => void;
  lost: (why: string) => void;
}

export function makePlatformIo(platform: Platform, { deps, mount, lost }: PlatformIoDeps): PlatformIo {
  const { db, log, now, config } = deps;
  const seenHere = new Set<string>();
  const named = (name: string) => `${platform.name}:${name}`;
  const owner = randomUUID();
  return {
    env: config.platforms[platform.name] ?? {},
    commands: deps.commands.map((command) => commandFor(command, platform.can)),
    handle: (call) => handle(call, deps),
    complete: (call) => complete(call, deps),
    form: (call) => formOf(call, deps),
    foresee: (call) => foresee(call, deps),
    home: (whose) => makeHome(whose, platform.name, deps),
    greeting: (ref) => firstGreeting(ref, deps),
    previews: (ref, message) => previewLinks(ref, message, deps),
    papersIn: (text, who) => papersIn(text, who, deps),
    channelChanged: (ref, change) => channelChanged(ref, change, deps),
    async workspaceChanged(workspace, change) {
      const place = { platform: platform.name, workspace };
      if ('gone' in change) {
        const paused = await loseWorkspace(db, place, change.gone);
        log.warn({ platform: platform.name, workspace, code: change.gone, paused }, 'workspace lost');
      } else {
        for (const channel of await listLost(db, place)) await goOn(channel, deps);
      }
    },
    async claim(id) {
      try {
        return await claim(db, named(id), now());
      } catch (error) {
        // Better answered by two processes than by none.
        log.error({ platform: platform.name, error: wordsOf(error) }, 'what was taken in hand could not be written down');
        const first = !seenHere.has(id);
        seenHere.add(id);
        return first;
      }
    },
    takeTurns: (budget, count) => takeTurns(db, { ...budget, name: named(budget.name) }, count, now()),
    leases: {
      async take(name, ms) {
        const asked = now();
        return (await takeLease(db, named(name), owner, asked, new Date(asked.getTime() + ms))) === undefined;
      },
      giveBack: (name) => giveBack(db, named(name), owner, now()),
    },
    installations: openInstallations(platform.name, deps),
    seal(words, about) {
      if (!config.keys) throw new ConfigError(['PAPERROUND_KEYS is missing.']);
      return seal(config.keys, words, about);
    },
    lost,
    words: { keep: async (text) => `=${await shorten(db, text, now())}`, get: async (name) => longText(db, name.replace(/^=/, '')) },
    memory: { get: (key) => recall(db, named(key)), set: (key, value) => remember(db, named(key), value, now()) },
    mount,
    log,
    now,
  };
}

// A thread is greeted as its channel is.
async function firstGreeting(ref: ChannelRef, { db, log, now }: Deps): Promise<Doc | undefined> {
  const { platform, workspace, id } = { ...ref, id: ref.parent ?? ref.id };
  // Direct messages have no channel to subscribe.
  if (ref.person !== undefined) return undefined;
  try {
    if ((await findChannel(db, ref)) ?? (await findChannel(db, { platform, workspace, id }))) return undefined;
    return (await rememberOnce(db, `greeted:${platform}:${workspace}:${id}`, now())) ? greeting() : undefined;
  } catch (error) {
    log.warn({ platform, channel: id, error: wordsOf(error) }, 'no greeting');
    return undefined;
  }
}

async function channelChanged(ref: ChannelRef, change: ChannelChange, deps: Deps): Promise<void> {
  if ('name' in change) return renameChannel(deps.db, ref, change.name);
  const channel = await findChannel(deps.db, ref);
  if (!channel) return;
  if ('back' in change) await goOn(channel, deps);
  else if (change.ask && (await ask(ref, deps)).ok) await goOn(channel, deps);
  else if (await loseChannel(deps.db, channel, change.gone)) deps.log.warn({ channel: channel.id, code: change.gone }, 'channel lost');
}

// Back is not enough: the right to post there may still be missing, and then a person has to mend it.
async function goOn(channel: Channel, deps: Deps): Promise<void> {
  if (!channel.pausedCode) return;
  const can = await ask(refOf(channel), deps);
  if (!can.ok) return deps.log.info({ channel: channel.id, code: can.code }, 'channel back, but still without the right to post');
  await takeBack(deps.db, channel, deps.now());
  deps.log.info({ channel: channel.id }, 'channel back');
}

function ask(ref: ChannelRef, deps: Deps): Promise<Preflight> {
  return deps.preflight(ref).catch((error: unknown): Preflight => ({ ok: false, code: 'unknown', problem: wordsOf(error), fix: '' }));
}
