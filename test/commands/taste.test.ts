// A channel's saves, votes and "not for us" reorder its own roundup, with the reason; nothing is hidden.
import { beforeEach, describe, expect, test } from 'vitest';
import type { ChannelRef } from '../../src/core/chat.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, PLACE, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;

const OTHER: ChannelRef = { ...PLACE, id: 'C2', name: 'random' };
const order = async (channel = PLACE) => [...(await rig.read('/roundup preview', { channel })).matchAll(/^\d+\. (.+)$/gm)].map(([, title]) => title);
const TRENDING = ['Quantum error correction with surface codes', 'Tactile grippers for laundry robots', 'Sparse attention kernels for long context transformers', 'Protein folding from evolution'];
const [QUANTUM, ROBOTS, ATTENTION, PROTEIN] = TRENDING as [string, string, string, string];

beforeEach(async () => {
  await havePapers(db(), [
    { arxivId: '2607.10001', title: QUANTUM, abstract: 'Decoding surface codes with less overhead.', upvotes: 60 },
    { arxivId: '2607.10002', title: ROBOTS, abstract: 'Grippers feel cloth, and laundry robots fold it.', upvotes: 50 },
    { arxivId: '2607.10003', title: ATTENTION, abstract: 'Sparse kernels make the attention of transformers quick.', upvotes: 40 },
    { arxivId: '2607.10004', title: PROTEIN, abstract: 'Structures of proteins, learnt from their families.', upvotes: 30 },
    // Long past: they can be saved, and are in no roundup.
    { arxivId: '2601.00001', title: 'Kernels for sparse attention', abstract: 'Transformers whose attention is sparse, with long context.', listedOn: '2026-01-05' },
    { arxivId: '2601.00002', title: 'Laundry robots with grippers', abstract: 'Tactile robots fold laundry.', listedOn: '2026-01-05' },
    { arxivId: '2601.00003', title: 'Transformers and sparse attention', abstract: 'Attention kernels for a long context.', listedOn: '2026-01-05' },
  ]);
  rig = await openRig(db());
  await rig.ask('/roundup subscribe');
  await rig.ask('/roundup subscribe', { channel: OTHER });
});

describe('a roundup', () => {
  test('comes in the order of what trends, until somebody in its channel says what they like', async () => {
    expect(await order()).toEqual(TRENDING);
    await rig.ask('/paper save 2601.00001');
    await rig.ask('/paper save 2601.00003', { person: { id: 'bob', profile: async () => ({ standing: 'member' }) } });
    expect(await order()).toEqual([ATTENTION, QUANTUM, ROBOTS, PROTEIN]);
    expect(await rig.read('/roundup preview')).toMatch(/1\. Sparse attention kernels.*\n40 upvotes\nlike 2 you saved\n/);
  });

  test('takes an upvote like a save, and calls it by its name', async () => {
    await rig.ask('/paper vote up 2601.00001');
    expect(await rig.read('/roundup preview')).toMatch(/1\. Sparse attention kernels.*\n40 upvotes\nlike 1 you liked\n/);
  });

  test('puts what is like a paper that wasn’t for it further down, says so, and hides nothing', async () => {
    await rig.ask('/paper not-for-us 2601.00002');
    expect(await order()).toEqual([QUANTUM, ATTENTION, PROTEIN, ROBOTS]);
    expect(await rig.read('/roundup preview')).toMatch(/4\. Tactile grippers.*\n50 upvotes\nlike 1 that wasn’t for you\n/);
  });

  test('is posted in that order, with that reason, which stays to be asked for', async () => {
    await rig.ask('/paper save 2601.00001');
    rig.clock.moveTo('2026-07-28T09:00:30Z');
    await rig.app.tick();
    const posts = rig.platform.posted.filter(({ parent }) => !parent).map(({ channel, payload }) => [channel.id, wordsIn(payload.doc as never).split('\n')[1]]);
    expect(posts).toEqual([['C1', `1. ${ATTENTION}`], ['C2', `1. ${QUANTUM}`]]);
    expect(await rig.read('/roundup why 2607.10003')).toContain('like 1 you saved');
  });

  test('learns nothing from another channel of the same workspace', async () => {
    await rig.ask('/paper save 2601.00001');
    await rig.ask('/paper not-for-us 2601.00002');
    expect(await order(OTHER)).toEqual(TRENDING);
    expect(await rig.read('/roundup taste', { channel: OTHER })).toContain('has nothing to go by yet');
  });

  test('learns from what one person says in two channels in the one where it was said last', async () => {
    await rig.ask('/paper save 2601.00001', { channel: OTHER });
    expect(await rig.read('/paper save 2601.00001')).toContain('You had saved this already');
    expect((await order())[0]).toBe(ATTENTION);
    expect(await order(OTHER)).toEqual(TRENDING);
    await rig.ask('/paper save undo 2601.00001');
    await rig.ask('/paper vote up 2601.00001');
    await rig.ask('/paper vote up 2601.00001', { channel: OTHER });
    expect(await order()).toEqual(TRENDING);
    expect((await order(OTHER))[0]).toBe(ATTENTION);
  });

  test('learns from what is said in a thread of its channel', async () => {
    const thread: ChannelRef = { ...PLACE, id: 'T9', parent: PLACE.id };
    const card = await rig.ask('/paper 2601.00001', { channel: thread });
    await rig.ask('/paper save 2601.00001', { channel: thread });
    await rig.ask('/paper not-for-us 2601.00002', { channel: thread });
    expect(await order()).toEqual([ATTENTION, QUANTUM, PROTEIN, ROBOTS]);
    await rig.ask('/paper not-for-us undo 2601.00002', { channel: thread });
    expect((await order()).at(-1)).toBe(PROTEIN);
    expect(card.doc.actions!.map(({ label }) => label)).toContain('Not for us');
  });
});

describe('“not for us”', () => {
  test('stands beside Save under each paper of a roundup, says what it does, and can be taken back', async () => {
    rig.clock.moveTo('2026-07-28T09:00:30Z');
    await rig.app.tick();
    const thread = rig.platform.posted.find(({ parent, channel }) => parent && channel.id === 'C1')!.payload.doc as never;
    const said = await rig.press({ doc: thread, audience: 'channel' }, 'Not for us');
    expect(said.audience).toBe('asker');
    expect(said.doc.summary).toBe(`Noted, not for this channel: “${QUANTUM}”. Papers like it will stand lower in this channel’s roundup; none is hidden.`);
    expect((await rig.press({ doc: thread, audience: 'channel' }, 'Not for us')).doc.summary).toContain('You had said so already');
    expect((await rig.press(said, 'Undo')).doc.summary).toBe(`Taken back: “${QUANTUM}” may be for this channel after all.`);
    expect(await rig.read('/roundup taste')).toContain('has nothing to go by yet');
  });

  test('goes before a save of the same person, and against one of another it is no opinion', async () => {
    await rig.ask('/paper save 2601.00002');
    await rig.ask('/paper not-for-us 2601.00002');
    expect((await order()).at(-1)).toBe(ROBOTS);
    await rig.ask('/paper save 2601.00002', { person: { id: 'bob', profile: async () => ({ standing: 'member' }) } });
    expect(await order()).toEqual(TRENDING);
  });

  test('says when it counts for nothing yet', async () => {
    expect(await rig.read('/paper not-for-us 2601.00002', { channel: { ...PLACE, id: 'C3' } })).toContain('once this channel has a roundup');
    await rig.ask('/roundup taste off');
    expect(await rig.read('/paper not-for-us 2601.00002')).toContain('taste is off');
  });
});

describe('/roundup taste', () => {
  test('shows what it has learnt in words, and from how much', async () => {
    await rig.ask('/paper save 2601.00001');
    await rig.ask('/paper vote up 2601.00003');
    await rig.ask('/paper not-for-us 2601.00002');
    const answer = await rig.ask('/roundup taste', { standing: 'guest' });
    expect(answer.audience).toBe('asker');
    const words = wordsIn(answer.doc);
    expect(words).toContain('Learnt from 1 saved paper, 1 upvoted paper and 1 paper that wasn’t for you in this channel.');
    expect(words).toMatch(/More of\n.*attention.*\nLess of\n/s);
    expect(words).toMatch(/Less of\n.*laundry/s);
    expect(words).toContain('A paper moves by 50 % of its trending score at the most');
  });

  test('switches it off and on, for managers alone, and tells the channel', async () => {
    await rig.ask('/paper save 2601.00001');
    expect(await rig.read('/roundup taste off', { standing: 'member' })).toContain('Only people who may manage channels here');
    expect((await order())[0]).toBe(ATTENTION);
    const off = await rig.press(await rig.ask('/roundup taste'), 'Switch off');
    expect(off.audience).toBe('channel');
    expect(wordsIn(off.doc)).toContain('no longer counts in its roundup. Switched off by Ana.');
    expect(await order()).toEqual(TRENDING);
    await rig.press(await rig.ask('/roundup taste'), 'Switch on');
    expect((await order())[0]).toBe(ATTENTION);
  });

  test('resets it: what was said before counts no more, what comes after does', async () => {
    await rig.ask('/paper save 2601.00001');
    rig.clock.forward(60_000);
    expect(await rig.read('/roundup taste reset')).toContain('was reset by Ana: it is learnt anew');
    expect(await order()).toEqual(TRENDING);
    rig.clock.forward(60_000);
    await rig.ask('/paper save 2601.00001');
    expect(await rig.read('/roundup preview')).toContain('like 1 you saved');
  });

  test.each(['/roundup taste good', '/roundup taste off now'])('%s is told how it is used', async (line) => {
    expect(await rig.read(line)).toContain('Use it like this: /roundup taste [CHANGE]');
  });
});
