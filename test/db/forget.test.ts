// /paper forget-me, held against the whole schema: what still carries the person afterwards is what the README says.
import { sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { rowsOf } from '../../src/db/connect.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { aPerson, havePapers } from '../support/factories.ts';

const db = useDb();
const ZOE = { person: aPerson('admin', { id: 'u-zoe', name: 'Zoë · PhD' }) };
const BEA = { person: aPerson('member', { id: 'u-bea', name: 'Zo' }) };
let rig: Rig;

beforeEach(async () => {
  await havePapers(db(), [
    { arxivId: '2607.20001', title: 'Sparse attention', upvotes: 5 },
    { arxivId: '2607.20002', title: 'Dense attention', listedOn: '2024-01-01' },
  ]);
  rig = await openRig(db());
});

/** The places of the database where one of these words stands, `table.column`. */
async function placesOf(words: RegExp): Promise<string[]> {
  const columns = await rowsOf<{ table: string; column: string }>(db(), sql`select table_name as table, column_name as column from information_schema.columns where table_schema = 'public' order by 1, 2`);
  const found: string[] = [];
  for (const { table, column } of columns) {
    const rows = await rowsOf<{ value: string | null }>(db(), sql.raw(`select "${column}"::text as value from "${table}"`));
    if (rows.some(({ value }) => words.test(value ?? ''))) found.push(`${table}.${column}`);
  }
  return found;
}

async function morning(): Promise<void> {
  for (const line of ['/roundup subscribe attention at 9 daily UTC', '/roundup me subscribe attention at 9 daily UTC', '/roundup reading weekly']) await rig.ask(line, ZOE);
  for (const line of ['save 2607.20001', 'vote up 2607.20001', 'note 2607.20001 a secret thought', 'read 2607.20001', 'not-for-us 2607.20001', 'post 2607.20001']) await rig.ask(`/paper ${line}`, ZOE);
  for (const asker of [ZOE, BEA]) {
    rig.clock.forward(1_000);
    await rig.ask('/paper submit 2607.20002', asker);
  }
  rig.clock.moveTo('2026-07-28T09:00:30Z');
  await rig.app.tick();
  await rig.ask('/roundup pause', ZOE);
}

test('leaves who manages the channel, and nothing else but the copies of what was posted, which go after 30 days', async () => {
  await morning();
  const said = /u-zoe|Zoë · PhD|secret thought/;
  expect(await placesOf(said)).toEqual(expect.arrayContaining(['saves.person', 'votes.person', 'notes.person', 'notes.text', 'reads.person', 'dismissals.person', 'submissions.person', 'submissions.name', 'roundup_papers.why', 'channels.owner']));
  await rig.ask('/paper forget-me yes digest', ZOE);
  expect(await placesOf(said)).toEqual(['channel_topics.added_by', 'channels.created_by', 'channels.paused_why', 'outbox.payload']);
  expect(await placesOf(/u-bea/)).not.toEqual([]);
});

test('takes the name from why a paper was posted, and no one else’s', async () => {
  await morning();
  const why = () => rig.read('/roundup why 2607.20002');
  expect(await why()).toMatch(/Posted here on 28 July 2026: .*submitted by Zoë · PhD · like 1 that wasn’t for you · matches attention/);
  await rig.ask('/paper forget-me yes', BEA);
  expect(await why()).toContain('submitted by Zoë · PhD · ');
  const forgotten = await rig.read('/paper forget-me yes', ZOE);
  expect(forgotten).toContain('1 name on a paper. Nothing of it');
  expect(forgotten).toContain('Messages that were posted with your name stay in their channels');
  expect(await why()).toMatch(/Posted here on 28 July 2026: liked by 1 of your team · like 1 that wasn’t for you · matches attention/);
  expect(await rig.read('/paper forget-me', ZOE)).toContain('but your own digest is.');
});
