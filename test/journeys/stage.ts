// A journey's stage: one chat platform as people see it, with the whole bot behind it and the real client in between.
import { onTestFinished } from 'vitest';
import type { Db } from '../../src/db/connect.ts';
import { offline, startBot, startWorld, tickAt, type Bot, type Connection, type World } from '../support/bot.ts';
import { discordStage } from './discord-stage.ts';
import { slackStage } from './slack-stage.ts';

/** Ana may manage channels; Gus may not (on Slack a guest, on Discord a member without the right). */
export type Who = 'Ana' | 'Gus';

/** Channels that are there from the start, `secret` for those alone who were let in; and Ana's direct messages with the bot. */
export type Place = 'papers' | 'random' | 'lab' | 'secret' | 'direct';

export interface At {
  who?: Who;
  in?: Place;
}

/** One message as somebody reads it. */
export interface Shown {
  /** Every word of it, in order, without the markup. */
  words: string;
  buttons: string[];
  /**
   * Presses the first button with this label, whichever paper it is about, unless its title is given; Ana does, unless
   * someone else is named. Where papers share a list, the paper is chosen there and the button pressed below it.
   */
  press(label: string, who?: Who, paper?: string): Promise<Said>;
}

/** What came back for a command or a press. */
export interface Said {
  toAsker: Shown[];
  toChannel: Shown[];
}

/** A message that the bot posted of its own accord, with what stands in its thread. */
export interface Post extends Shown {
  /** The line of the notification. */
  notice: string;
  thread: Shown[];
}

/** What each platform has to play. */
export interface Scene {
  /** The UTC hour of nine o'clock for a channel that Ana subscribed in July: her own zone on Slack, UTC on Discord. */
  nine: string;
  /** Where to mend what `shutOut` breaks, in words that the bot must say. */
  fix: string;
  type(line: string, at?: At): Promise<Said>;
  posts(place?: Place): Post[];
  /** Takes away what the bot needs to post in a channel, and gives it back. */
  shutOut(place: Place): void;
  letIn(place: Place): void;
  /** Takes away from somebody the right to manage channels. */
  demote(who: Who): void;
  /** Ana takes no direct messages from now on. */
  refuseDirect(): void;
  /** The next post is accepted and its answer lost. */
  loseNextAnswer(): void;
  /** The next post is refused for being one too many, for this many seconds. */
  refuseForSeconds(seconds: number): void;
  /** The next looks at what stands in a channel are refused for being too many, for this many seconds. */
  refuseLooks(seconds: number, times: number): void;
  /** The platform's servers are in trouble: the next posts and looks are answered with 503. */
  breakDown(times: number): void;
  /** Somebody deletes all that was posted in the channel. */
  deletePosts(place: Place): void;
  /** The channel is deleted, and the bot is not told. */
  vanish(place: Place): void;
  /** The channel is deleted, and the bot is told. */
  deleteChannel(place: Place): Promise<void>;
}

export interface Stage extends Scene {
  world: World;
  bot: Bot;
  /** The database, as the bot sees it. */
  db: Db;
  /** Moves the clock and lets the bot do what is due. */
  tickAt(at: string): Promise<void>;
  /** Ends the bot and starts another on the same database, in the same world. */
  restart(): Promise<void>;
}

export type StageName = 'Slack' | 'Slack over HTTP' | 'Discord';

const CONNECTIONS: Record<StageName, Connection> = { Slack: 'slack', 'Slack over HTTP': 'slack over http', Discord: 'discord' };

/** For `describe.each`: where most journeys take place, and where those do that walk the whole way in. */
export const BOTH: StageName[] = ['Slack', 'Discord'];
export const ALL: StageName[] = ['Slack', 'Slack over HTTP', 'Discord'];

/** A bot on a platform, gone when the test is over; then a message that anyone would mind, or an error in the log, fails it. */
export async function openStage(name: StageName, db: Db, { at, fetch = offline, email }: { at?: string; fetch?: typeof globalThis.fetch; email?: true } = {}): Promise<Stage> {
  const world = await startWorld(at ? new Date(at) : undefined);
  onTestFinished(() => world.stop());
  const start = () => startBot(db, world, [CONNECTIONS[name], ...(email ? (['email'] as const) : [])], fetch);
  const stage: Stage = {
    ...(name === 'Discord' ? discordStage(world.discord) : slackStage(world.slack)),
    world,
    db,
    bot: await start(),
    async tickAt(time) {
      await tickAt(db, world, [stage.bot], time);
    },
    async restart() {
      await close(stage.bot);
      stage.bot = await start();
    },
  };
  onTestFinished(() => close(stage.bot));
  return stage;
}

async function close(bot: Bot): Promise<void> {
  await bot.stop();
  if (bot.errors.length > 0) throw new Error(`the log has errors:\n${bot.errors.join('\n')}`);
}
