// Whatever changes a channel's roundup takes the right, whoever adds the next verb, and is asked for at the moment of the call.
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Standing } from '../../src/core/chat.ts';
import { rowsOf } from '../../src/db/connect.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;

/** Words that make each verb of /roundup change the channel. */
const CHANGES: Record<string, string[]> = {
  subscribe: ['nlp', 'everything', 'chess at 7 top 3'],
  change: ['at 8 top 5'],
  undo: [''],
  unsubscribe: ['attention', 'all'],
  schedule: ['8:00'],
  size: ['3'],
  layout: ['full'],
  taste: ['on', 'off', 'reset'],
  links: ['on', 'off'],
  now: [''],
  quiet: ['on', 'off'],
  silent: ['on', 'off'],
  reading: ['weekly', 'monthly', 'off'],
  pause: [''],
  resume: [''],
  resend: ['1'],
  found: ['1'],
};
/** What is for everybody, with words that are as near to a change as they come; what these change is the asker's own. */
const LOOKS: Record<string, string[]> = { list: [''], status: [''], history: [''], why: ['2607.20001'], preview: ['', 'nlp'], repair: ['1'], help: [''], layout: [''], taste: [''], links: [''], reading: [''], email: ['you@lab.org nlp'], me: ['list'] };

beforeEach(async () => {
  await havePapers(db(), [{ arxivId: '2607.20001', title: 'Sparse attention' }]);
  rig = await openRig(db());
  await rig.ask('/roundup subscribe attention at 9 daily UTC');
});

/** All that is kept of channels and their roundups. */
async function kept(): Promise<unknown> {
  const tables = ['channels', 'channel_topics', 'topics', 'roundups', 'roundup_papers', 'outbox', 'facts'];
  return Promise.all(tables.map((table) => rowsOf(db(), sql.raw(`select * from ${table} order by 1, 2`))));
}

test('each verb is here', () => {
  const verbs = rig.app.deps.commands.find(({ name }) => name === 'roundup')!.verbs;
  expect(verbs.map(({ name }) => name).filter((name) => !(name in CHANGES) && !(name in LOOKS))).toEqual([]);
  expect(verbs.filter((one) => one.who === 'manager' || 'changes' in one).map(({ name }) => name).sort()).toEqual(Object.keys(CHANGES).sort());
});

describe.each<Standing>(['guest', 'member'])('a %s', (standing) => {
  test.each(Object.entries(CHANGES).flatMap(([verb, all]) => all.map((words) => `/roundup ${verb} ${words}`.trim())))('is refused %s, and all stays as it is', async (line) => {
    const before = await kept();
    const answer = await rig.ask(line, { standing });
    expect(answer).toMatchObject({ audience: 'asker', refused: true });
    expect(wordsIn(answer.doc)).toContain('can change this channel’s roundup. Ask one of them to do it.');
    expect(await kept()).toEqual(before);
  });
});

test('what is for everybody changes nothing of the channel', async () => {
  const before = await kept();
  for (const [verb, all] of Object.entries(LOOKS)) for (const words of all) await rig.ask(`/roundup ${verb} ${words}`.trim(), { standing: 'guest' });
  expect(await kept()).toEqual(before);
});
