// The bot with the renderers of all platforms and nothing behind them, and what it says there to the same words.
import { sql } from 'drizzle-orm';
import { createApp, type App } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Answer, ChannelRef, Person, Standing } from '../../src/core/chat.ts';
import { SourceError } from '../../src/core/errors.ts';
import { silent } from '../../src/core/log.ts';
import type { ChatAdapter, OutboxMessage, Payload, Platform, PostedMessage } from '../../src/core/platform.ts';
import type { Paper } from '../../src/core/paper.ts';
import type { Db } from '../../src/db/connect.ts';
import { remember } from '../../src/db/facts.ts';
import { findPaper } from '../../src/db/papers.ts';
import { discord, slack, terminal } from '../../src/platforms/index.ts';
import { MONDAY, stoppedClock } from '../support/factories.ts';

export const PLATFORMS = [terminal, slack, discord];

/** One thing that can be said, and the circumstances. */
export interface Outcome {
  /** In a few words, unique among a command's. */
  when: string;
  /** What was said before, by Ana, who manages the channel. `[Undo]` presses that button of the last answer. */
  before?: string[];
  /** What happened besides, before that. */
  given?: (stage: Stage) => Promise<unknown> | void;
  say: string;
  /** Gus may look, and manage nothing. */
  who?: 'Ana' | 'Gus';
  place?: Partial<ChannelRef>;
  /** Sets right again what others would stumble over. */
  after?: (stage: Stage) => Promise<unknown>;
  /** Where it can be said at all; everywhere unless told. */
  on?: Platform[];
}

/** A platform, with a workspace of its own for each outcome. */
export interface Stage {
  db: Db;
  app: App;
  platform: Platform;
  place: ChannelRef;
  clock: ReturnType<typeof stoppedClock>;
  /** May be replaced until the outcome is over. */
  adapter: ChatAdapter;
  /** What arXiv says of a paper that the table lacks; can't be asked unless told. */
  arxiv: () => Promise<Paper | undefined>;
  profile: { zone?: string; readOnly?: true };
  posted: OutboxMessage[];
  edited: PostedMessage[];
  /** What the bot told somebody in a direct message. */
  told: Payload[];
  say: (line: string, who?: 'Ana' | 'Gus' | 'Kim') => Promise<Answer>;
  /** What is due at this time, and what has to wait a moment for its turn. */
  tick: (at: string) => Promise<void>;
}

export interface Told {
  platform: Platform;
  answer: Answer;
  payloads: Payload[];
}

export interface Theatre {
  stages: (on?: Platform[]) => AsyncGenerator<Stage>;
  tell: (outcome: Outcome) => Promise<Told[]>;
}

const STANDING: Record<string, Standing> = { Ana: 'admin', Kim: 'member', Gus: 'guest' };

export async function openTheatre(db: Db): Promise<Theatre> {
  const clock = stoppedClock(MONDAY);
  const away = () => Promise.reject(new SourceError('fetch failed'));
  let stage: Stage;
  const adapter = (name: string): ChatAdapter => ({
    post: (message) => stage.adapter.post(message),
    preflight: (channel) => stage.adapter.preflight(channel),
    ...(name === 'terminal' ? {} : { tell: (to, payload) => stage.adapter.tell!(to, payload), edit: async (message) => void stage.edited.push(message) }),
    stop: async () => {},
  });
  const platforms = PLATFORMS.map((platform): Platform => ({ ...platform, connect: async () => adapter(platform.name) }));
  const config = { ...readConfig({}, platforms), sources: [], spreadSeconds: 0 };
  const opened = { db, kind: 'embedded' as const, dump: undefined, close: async () => {} };
  const app = await createApp({ config, opened, log: silent, now: clock.now, platforms, fetch: away });
  app.deps.lookUp = async (arxivId) => (await findPaper(db, arxivId)) ?? stage.arxiv();

  for (const platform of platforms) await app.connect(platform);
  let serial = 0;
  let ticked = false;

  function open(platform: Platform): Stage {
    const n = ++serial;
    const [posted, edited, told]: [OutboxMessage[], PostedMessage[], Payload[]] = [[], [], []];
    let last: Answer | undefined;
    clock.moveTo(MONDAY);
    stage = {
      ...{ db, app, platform, clock, posted, edited, told, arxiv: away, profile: {} },
      place: { platform: platform.name, workspace: `W${n}`, id: `C${n}`, name: 'reading' },
      adapter: {
        post: async (message) => (posted.push(message), { id: `m${posted.length}`, channel: message.channel.id, url: `https://chat.example/${posted.length}` }),
        preflight: async () => ({ ok: true }),
        tell: async ({ person }, payload) => (told.push(payload), `D-${person}`),
        stop: async () => {},
      },
      async say(line, who = 'Ana') {
        const call = callOf(line, last);
        const person: Person = { id: `${who}${n}`, name: who, profile: async () => ({ standing: STANDING[who]!, ...stage.profile }) };
        return (last = await app.handle({ ...call, channel: stage.place, person }));
      },
      async tick(at) {
        clock.moveTo(at);
        ticked = true;
        await db.execute(sql`update channels set next_due_at = '2099-01-01' where workspace <> ${stage.place.workspace}`);
        // The chores of the night change no words, and take their time.
        await remember(db, 'upkeep', at.slice(0, 10), clock.now());
        await app.tick();
        // On Slack a channel takes a message a second.
        for (let sent = platform.messageGapMs ? -1 : posted.length; sent !== posted.length; ) {
          sent = posted.length;
          clock.forward(1_100);
          await app.send();
        }
      },
    };
    return stage;
  }

  async function* stages(on = PLATFORMS) {
    for (const platform of on) {
      yield open(platform);
      // What it left in the outbox would be tried again in each tick of the next.
      if (ticked) await db.execute(sql`truncate channels cascade`);
      ticked = false;
    }
  }

  return {
    stages,
    async tell({ before = [], given, say, who, place = {}, on, after }) {
      const told: Told[] = [];
      for await (const one of stages(on)) {
        Object.assign(one.place, place);
        for (const line of before) await one.say(line);
        await given?.(one);
        const answer = await one.say(say, who);
        told.push({ platform: one.platform, answer, payloads: one.platform.renderAnswer(answer) });
        await after?.(one);
      }
      return told;
    },
  };
}

// `/paper attention`, or `[Undo]`, a button of the answer before.
function callOf(line: string, last: Answer | undefined): { command: string; text: string } {
  const [, command, text = ''] = /^\/(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
  if (command) return { command, text };
  const label = line.replace(/^\[|\]$/g, '');
  const { blocks = [], actions = [] } = last?.doc ?? {};
  const all = [...blocks.flatMap((block) => (block.kind === 'item' ? [...(block.actions ?? []), ...(block.open ? [block.open] : [])] : [])), ...actions];
  const action = all.find((one) => one.label === label);
  if (!action) throw new Error(`no button “${label}”; there are ${all.map((one) => one.label).join(', ')}`);
  return { command: action.call.name, text: action.call.text };
}
