import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { silent } from '../../src/core/log.ts';
import { reconcile } from '../../src/db/reconcile.ts';
import { outbox, roundups } from '../../src/db/schema.ts';
import { sendDue } from '../../src/delivery/send.ts';
import { enqueueDue } from '../../src/delivery/tick.ts';
import { useDb } from '../support/db.ts';
import { aChannel, deliveryOf, havePapers, MONDAY, paperPlatform } from '../support/factories.ts';

// What kill -9 leaves behind, written as the rows that it leaves.
const db = useDb();
const later = (hours: number) => new Date(MONDAY.getTime() + hours * 3_600_000);

async function withRoundup() {
  const platform = paperPlatform();
  await havePapers(db(), [{}, {}]);
  await aChannel(db());
  await enqueueDue(deliveryOf(db(), platform), MONDAY);
  const send = () => sendDue({ db: db(), log: silent, now: () => later(0.1), owner: 'me', platform: 'paper', adapter: platform.adapter });
  return { platform, send };
}

const setAll = (values: Partial<typeof outbox.$inferInsert>) => db().update(outbox).set(values);
const setParent = (values: Partial<typeof outbox.$inferInsert>) => setAll(values).where(eq(outbox.position, 0));
const states = async () => (await db().select().from(outbox).orderBy(outbox.position)).map(({ status }) => status);
const ending = async () => (await db().select().from(roundups)).map(({ status, why }) => ({ status, why }))[0];

test('killed after the last message was written down as sent: the roundup is sent', async () => {
  await withRoundup();
  await setAll({ status: 'sent', receipt: { id: 'm1', channel: 'C1' } });
  expect(await reconcile(db(), later(0.1))).toHaveLength(1);
  expect(await ending()).toEqual({ status: 'sent', why: null });
  expect(await reconcile(db(), later(0.1))).toHaveLength(0);
});

test('killed after the parent failed: its reply is never posted by itself, and the roundup says why it failed', async () => {
  const { platform, send } = await withRoundup();
  await setParent({ status: 'failed', error: 'the payload was refused' });
  expect(await send()).toBe(0);
  expect(platform.posted).toEqual([]);
  await reconcile(db(), later(0.1));
  expect(await states()).toEqual(['failed', 'failed']);
  expect(await ending()).toEqual({ status: 'failed', why: 'the payload was refused' });
});

test('a message that waits for its turn, or is under a lease, is left alone', async () => {
  await withRoundup();
  expect(await reconcile(db(), later(5))).toHaveLength(0);
  await setParent({ status: 'leased', leaseOwner: 'another', leaseUntil: later(31) });
  expect(await reconcile(db(), later(30))).toHaveLength(0);
  expect((await states())[0]).toBe('leased');
});

test('a platform that was switched off: a day later the slot has failed, with the reason', async () => {
  await withRoundup();
  expect(await reconcile(db(), later(25))).toHaveLength(1);
  expect(await ending()).toEqual({ status: 'failed', why: 'its day was over before it could be sent' });
});

test('killed while sending and never back in time: in doubt, since it may have got through', async () => {
  await withRoundup();
  await setParent({ status: 'leased', leaseOwner: 'dead', leaseUntil: later(0.2) });
  expect(await reconcile(db(), later(25))).toHaveLength(1);
  expect(await states()).toEqual(['in_doubt', 'failed']);
});
