// Somebody adds Paperround to a team, subscribes a channel, and reads the first roundup.
import { describe, expect, test } from 'vitest';
import { ingestSamples } from '../../src/ingest/samples.ts';
import * as sources from '../../src/sources/index.ts';
import { useDb } from '../support/db.ts';
import { ALL, openStage } from './stage.ts';

const db = useDb();

describe.each(ALL)('a newcomer on %s', (name) => {
  test('is told how to let the bot in, subscribes, and the next morning reads one roundup', async () => {
    await ingestSamples({ db: db(), sources: Object.values(sources) });
    const stage = await openStage(name, db(), { at: '2026-07-27T19:00:00Z' });

    stage.shutOut('papers');
    const refused = await stage.type('/roundup subscribe attention');
    expect(refused.toAsker.at(-1)!.words).toContain(stage.fix);
    expect(refused.toChannel).toEqual([]);
    expect((await stage.type('/roundup list')).toAsker[0]!.words).toContain('This channel has no roundup yet.');

    stage.letIn('papers');
    const welcome = await stage.type('/roundup subscribe attention');
    expect(welcome.toChannel[0]!.words).toMatch(/This channel gets a roundup on attention: weekdays at 09:00, .*at most 10 papers\.\n.*Next roundup: Tue,? 28 Jul,? 09:00/);
    expect(stage.posts()).toEqual([]);

    await stage.tickAt(justBefore(`2026-07-28T${stage.nine}`));
    expect(stage.posts()).toEqual([]);

    await stage.tickAt(`2026-07-28T${stage.nine}`);
    await stage.bot.app.tick();
    const [roundup, ...more] = stage.posts();
    expect(more).toEqual([]);
    expect(roundup!.notice).toMatch(/10 trending papers on attention for 28 July 2026, first “.+”\./);
    const titles = ranked(roundup!.words);
    expect(titles).toHaveLength(10);
    expect(roundup!.words.match(/matches attention/g)).toHaveLength(10);
    expect(roundup!.words).toMatch(/\d+ upvotes/);
    expect(ranked(roundup!.thread.map(({ words }) => words).join('\n'))).toEqual(titles);
    expect(roundup!.thread.map(({ words }) => words).join('\n')).toMatch(/attention/i);

    await stage.tickAt('2026-07-28T20:00:00Z');
    expect(stage.posts()).toHaveLength(1);
    const details = await roundup!.thread[0]!.press('Details', 'Gus');
    expect(details.toAsker[0]!.words).toContain(titles[0]!.replace(/^1\. /, ''));
  });
});

function ranked(words: string): string[] {
  return words.match(/^\d+\. .+$/gm) ?? [];
}

function justBefore(instant: string): string {
  return new Date(Date.parse(instant) - 60_000).toISOString();
}
