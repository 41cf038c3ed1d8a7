// The playground's world: the real bot between a Slack and a Discord on the loopback, and a clock that moves with what people do.
import { readConfig } from '../../src/config.ts';
import { wordsOf } from '../../src/core/errors.ts';
import { dateInWords } from '../../src/core/schedule.ts';
import { listChannels, openChannel, type Channel } from '../../src/db/channels.ts';
import type { Db } from '../../src/db/connect.ts';
import { findRoundup } from '../../src/db/roundups.ts';
import { startBot, startWorld, tickAt } from '../../test/support/bot.ts';
import { discordSide, READING_ROOM } from './discord-side.ts';
import type { Person } from './people.ts';
import { allOn, type Filled, type Press, type Side, type SideName } from './side.ts';
import { slackSide } from './slack-side.ts';
import { suggestLines, type Suggestion } from './suggest.ts';
import { SIDES } from './view.ts';

export interface Play {
  sides: Record<SideName, Side>;
  now(): Date;
  /** The channels' zone, in which all times are shown. */
  zone: string;
  /** The address of a paper that was posted. */
  example: string | undefined;
  /** What went wrong, or is worth knowing, of what was done last. */
  notices: string[];
  /** The first message that came of it, on each side. */
  fresh: Partial<Record<SideName, string>>;
  /** A line that begins with a slash is a command, another one a message; `within`: the forum's post that it is said in. */
  say(line: string, to: SideName[], person: Person, within?: string): Promise<void>;
  press(side: SideName, press: Press, person: Person): Promise<void>;
  lookUp(message: string, person: Person): Promise<void>;
  fill(side: SideName, field: string, filled: Filled, person: Person): Promise<void>;
  submit(side: SideName, filled: Filled, person: Person): Promise<void>;
  openHome(person: Person): Promise<void>;
  /** Asks for an answer and a form on both, and notes what stands where. */
  glance(person: Person): Promise<void>;
  /** What stood there before the answer and before the form, by key. */
  marks: Record<'roundup' | 'answer', string[]>;
  /** Moves the clock to the next roundup, and posts it. */
  nextMorning(person: Person): Promise<void>;
  /** When the next roundup is due; undefined when no channel waits for one. */
  nextDue(): Promise<Date | undefined>;
  suggest(line: string, person: Person): Promise<Suggestion[]>;
  /** Throws what Slack or Discord would have minded in anything that the bot sent. */
  stop(): Promise<void>;
}

const MINUTE = 60_000;

/** Both channels, and a forum, have a roundup of everything that trends, and that of the moment `at` has just been posted. */
export async function startPlay(db: Db, at: Date): Promise<Play> {
  const world = await startWorld(new Date(at.getTime() - MINUTE));
  const { now } = world.clock;
  const sides = { slack: slackSide(world.slack, now), discord: discordSide(world.discord) };
  const bot = await startBot(db, world, ['slack', 'discord']);
  const { commands } = bot.app.deps;
  const usual = { ...readConfig({}, []).channel, createdBy: 'playground' };
  for (const { channel } of Object.values(sides)) await openChannel(db, channel, usual, now());
  const forum = { ...sides.discord.channel, id: READING_ROOM, name: 'reading-room', forum: true };
  await openChannel(db, forum, { ...usual, size: 3, layout: 'each' }, now());

  const play: Play = {
    ...{ sides, now, zone: usual.zone, example: undefined, notices: [], fresh: {}, marks: { roundup: [], answer: [] } },
    say: (line, to, person, within) =>
      act(person, async () => {
        const said = readLine(line, commands.map(({ name }) => name));
        const say = (side: Side) => (said.startsWith('/') ? side.type(said, person, within) : side.write(said, person, within));
        const results = await Promise.allSettled(to.map((name) => say(sides[name])));
        for (const result of results) if (result.status === 'rejected') play.notices.push(wordsOf(result.reason));
      }),
    press: (side, press, person) => act(person, () => sides[side].press(press, person)),
    lookUp: (message, person) => act(person, () => sides.discord.lookUp!(message, person)),
    fill: (side, field, filled, person) => act(person, () => sides[side].fill(field, filled, person)),
    submit: (side, filled, person) => act(person, () => sides[side].submit(filled, person)),
    openHome: (person) => act(person, () => sides.slack.openHome(person)),
    async glance(person) {
      play.marks = { roundup: keysOf(person), answer: [] };
      await play.say('/paper attention', SIDES, person);
      const { roundup } = play.marks;
      play.marks.answer = keysOf(person).filter((key) => !roundup.includes(key));
      await play.say('/roundup subscribe', SIDES, person);
    },
    nextMorning: (person) => act(person, goOn),
    async nextDue() {
      const times = (await running()).map(({ nextDueAt }) => nextDueAt.getTime());
      return times.length ? new Date(Math.min(...times)) : undefined;
    },
    suggest: (line, person) => suggestLines(line, person, bot.app.deps),
    async stop() {
      await last;
      await bot.stop();
      await world.stop();
    },
  };

  // One after the other, as two windows may be open. Each takes a minute, at whose end the bot does what is due.
  let last: Promise<void> = Promise.resolve();
  function act(person: Person, does: () => Promise<void>): Promise<void> {
    return (last = last.then(async () => {
      const seen = keysOf(person);
      const [errors, problems] = [bot.errors.length, world.discord.problems.length];
      play.notices = [];
      await does().catch((error: unknown) => play.notices.push(wordsOf(error)));
      await tick(new Date(now().getTime() + MINUTE));
      play.notices.push(...bot.errors.slice(errors), ...world.discord.problems.slice(problems));
      play.fresh = {};
      for (const side of Object.values(sides)) {
        const fresh = allOn(side, person).find(({ key }) => !seen.includes(key));
        if (fresh) play.fresh[side.name] = fresh.key;
      }
    }));
  }

  const keysOf = (person: Person) => Object.values(sides).flatMap((side) => allOn(side, person).map(({ key }) => key));

  const tick = (time: Date) => tickAt(db, world, [bot], time);

  async function goOn(): Promise<void> {
    const due = await play.nextDue();
    if (!due) throw new Error('No channel waits for a roundup: subscribe one, or resume it.');
    const waiting = (await running()).filter(({ nextDueAt }) => nextDueAt.getTime() === due.getTime());
    await tick(due);
    for (const channel of waiting) play.notices.push(...(await whyNone(db, channel)));
  }

  async function running(): Promise<Channel[]> {
    return (await listChannels(db)).filter(({ pausedWhy }) => !pausedWhy);
  }

  await tick(at);
  play.example = /https:\/\/(?:arxiv\.org|huggingface\.co)\/[^"\s]+/.exec(JSON.stringify(world.slack.messages))?.[0];
  return play;
}

function readLine(typed: string, names: string[]): string {
  const line = typed.trim();
  if (line && !line.startsWith('/')) return line;
  const name = /^\/(\S+)/.exec(line)?.[1];
  if (!name || !names.includes(name)) throw new Error(`Paperround’s commands are ${names.map((one) => `/${one}`).join(' and ')}.`);
  return line;
}

/** Why the channel got no roundup for the slot that it waited for; nothing when it did. */
async function whyNone(db: Db, channel: Channel): Promise<string[]> {
  const roundup = await findRoundup(db, channel, channel.nextDueOn, 'daily');
  if (roundup?.status === 'sent') return [];
  return [`No roundup on ${channel.platform} for ${dateInWords(channel.nextDueOn)}${roundup?.why ? `: ${roundup.why}` : ''}.`];
}
