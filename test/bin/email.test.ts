import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { EMAIL } from '../../src/core/email.ts';
import { openDb } from '../../src/db/connect.ts';
import { findChannel } from '../../src/db/channels.ts';
import { loseChannel } from '../../src/db/lost-channels.ts';
import { aChannel } from '../support/factories.ts';
import { dataFolder, run } from './program.ts';

const data = dataFolder();
afterAll(() => data.remove());

async function withDb<T>(work: (db: Awaited<ReturnType<typeof openDb>>['db']) => Promise<T>): Promise<T> {
  const opened = await openDb({ folder: join(data.path, 'db') });
  return work(opened.db).finally(() => opened.close());
}

test('addresses that a mail server refused are named with its reason, and go on when they are told to', async () => {
  const email = (...words: string[]) => run(data.path, ['email', ...words]);
  expect((await email('paused')).stdout).toBe('No address is paused.\n');
  const [ada, bob, eve] = await withDb(async (db) => {
    const opened = [];
    for (const who of ['ada', 'bob', 'eve']) opened.push(await aChannel(db, { ref: { ...EMAIL, id: `${who}@lab.example`, name: `${who[0]}…@lab.example` } }));
    await loseChannel(db, opened[0]!, 'smtp_550', 'smtp_550: 550 5.7.1 blocked, see our list');
    await loseChannel(db, opened[1]!, 'smtp_550', 'smtp_550: 550 5.1.1 no such user');
    return opened;
  });
  const { stdout } = await email('paused');
  expect(stdout).toContain(`${ada!.id}: a…@lab.example: 550 5.7.1 blocked, see our list\n${bob!.id}: b…@lab.example: 550 5.1.1 no such user\n`);
  expect(stdout).not.toMatch(/ada@|bob@|e…@/);

  const wrong = await email('resume', String(eve!.id));
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining(`No paused address has the number ${eve!.id}`)]);
  expect((await email('resume', String(ada!.id))).stdout).toMatch(/a…@lab\.example: next \w+ .*\n1 address goes on\./);
  const state = (who: string) => withDb(async (db) => (await findChannel(db, { ...EMAIL, id: `${who}@lab.example` }))!.pausedCode);
  expect([await state('ada'), await state('bob')]).toEqual([null, 'smtp_550']);
  expect((await email('resume', 'all')).stdout).toContain('b…@lab.example');
  expect(await state('bob')).toBeNull();
  expect((await email('resume')).stderr).toContain('Use it like this');
});
