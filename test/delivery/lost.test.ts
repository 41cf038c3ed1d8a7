// A channel that was lost: its subscriber hears of it once, and mends it with one press.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Payload } from '../../src/core/platform.ts';
import type { Doc } from '../../src/core/doc.ts';
import { ChannelGone, NotAllowed, TryLater } from '../../src/core/errors.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { aPerson, havePapers, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;
let told: { person: string; doc: Doc }[];

beforeEach(async () => {
  await havePapers(db(), [{ title: 'Sparse attention' }]);
  rig = await openRig(db());
  told = [];
  rig.platform.adapter.tell = async ({ person }, payload: Payload) => `D${told.push({ person, doc: payload.doc as Doc })}`;
  await rig.ask('/roundup subscribe attention');
  await rig.ask('/roundup schedule 09:00 UTC daily');
});

async function lose(error: Error = new ChannelGone('is_archived')) {
  const works = { ...rig.platform.adapter };
  rig.platform.adapter.post = () => Promise.reject(error);
  rig.clock.moveTo('2026-07-28T09:00:00Z');
  await rig.app.tick();
  Object.assign(rig.platform.adapter, works);
  rig.clock.forward(60_000);
  await rig.app.tick();
}

describe('a lost channel', () => {
  test('is paused with the platform’s code, keeps its topics, and its subscriber is told once', async () => {
    await lose();
    rig.clock.forward(60_000);
    await rig.app.tick();
    expect(told).toHaveLength(1);
    expect(told[0]!.person).toBe('ana');
    expect(wordsIn(told[0]!.doc)).toContain('the roundup of #reading has stopped');
    expect(wordsIn(told[0]!.doc)).toContain('is_archived');
    const words = await rig.read('/roundup list');
    expect(words).toContain('attention');
    expect(words).toContain('is_archived');
    expect(await rig.read('/roundup history')).toContain('is_archived');
  });

  test('goes on at one press, once the bot may post there again', async () => {
    await lose();
    const answer = { doc: told[0]!.doc, audience: 'asker' as const };
    rig.platform.adapter.preflight = async () => ({ ok: false, code: 'is_archived', problem: 'This channel is archived.', fix: 'Unarchive it.' });
    const refused = await rig.press(answer, 'Check and resume');
    expect(wordsIn(refused.doc)).toContain('Not yet. This channel is archived. Unarchive it.');
    rig.platform.adapter.preflight = async () => ({ ok: true });
    expect(wordsIn((await rig.press(refused, 'Check again')).doc)).toContain('The roundup goes on. Next one: Wed 29 Jul, 09:00 (UTC).');
    await havePapers(db(), [{ title: 'Slow attention', listedOn: '2026-07-29' }], new Date('2026-07-29T01:00:00Z'));
    rig.clock.moveTo('2026-07-29T09:00:00Z');
    await rig.app.tick();
    expect(rig.platform.posted).toHaveLength(2);
  });

  test('is mended by the press of nobody else', async () => {
    await lose();
    const [item] = told[0]!.doc.blocks.flatMap((block) => (block.kind === 'item' ? block.actions! : []));
    const line = `/roundup ${item!.call.text}`;
    const others = [
      { person: { id: 'gus', profile: async () => ({ standing: 'admin' as const }) } },
      { channel: { platform: 'paper', workspace: 'W2', id: 'D1' } },
      { channel: { platform: 'ink', workspace: 'W1', id: 'D1' } },
    ];
    for (const other of others) expect(await rig.read(line, other)).toContain('You have subscribed no channel of that number');
    expect(await rig.read('/roundup repair 999999')).toContain('You have subscribed no channel of that number');
    // Direct messages may be a workspace of their own, as on Discord.
    const ana = { ...aPerson(), home: '@ana' };
    expect(await rig.read(line, { channel: { platform: 'paper', workspace: '@ana', id: 'D1', person: 'ana' }, person: ana })).toContain('The roundup goes on.');
  });

  test('is not mended by who may not manage it any more', async () => {
    await lose();
    const answer = { doc: told[0]!.doc, audience: 'asker' as const };
    rig.platform.adapter.standing = async () => 'member';
    expect(wordsIn((await rig.press(answer, 'Check and resume')).doc)).toContain('can change this channel’s roundup.');
    rig.platform.adapter.standing = async ({ id }, person) => (id === 'C1' && person === 'ana' ? 'manager' : 'guest');
    expect(wordsIn((await rig.press(answer, 'Check and resume')).doc)).toContain('The roundup goes on.');
  });

  test('that a person pauses meanwhile stays paused', async () => {
    await lose();
    await rig.ask('/roundup pause');
    expect(wordsIn((await rig.press({ doc: told[0]!.doc, audience: 'asker' }, 'Check and resume')).doc)).toContain('paused by Ana');
  });

  test('is told of later, when the platform takes no message just now, and not at all to one who takes none', async () => {
    const works = { ...rig.platform.adapter };
    rig.platform.adapter.tell = () => Promise.reject(new TryLater(1_000, 'slow down'));
    await lose();
    Object.assign(rig.platform.adapter, works);
    rig.clock.forward(60_000);
    await rig.app.tick();
    expect(told).toHaveLength(1);

    await rig.ask('/roundup resume');
    rig.platform.adapter.tell = () => Promise.reject(new NotAllowed('50007', 'takes no messages'));
    await havePapers(db(), [{ title: 'More attention' }], rig.clock.now());
    rig.platform.adapter.post = () => Promise.reject(new ChannelGone('is_archived'));
    rig.clock.moveTo('2026-07-29T09:00:00Z');
    await rig.app.tick();
    Object.assign(rig.platform.adapter, works);
    rig.clock.forward(60_000);
    await rig.app.tick();
    expect(told).toHaveLength(1);
  });

  test('of a whole workspace: one message to each subscriber', async () => {
    for (const id of ['C2', 'C3']) {
      const channel = { platform: 'paper', workspace: 'W1', id, name: id.toLowerCase() };
      await rig.ask('/roundup subscribe attention', { channel });
      await rig.ask('/roundup schedule 09:00 UTC daily', { channel });
    }
    await lose();
    expect(told).toHaveLength(1);
    expect(wordsIn(told[0]!.doc)).toContain('3 roundups that you subscribed to have stopped');
    expect(told[0]!.doc.blocks.filter((block) => block.kind === 'item')).toHaveLength(3);
  });
});
