import { expect, test } from 'vitest';
import { outbox } from '../../src/db/schema.ts';
import { followTopic } from '../../src/db/topics.ts';
import { todaysRoundup } from '../../src/delivery/today.ts';
import { useDb } from '../support/db.ts';
import { aChannel, havePapers, MONDAY, paperPlatform } from '../support/factories.ts';

const db = useDb();

test('today’s roundup keeps to the topics of its channel', async () => {
  await havePapers(db(), [{ title: 'Sparse attention' }, { title: 'Robots that fold laundry' }]);
  const channel = await aChannel(db());
  await followTopic(db(), channel, 'attention', 'ana', MONDAY);
  expect(await todaysRoundup(db(), channel, paperPlatform(), [], MONDAY)).toBe('queued');
  const posted = JSON.stringify(await db().select({ payload: outbox.payload }).from(outbox));
  expect(posted).toContain('Sparse attention');
  expect(posted).not.toContain('Robots');
});
