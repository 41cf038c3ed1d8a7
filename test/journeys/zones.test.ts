// Channels in several time zones, each with its own topics.
import { describe, expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { BOTH, openStage } from './stage.ts';

const db = useDb();

describe.each(BOTH)('on %s', (name) => {
  test('each channel gets what it subscribed to at its own nine o’clock, and a paused one nothing', async () => {
    await havePapers(db(), [{ title: 'Sparse attention' }, { title: 'A survey of attention' }, { title: 'Robots that fold laundry' }, { title: 'Gravity' }]);
    const stage = await openStage(name, db());
    await stage.type('/roundup subscribe "sparse attention"', { in: 'papers' });
    await stage.type('/roundup schedule 09:00 Europe/Berlin daily', { in: 'papers' });
    await stage.type('/roundup subscribe robots', { in: 'random' });
    await stage.type('/roundup subscribe gravity', { in: 'random' });
    await stage.type('/roundup schedule 9am America/New_York daily', { in: 'random' });
    await stage.type('/roundup subscribe everything', { in: 'lab' });
    await stage.type('/roundup pause', { in: 'lab' });
    // Monday's nine o'clock in New York is still to come.
    await stage.tickAt('2026-07-27T12:59:00Z');
    expect(stage.posts('random')).toEqual([]);
    await stage.tickAt('2026-07-27T13:00:00Z');
    const [roundup] = stage.posts('random');
    expect(titles(roundup!.words).sort()).toEqual(['Gravity', 'Robots that fold laundry']);
    expect(roundup!.words).toContain('matches robots');
    expect(roundup!.words).toContain('matches gravity');
    expect(stage.posts('papers')).toEqual([]);

    await stage.tickAt('2026-07-28T06:59:00Z');
    expect(stage.posts('papers')).toEqual([]);
    await stage.tickAt('2026-07-28T07:00:00Z');
    await stage.tickAt('2026-07-28T13:00:00Z');
    expect(stage.posts('papers').map(({ words }) => titles(words))).toEqual([['Sparse attention']]);
    // Nothing new for this one: no empty post.
    expect(stage.posts('random')).toHaveLength(1);
    expect(stage.posts('lab')).toEqual([]);
  });
});

function titles(words: string): string[] {
  return (words.match(/^\d+\. .+$/gm) ?? []).map((title) => title.replace(/^\d+\. /, ''));
}
