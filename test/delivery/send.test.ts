import { describe, expect, test } from 'vitest';
import type { ChatAdapter, OutboxMessage, Receipt } from '../../src/core/platform.ts';
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../src/core/errors.ts';
import { silent } from '../../src/core/log.ts';
import { findChannel, pauseChannel, resumeChannel } from '../../src/db/channels.ts';
import { leaseMessages, nextTry, renewLeases } from '../../src/db/outbox.ts';
import { outbox, roundups } from '../../src/db/schema.ts';
import { sendDue } from '../../src/delivery/send.ts';
import { enqueueDue } from '../../src/delivery/tick.ts';
import { useDb } from '../support/db.ts';
import { aChannel, deliveryOf, havePapers, MONDAY, paperPlatform, PLACE, stoppedClock } from '../support/factories.ts';

const db = useDb();

async function withRoundup() {
  const platform = paperPlatform();
  const clock = stoppedClock(MONDAY);
  await havePapers(db(), [{}, {}]);
  await aChannel(db());
  await enqueueDue(deliveryOf(db(), platform), MONDAY);
  const send = (adapter: Partial<ChatAdapter> = {}, owner = 'me') =>
    sendDue({ db: db(), log: silent, now: clock.now, owner, platform: 'paper', adapter: { ...platform.adapter, ...adapter } });
  return { platform, clock, send };
}

const states = async () => (await db().select().from(outbox).orderBy(outbox.position)).map(({ status }) => status);
const roundup = async () => (await db().select().from(roundups))[0]!;

/** Fails in this way, once or always. */
function failing(error: Error, times = Infinity) {
  const tried: OutboxMessage[] = [];
  const post = async (message: OutboxMessage): Promise<Receipt> => {
    tried.push(message);
    if (tried.length <= times) throw error;
    return { id: `m${tried.length}`, channel: message.channel.id };
  };
  return { post, tried };
}

describe('sending', () => {
  test('posts the parent, then the reply under it, once', async () => {
    const { platform, send } = await withRoundup();
    expect(await send()).toBe(2);
    expect(await send()).toBe(0);
    expect(platform.posted.map(({ parent }) => parent)).toEqual([undefined, { id: 'm1', channel: 'C1' }]);
    expect(await states()).toEqual(['sent', 'sent']);
    expect((await roundup()).status).toBe('sent');
  });

  test('two senders share the work and double nothing', async () => {
    const { platform, send } = await withRoundup();
    await Promise.all([send({}, 'one'), send({}, 'two')]);
    await send();
    expect(platform.posted).toHaveLength(2);
  });

  test('waits as long as the platform says, then goes on', async () => {
    const { platform, clock, send } = await withRoundup();
    const busy = failing(new TryLater(30_000, 'rate limited'));
    await send({ post: busy.post });
    expect(await nextTry(db(), 'paper')).toEqual(new Date(MONDAY.getTime() + 30_000));
    clock.forward(29_000);
    await send();
    expect(platform.posted).toHaveLength(0);
    clock.forward(2_000);
    await send();
    expect(platform.posted).toHaveLength(2);
  });

  test.each([new ChannelGone('channel_not_found'), new NotAllowed('not_in_channel', 'Invite it: /invite @Paperround')])(
    'pauses a channel that is lost (%s) and keeps its settings',
    async (error) => {
      const { send } = await withRoundup();
      await send({ post: failing(error).post });
      const channel = await findChannel(db(), PLACE);
      expect(channel!.pausedWhy).toContain(error.code);
      expect(await states()).toEqual(['failed', 'failed']);
      expect((await roundup()).status).toBe('failed');
      expect((await roundup()).why).toContain(error.code);
    },
  );

  test('gives up a payload that is refused, without trying it again', async () => {
    const { send } = await withRoundup();
    const refused = failing(new PayloadRefused('invalid_blocks'));
    await send({ post: refused.post });
    await send({ post: refused.post });
    expect(refused.tried).toHaveLength(1);
    expect((await roundup()).why).toBe('invalid_blocks');
  });
});

describe('when the answer to a post is lost', () => {
  const lost = () => failing(new OutcomeUnknown('timeout'), 1);

  test('it looks before sending again, and sends nothing if the message is there', async () => {
    const { clock, send } = await withRoundup();
    const { post, tried } = lost();
    await send({ post });
    clock.forward(60_000);
    await send({ post, find: async () => ({ id: 'there', channel: 'C1' }) });
    expect(tried.filter(({ parent }) => !parent)).toHaveLength(1);
    expect((await db().select().from(outbox).orderBy(outbox.position))[0]!.receipt).toEqual({ id: 'there', channel: 'C1' });
    expect(await states()).toEqual(['sent', 'sent']);
  });

  test('it sends again if the message is not there', async () => {
    const { clock, send } = await withRoundup();
    const { post, tried } = lost();
    await send({ post });
    clock.forward(60_000);
    await send({ post, find: async () => undefined });
    expect(tried.filter(({ parent }) => !parent)).toHaveLength(2);
    expect(new Set(tried.filter(({ parent }) => !parent).map(({ key }) => key)).size).toBe(1);
  });

  test.each([
    ['that can’t look', undefined],
    ['whose look fails', () => Promise.reject(new Error('missing_scope'))],
  ])('a platform %s leaves it in doubt, and it is not repeated', async (_name, find) => {
    const { clock, send } = await withRoundup();
    const { post, tried } = lost();
    await send({ post });
    clock.forward(60_000);
    const blind = find ? { post, find } : { post };
    await send(blind);
    clock.forward(3_600_000);
    await send(blind);
    expect(tried.filter(({ parent }) => !parent)).toHaveLength(1);
    expect((await states())[0]).toBe('in_doubt');
  });
});

test('a message that lay while its channel was paused is not posted under an old date', async () => {
  const { platform, clock, send } = await withRoundup();
  const channel = (await findChannel(db(), PLACE))!;
  await pauseChannel(db(), channel, 'by Ana');
  clock.forward(3 * 86_400_000);
  await resumeChannel(db(), channel, clock.now());
  await send();
  expect(platform.posted).toHaveLength(0);
  expect((await roundup()).why).toBe('its day was over before it could be sent');
});

test('an error that nobody knows is no reason to post twice', async () => {
  const { clock, send } = await withRoundup();
  const odd = failing(new Error('socket hang up'), 1);
  await send({ post: odd.post });
  clock.forward(120_000);
  await send({ post: odd.post, find: async () => ({ id: 'there', channel: 'C1' }) });
  expect(odd.tried.filter(({ parent }) => !parent)).toHaveLength(1);
});

test('a message whose sender died is taken over when its lease has run out, as one to look for', async () => {
  const { platform, clock, send } = await withRoundup();
  await leaseMessages(db(), 'paper', 'dead', clock.now(), 10);
  await send();
  expect(platform.posted).toHaveLength(0);
  clock.forward(91_000);
  const looked: OutboxMessage[] = [];
  await send({ find: async (message) => (looked.push(message), undefined) });
  expect(looked).toHaveLength(1);
  expect(platform.posted).toHaveLength(2);
});

test('a receipt that can’t be written down leaves a message to look for, not one to send again', async () => {
  const { platform, clock, send } = await withRoundup();
  let failures = 1;
  const forgetful = new Proxy(db(), {
    get(target, name) {
      if (name === 'update' && platform.posted.length > 0 && failures-- > 0) throw new Error('connection lost');
      return Reflect.get(target, name) as unknown;
    },
  });
  await expect(sendDue({ db: forgetful, log: silent, now: clock.now, owner: 'me', platform: 'paper', adapter: platform.adapter })).rejects.toThrow('connection lost');
  clock.forward(91_000);
  await send({ find: async () => ({ id: 'there', channel: 'C1' }) });
  expect(platform.posted.filter(({ parent }) => !parent)).toHaveLength(1);
  expect((await roundup()).status).toBe('sent');
});

test('a message that can’t be sent for six hours is given up', async () => {
  const { clock, send } = await withRoundup();
  const busy = failing(new TryLater(60_000, 'rate limited'));
  for (let hour = 0; hour < 8; hour++) {
    await send({ post: busy.post });
    clock.forward(3_600_000);
  }
  expect(busy.tried).toHaveLength(8);
  expect(await states()).toEqual(['failed', 'failed']);
});

describe('many channels', () => {
  async function withChannels(names: string[]) {
    const platform = paperPlatform();
    const clock = stoppedClock(MONDAY);
    await havePapers(db(), [{}, {}]);
    for (const id of names) await aChannel(db(), { ref: { ...PLACE, id } });
    await enqueueDue(deliveryOf(db(), platform), MONDAY);
    return { platform, clock, deps: { db: db(), log: silent, now: clock.now, owner: 'me', platform: 'paper', adapter: platform.adapter } };
  }
  const placesOf = (messages: OutboxMessage[]) => messages.map(({ channel, parent }) => `${channel.id}${parent ? ' reply' : ''}`).sort();

  test('one that must wait keeps no other waiting, and its own other roundup waits with it', async () => {
    const { platform, clock, deps } = await withChannels(['A', 'B']);
    const channel = (await findChannel(db(), { ...PLACE, id: 'A' }))!;
    await db().insert(roundups).values({ channelId: channel.id, on: '2026-07-27', kind: 'extra', title: 'Extra', status: 'queued', dueAt: MONDAY, createdAt: MONDAY });
    const extra = (await db().select().from(roundups)).find(({ kind }) => kind === 'extra')!;
    await db().insert(outbox).values({ key: 'extra', roundupId: extra.id, channelId: channel.id, position: 0, payload: {}, status: 'queued', tryAt: MONDAY });
    const post = async (message: OutboxMessage) => {
      if (message.channel.id === 'A') throw new TryLater(30_000, 'ratelimited');
      return platform.adapter.post(message);
    };
    const tried: OutboxMessage[] = [];
    const watched = { ...deps, adapter: { ...platform.adapter, post: (message: OutboxMessage) => (tried.push(message), post(message)) } };
    await sendDue(watched);
    expect(placesOf(tried)).toEqual(['A', 'B', 'B reply']);
    clock.forward(29_000);
    await sendDue(watched);
    expect(tried).toHaveLength(3);
  });

  test('one whose platform doesn’t answer keeps no other waiting', async () => {
    const { platform, deps } = await withChannels(['A', 'B']);
    let answer = (_receipt: Receipt): void => {};
    const hanging = new Promise<Receipt>((resolve) => (answer = resolve));
    const adapter = { ...platform.adapter, post: (message: OutboxMessage) => (message.channel.id === 'A' ? hanging : platform.adapter.post(message)) };
    const sending = sendDue({ ...deps, adapter });
    await expect.poll(() => placesOf(platform.posted)).toEqual(['B', 'B reply']);
    answer({ id: 'late', channel: 'A' });
    expect(await sending).toBe(4);
  });

  test('a channel gets its messages with the pause that the platform asks for', async () => {
    const { platform, clock, deps } = await withChannels(['A', 'B']);
    const paced = { ...deps, gapMs: 1_000 };
    await sendDue(paced);
    expect(placesOf(platform.posted)).toEqual(['A', 'B']);
    expect(await nextTry(db(), 'paper')).toEqual(new Date(MONDAY.getTime() + 1_000));
    clock.forward(1_000);
    await sendDue(paced);
    expect(placesOf(platform.posted)).toEqual(['A', 'A reply', 'B', 'B reply']);
  });

  test('a lease is prolonged while its message is under way, by its owner alone', async () => {
    const { clock } = await withChannels(['A']);
    const [leased] = await leaseMessages(db(), 'paper', 'me', clock.now(), 10);
    clock.forward(60_000);
    expect(await renewLeases(db(), [leased!.id], 'me', clock.now())).toEqual([leased!.id]);
    expect(await renewLeases(db(), [leased!.id], 'another', clock.now())).toEqual([]);
    clock.forward(60_000);
    expect(await leaseMessages(db(), 'paper', 'another', clock.now(), 10)).toEqual([]);
    clock.forward(31_000);
    expect(await leaseMessages(db(), 'paper', 'another', clock.now(), 10)).toMatchObject([{ doubtful: true, slot: leased!.slot }]);
  });
});
