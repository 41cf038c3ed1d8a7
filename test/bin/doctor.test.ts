// What the doctor finds in a database in which something went wrong.
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { OutcomeUnknown } from '../../src/core/errors.ts';
import { silent } from '../../src/core/log.ts';
import { openDb, type Db } from '../../src/db/connect.ts';
import { loseChannel } from '../../src/db/lost-channels.ts';
import { installations } from '../../src/db/schema.ts';
import { sendDue } from '../../src/delivery/send.ts';
import { enqueueDue } from '../../src/delivery/tick.ts';
import { aChannel, deliveryOf, havePapers, MONDAY, paperPlatform, stoppedClock } from '../support/factories.ts';
import { dataFolder, run } from './program.ts';

const data = dataFolder();
afterAll(() => data.remove());

const env = { SLACK_BOT_TOKEN: 'xoxb-of-a-test', SLACK_APP_TOKEN: 'xapp-of-a-test' };
const slack = (id: string) => ({ platform: 'slack', workspace: 'T1', id });

async function withDb(work: (db: Db) => Promise<unknown>): Promise<void> {
  const opened = await openDb({ folder: join(data.path, 'db') });
  await work(opened.db).finally(() => opened.close());
}

async function doctor() {
  const { status, stdout } = await run(data.path, ['doctor', '--offline', '--json'], { env });
  const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: { what: string; state: string; words: string }[] };
  return { status, ok, find: (name: string) => checks.find(({ what }) => what === name) };
}

test('the doctor names slots that did not end, messages in doubt, lost channels and workspaces, with what to do', async () => {
  const well = await doctor();
  expect([well.status, well.find('slots'), well.find('messages'), well.find('channels')]).toEqual([
    0,
    { what: 'slots', state: 'ok', words: 'every slot came to its end' },
    { what: 'messages', state: 'ok', words: 'none in doubt' },
    { what: 'channels', state: 'ok', words: 'none lost' },
  ]);
  expect(well.find('clock')!.words).toMatch(/^agrees with the database’s \(\d\.\d s (behind|ahead of) the database’s\)$/);
  expect(well.find('slack workspaces')).toBeUndefined();

  await withDb(async (db) => {
    await aChannel(db, { ref: { ...slack('C1'), name: 'reading' } });
    await havePapers(db, [{}]);
    // Its answer is lost, and Slack can't be asked for it.
    const platform = paperPlatform({ name: 'slack' });
    const clock = stoppedClock(MONDAY);
    await enqueueDue(deliveryOf(db, platform), clock.now());
    platform.adapter.post = () => Promise.reject(new OutcomeUnknown('timeout'));
    for (const ms of [0, 60_000]) {
      clock.forward(ms);
      await sendDue({ db, log: silent, now: clock.now, platform: 'slack', adapter: platform.adapter, owner: 'test' });
    }
    const lost = await aChannel(db, { ref: slack('C2') });
    await loseChannel(db, lost, 'is_archived');
    await db.insert(installations).values([
      { platform: 'slack', workspace: 'T1', sealed: 'x', installedBy: 'U1', installedAt: MONDAY },
      { platform: 'slack', workspace: 'T2', installedBy: 'U2', installedAt: MONDAY, goneAt: MONDAY, goneCode: 'app_uninstalled' },
    ]);
  });
  const ill = await doctor();
  expect([ill.status, ill.ok]).toEqual([1, false]);
  // No bot has run since.
  expect(ill.find('slots')).toMatchObject({ state: 'failed', words: expect.stringMatching(/^1 slot overdue: 1\/2026-07-28\/daily \(due, due 2026-07-28T09:00:00.000Z\)\. Start the bot/) as string });
  expect(ill.find('messages')).toMatchObject({ state: 'failed', words: expect.stringMatching(/^1 message in doubt: 1\/2026-07-27\/daily in slack\/T1\/reading \(.+\)\. Look in the channel/) as string });
  expect(ill.find('channels')).toMatchObject({ state: 'warning', words: expect.stringMatching(/^1 lost channel: slack\/T1\/C2: the channel was archived \(is_archived\), nothing was posted there lately\. When it is mended/) as string });
  expect(ill.find('slack workspaces')).toMatchObject({ state: 'ok', words: '1 installed, 1 took the app out' });
});
