// One message a paper, and posts in a forum, through the ledger: in order, under what they belong to, none twice.
import { describe, expect, test } from 'vitest';
import type { ChatAdapter, OutboxMessage, Receipt } from '../../src/core/platform.ts';
import { ChannelGone, OutcomeUnknown, PayloadRefused } from '../../src/core/errors.ts';
import type { Doc } from '../../src/core/doc.ts';
import type { Layout } from '../../src/core/layout.ts';
import { silent } from '../../src/core/log.ts';
import { setLayout, setSilent } from '../../src/db/channels.ts';
import { leaseMessages, sendAgain } from '../../src/db/outbox.ts';
import { outbox, roundups } from '../../src/db/schema.ts';
import { sendDue } from '../../src/delivery/send.ts';
import { enqueueDue } from '../../src/delivery/tick.ts';
import { useDb } from '../support/db.ts';
import { aChannel, deliveryOf, havePapers, MONDAY, paperPlatform, PLACE, stoppedClock, wordsIn } from '../support/factories.ts';

const db = useDb();

async function withRoundup(layout: Layout, { forum = false, papers = 3 } = {}) {
  const platform = paperPlatform();
  const clock = stoppedClock(MONDAY);
  await havePapers(db(), Array.from({ length: papers }, (_, i) => ({ title: `Paper ${i + 1}`, upvotes: 90 - i, categories: ['cs.CL'] })));
  const channel = await setLayout(db(), await aChannel(db(), { ref: { ...PLACE, forum } }), layout);
  await enqueueDue(deliveryOf(db(), platform), MONDAY);
  const send = (adapter: Partial<ChatAdapter> = {}) => sendDue({ db: db(), log: silent, now: clock.now, owner: 'me', platform: 'paper', adapter: { ...platform.adapter, ...adapter } });
  const posted = () => platform.posted.map(lineOf);
  return { platform, clock, channel, send, posted };
}

/** What a message begins with. */
function lineOf({ payload }: OutboxMessage): string {
  return wordsIn(payload.doc as Doc).trim().split('\n')[0]!;
}

const states = async () => (await db().select().from(outbox).orderBy(outbox.position)).map(({ status }) => status);
const roundup = async () => (await db().select().from(roundups))[0]!;

describe('one message a paper', () => {
  test('is a head and then the papers by rank, all in the channel', async () => {
    const { platform, send, posted } = await withRoundup('each');
    expect(await send()).toBe(4);
    expect(posted()).toEqual(['Trending papers, 27 July 2026', '1. Paper 1', '2. Paper 2', '3. Paper 3']);
    expect(platform.posted.map(({ parent }) => parent)).toEqual([undefined, undefined, undefined, undefined]);
    expect(await roundup()).toMatchObject({ status: 'sent', why: null });
  });

  test.each([0, 1, 2, 3].flatMap((at) => [true, false].map((gotThrough) => ({ at, gotThrough }))))('is posted once though the bot dies with message $at under way (got through: $gotThrough)', async ({ at, gotThrough }) => {
    const { platform, clock, send } = await withRoundup('each');
    const there: OutboxMessage[] = [];
    let dead = false;
    const post = async (message: OutboxMessage): Promise<Receipt> => {
      if (!dead && platform.posted.length < at) return platform.adapter.post(message);
      if (!dead && gotThrough) there.push(message);
      dead = true;
      throw new OutcomeUnknown('killed');
    };
    await send({ post });
    expect(platform.posted).toHaveLength(at);
    // Whoever takes it over looks first, and goes on with the rest.
    clock.forward(91_000);
    const find = async ({ key }: OutboxMessage) => (there.some((one) => one.key === key) ? { id: `found-${key}`, channel: 'C1' } : undefined);
    await send({ find });
    expect([...platform.posted, ...there].map(lineOf).sort()).toEqual(['1. Paper 1', '2. Paper 2', '3. Paper 3', 'Trending papers, 27 July 2026']);
    expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  test('goes on with the next paper when one is refused, and says so', async () => {
    const { platform, send, posted } = await withRoundup('each');
    const post = async (message: OutboxMessage) => {
      if (lineOf(message) === '2. Paper 2') throw new PayloadRefused('invalid_blocks');
      return platform.adapter.post(message);
    };
    await send({ post });
    expect(posted()).toEqual(['Trending papers, 27 July 2026', '1. Paper 1', '3. Paper 3']);
    expect(await states()).toEqual(['sent', 'sent', 'failed', 'sent']);
    expect(await roundup()).toMatchObject({ status: 'sent', why: 'invalid_blocks' });
  });

  test('counts as sent when only its head was refused: the papers are there', async () => {
    const { platform, send } = await withRoundup('each');
    const post = async (message: OutboxMessage) => {
      if (lineOf(message).startsWith('Trending papers')) throw new PayloadRefused('invalid_blocks');
      return platform.adapter.post(message);
    };
    await send({ post });
    expect(platform.posted).toHaveLength(3);
    expect((await roundup()).status).toBe('sent');
  });

  test('ends where the channel is lost in the middle of it', async () => {
    const { platform, send } = await withRoundup('each');
    const post = async (message: OutboxMessage) => {
      if (platform.posted.length === 2) throw new ChannelGone('channel_not_found');
      return platform.adapter.post(message);
    };
    await send({ post });
    await send();
    expect(platform.posted).toHaveLength(2);
    expect(await states()).toEqual(['sent', 'sent', 'failed', 'failed']);
  });

  test('has one message in doubt, not all, and that one can be sent again', async () => {
    const { platform, clock, channel, send } = await withRoundup('each');
    let lost = 1;
    const post = async (message: OutboxMessage) => {
      if (platform.posted.length === 1 && lost-- > 0) throw new OutcomeUnknown('timeout');
      return platform.adapter.post(message);
    };
    await send({ post });
    clock.forward(91_000);
    await send({ post });
    expect(await states()).toEqual(['sent', 'in_doubt', 'sent', 'sent']);
    const [doubtful] = await db().select().from(outbox).orderBy(outbox.position).offset(1).limit(1);
    expect(await sendAgain(db(), channel.id, doubtful!.id, clock.now())).toBe(true);
    await send();
    expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(platform.posted).toHaveLength(4);
  });
});

describe('in a forum', () => {
  test('a compact roundup is one post, under its topics and categories, with the abstracts in it', async () => {
    const { platform, send } = await withRoundup('compact', { forum: true });
    await send();
    expect(platform.posted.map(({ post, parent }) => [post, parent])).toEqual([
      [{ name: 'Trending papers, 27 July 2026', about: ['cs.CL', 'Computation and Language'] }, undefined],
      [undefined, { id: 'm1', channel: 'C1' }],
    ]);
    expect(platform.posted[0]!.channel).toMatchObject({ forum: true });
  });

  test('one message a paper is one post a paper, and no post for the head', async () => {
    const { platform, send } = await withRoundup('each', { forum: true });
    await send();
    expect(platform.posted.map(({ post }) => post!.name)).toEqual(['Paper 3', 'Paper 2', 'Paper 1']);
    expect(platform.posted[0]!.title).toBe('Trending papers, 27 July 2026');
  });

  test('a post that failed takes its replies with it, and no other post', async () => {
    const { platform, send } = await withRoundup('compact', { forum: true });
    await send({ post: () => Promise.reject(new PayloadRefused('no')) });
    expect(await states()).toEqual(['failed', 'failed']);
    expect(platform.posted).toEqual([]);
    expect((await roundup()).status).toBe('failed');
  });
});

test('a channel that wants no sound gets none from the very next message on', async () => {
  const { platform, clock, channel, send } = await withRoundup('each', { papers: 1 });
  const [leased] = await leaseMessages(db(), 'paper', 'me', clock.now(), 1);
  expect(leased!.message.silent).toBeUndefined();
  await setSilent(db(), channel, true);
  clock.forward(91_000);
  await send({ find: async () => undefined });
  expect(platform.posted.map((message) => message.silent)).toEqual([true, true]);
});
