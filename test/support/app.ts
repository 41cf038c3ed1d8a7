// The whole bot on a test database, with a platform on paper and a clock that stands.
import { createApp, type App } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Answer, Call, Standing } from '../../src/core/chat.ts';
import { silent, type Log } from '../../src/core/log.ts';
import type { Db } from '../../src/db/connect.ts';
import { aPerson, MONDAY, paperPlatform, PLACE, stoppedClock, wordsIn } from './factories.ts';

export interface Rig {
  app: App;
  clock: ReturnType<typeof stoppedClock>;
  platform: ReturnType<typeof paperPlatform>;
  /** Types a slash command; `/paper attention`. */
  ask(line: string, more?: { standing?: Standing; zone?: string } & Partial<Call>): Promise<Answer>;
  /** The words of the answer. */
  read(line: string, more?: { standing?: Standing; zone?: string } & Partial<Call>): Promise<string>;
  /** Presses a button of an answer by its label. */
  press(answer: Answer, label: string): Promise<Answer>;
}

/** No network: every request fails, unless a test answers it. */
const offline: typeof fetch = () => Promise.reject(new TypeError('fetch failed'));

export async function openRig(db: Db, answerFetch: typeof fetch = offline, log: Log = silent): Promise<Rig> {
  const clock = stoppedClock(MONDAY);
  const platform = paperPlatform();
  const opened = { db, kind: 'embedded' as const, dump: undefined, close: async () => {} };
  // The live sources have tests of their own.
  const config = { ...readConfig({}, [platform]), sources: [], spreadSeconds: 0 };
  const app = await createApp({ config, opened, log, now: clock.now, platforms: [platform], fetch: answerFetch });
  await app.connect(platform);
  const ask: Rig['ask'] = (line, { standing = 'manager', zone, ...more } = {}) => {
    const [, command, text] = /^\/(\S+)\s*([\s\S]*)$/.exec(line)!;
    const profile = { standing, ...(zone ? { zone } : {}) };
    return app.handle({ command: command!, text: text!, channel: PLACE, person: { ...aPerson(), profile: async () => profile }, ...more });
  };
  return {
    app,
    clock,
    platform,
    ask,
    read: async (line, more) => wordsIn((await ask(line, more)).doc),
    press: ({ doc }, label) => {
      const all = [...(doc.actions ?? []), ...doc.blocks.flatMap((block) => (block.kind === 'item' ? (block.actions ?? []) : []))];
      const action = all.find((one) => one.label === label);
      if (!action) throw new Error(`no button “${label}”; there are ${all.map((one) => one.label).join(', ')}`);
      return ask(`/${action.call.name} ${action.call.text}`);
    },
  };
}
