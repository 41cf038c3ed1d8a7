// A sender that is stopped while it takes messages in hand leaves them as they were.
import { expect, test } from 'vitest';
import { OutcomeUnknown } from '../../src/core/errors.ts';
import { silent } from '../../src/core/log.ts';
import { enqueueDue } from '../../src/delivery/tick.ts';
import { sendDue, type SenderDeps } from '../../src/delivery/send.ts';
import { useDb } from '../support/db.ts';
import { aChannel, deliveryOf, havePapers, MONDAY, paperPlatform, stoppedClock } from '../support/factories.ts';

const db = useDb();

async function aQueue() {
  const platform = paperPlatform();
  const clock = stoppedClock(MONDAY);
  await havePapers(db(), [{}]);
  await aChannel(db());
  await enqueueDue(deliveryOf(db(), platform), clock.now());
  const deps: SenderDeps = { db: db(), log: silent, now: clock.now, platform: platform.name, adapter: platform.adapter, owner: 'first' };
  /** Stops at the very moment at which it asks for messages. */
  const stopWhileLeasing = async () => {
    const stopping = new AbortController();
    const now = () => {
      stopping.abort();
      return clock.now();
    };
    expect(await sendDue({ ...deps, now }, stopping.signal)).toBe(0);
  };
  return { platform, clock, deps, stopWhileLeasing };
}

test('the next process sends them at once, without waiting for a lease to end or looking for an earlier try', async () => {
  const { platform, deps, stopWhileLeasing } = await aQueue();
  await stopWhileLeasing();
  expect(platform.posted).toEqual([]);
  platform.adapter.find = () => Promise.reject(new Error('there was no earlier try to look for'));
  expect(await sendDue({ ...deps, owner: 'second' })).toBe(2);
  expect(platform.posted[0]!.firstTriedAt).toBeUndefined();
});

test('one whose earlier try may have got through is still looked for', async () => {
  const { platform, clock, deps, stopWhileLeasing } = await aQueue();
  const works = { ...platform.adapter };
  platform.adapter.post = async (message) => {
    await works.post(message);
    throw new OutcomeUnknown('reset');
  };
  await sendDue(deps);
  clock.forward(60_000);
  await stopWhileLeasing();
  Object.assign(platform.adapter, works);
  platform.adapter.find = async ({ channel }) => ({ id: 'm1', channel: channel.id });
  await sendDue({ ...deps, owner: 'second' });
  // The parent was there already; its reply goes under it.
  expect(platform.posted.map(({ parent }) => parent?.id)).toEqual([undefined, 'm1']);
});
