// Who may change a channel, and what a change does to the next roundup.
import { beforeEach, describe, expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { BOTH, openStage } from './stage.ts';

const db = useDb();

beforeEach(() => havePapers(db(), Array.from({ length: 12 }, (_, i) => ({ title: `Paper of the week ${i + 1}`, upvotes: 50 - i }))));

describe.each(BOTH)('on %s', (name) => {
  test('someone without the right is refused in private, and nothing changes', async () => {
    const stage = await openStage(name, db());
    const refused = await stage.type('/roundup subscribe everything', { who: 'Gus' });
    expect(refused.toChannel).toEqual([]);
    expect(refused.toAsker.at(-1)!.words).toMatch(/^Only .* can change this channel’s roundup\. Ask one of them to do it\.$/);

    const welcome = await stage.type('/roundup subscribe everything');
    const before = (await stage.type('/roundup list', { who: 'Gus' })).toAsker[0]!.words;
    expect(before).toContain('weekdays at 09:00');
    for (const line of ['/roundup subscribe nlp', '/roundup unsubscribe all', '/roundup schedule 23:00', '/roundup size 1', '/roundup now', '/roundup pause', '/roundup resume']) {
      const { toAsker, toChannel } = await stage.type(line, { who: 'Gus' });
      expect(toAsker[0]!.words, line).toContain('can change this channel’s roundup.');
      expect(toChannel, line).toEqual([]);
    }
    // What is not understood is told in private as well, and in whole sentences.
    for (const line of ['/roundup schedule whenever', '/roundup size many', '/roundup subscribe "open', '/roundup subscribe -survey', '/roundup subscribe cat:nonsense']) {
      const { toAsker, toChannel } = await stage.type(line);
      expect(toAsker[0]!.words, line).toMatch(/[.”]$/);
      expect(toChannel, line).toEqual([]);
    }
    expect((await welcome.toChannel[0]!.press('Post one now', 'Gus')).toAsker[0]!.words).toContain('can change this channel’s roundup.');
    expect((await stage.type('/roundup list', { who: 'Gus' })).toAsker[0]!.words).toBe(before);
    expect(stage.posts()).toEqual([]);
  });

  test('someone who has lost the right since is refused at every press, in private', async () => {
    const stage = await openStage(name, db());
    const welcome = await stage.type('/roundup subscribe everything');
    const list = (await stage.type('/roundup list')).toAsker[0]!;
    stage.demote('Ana');
    for (const [message, label] of [[welcome.toChannel[0]!, 'Undo'], [welcome.toChannel[0]!, 'Post one now'], [list, 'Pause']] as const) {
      const { toAsker, toChannel } = await message.press(label);
      expect(toAsker[0]!.words, label).toContain('can change this channel’s roundup.');
      expect(toChannel, label).toEqual([]);
    }
    expect((await stage.type('/roundup list')).toAsker[0]!.words).toBe(list.words);
    expect(stage.posts()).toEqual([]);
    // Their own digest is theirs all the same.
    expect((await stage.type('/roundup me subscribe nlp')).toAsker[0]!.words).toContain('You get a digest on nlp');
  });

  test('a new hour holds from the next day on, and a day never gets a second roundup', async () => {
    const stage = await openStage(name, db());
    await stage.type('/roundup subscribe everything');
    expect((await stage.type('/roundup schedule 08:00 UTC daily')).toChannel[0]!.words).toContain('now comes daily at 08:00, UTC');
    expect((await stage.type('/roundup size 2')).toChannel[0]!.words).toContain('at most 2 papers');
    await stage.tickAt('2026-07-28T08:00:00Z');
    expect(titles(stage.posts())).toEqual([['Paper of the week 1', 'Paper of the week 2']]);

    await stage.type('/roundup schedule 11:00');
    await stage.tickAt('2026-07-28T11:00:00Z');
    await stage.tickAt('2026-07-29T08:00:00Z');
    expect(stage.posts()).toHaveLength(1);
    await stage.tickAt('2026-07-29T11:00:00Z');
    expect(titles(stage.posts())[1]).toEqual(['Paper of the week 3', 'Paper of the week 4']);

    // Back to the earlier hour, after the day had its roundup.
    await stage.type('/roundup schedule 11:30');
    await stage.tickAt('2026-07-29T11:30:00Z');
    expect(stage.posts()).toHaveLength(2);
  });

  test('a pause is kept to, and what fell into it is not made up for', async () => {
    const stage = await openStage(name, db());
    await stage.type('/roundup subscribe everything');
    await stage.type('/roundup schedule 09:00 UTC daily');
    await stage.type('/roundup size 2');
    const paused = await stage.type('/roundup pause');
    expect(paused.toChannel[0]!.words).toContain('paused here');
    await stage.tickAt('2026-07-28T09:00:00Z');
    expect(stage.posts()).toEqual([]);
    expect((await paused.toChannel[0]!.press('Resume', 'Gus')).toChannel).toEqual([]);
    expect((await paused.toChannel[0]!.press('Resume')).toChannel[0]!.words).toContain('Wed 29 Jul, 09:00');
    await stage.tickAt('2026-07-28T09:30:00Z');
    expect(stage.posts()).toEqual([]);
    await stage.tickAt('2026-07-29T09:00:00Z');
    expect(stage.posts()).toHaveLength(1);
  });
});

function titles(posts: { words: string }[]): string[][] {
  return posts.map(({ words }) => words.match(/Paper of the week \d+$/gm) ?? []);
}
