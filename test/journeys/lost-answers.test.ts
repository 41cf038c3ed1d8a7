// The network between the bot and a platform is bad, or the channel is gone.
import { beforeEach, describe, expect, test } from 'vitest';
import { listChannels } from '../../src/db/channels.ts';
import { topicsOf } from '../../src/db/topics.ts';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { until } from '../support/slack-server.ts';
import { BOTH, openStage, type Stage, type StageName } from './stage.ts';

const db = useDb();

beforeEach(() => havePapers(db(), [{ title: 'Robots that fold laundry' }, { title: 'Robots that iron' }]));

async function subscribed(name: StageName): Promise<Stage> {
  const stage = await openStage(name, db());
  for (const place of ['papers', 'random', 'lab'] as const) {
    await stage.type('/roundup subscribe robots', { in: place });
    await stage.type('/roundup schedule 09:00 UTC daily', { in: place });
  }
  return stage;
}

async function alone(name: StageName): Promise<Stage> {
  const stage = await openStage(name, db());
  await stage.type('/roundup subscribe robots');
  await stage.type('/roundup schedule 09:00 UTC daily');
  return stage;
}

describe.each(BOTH)('on %s', (name) => {
  test('a roundup whose answer was lost is found again, not posted again', async () => {
    const stage = await alone(name);
    stage.loseNextAnswer();
    await stage.tickAt('2026-07-28T09:00:00Z');
    expect(stage.posts()).toMatchObject([{ thread: [] }]);
    await stage.tickAt('2026-07-28T09:01:00Z');
    await stage.tickAt('2026-07-28T09:10:00Z');
    expect(stage.posts()).toMatchObject([{ thread: [{}] }]);
  });

  test('neither it nor its thread is doubled though answers are lost again and again', async () => {
    const stage = await alone(name);
    for (const minute of ['00', '10', '20', '30', '40']) {
      stage.loseNextAnswer();
      await stage.tickAt(`2026-07-28T09:${minute}:00Z`);
      expect(stage.posts()).toHaveLength(1);
    }
    for (const hour of ['10', '11', '12']) await stage.tickAt(`2026-07-28T${hour}:00:00Z`);
    expect(stage.posts()).toMatchObject([{ thread: [{}] }]);
  });

  test('it is not doubled when it can’t be looked for at once either', async () => {
    const stage = await alone(name);
    stage.loseNextAnswer();
    stage.refuseLooks(30, 2);
    for (const minute of ['00', '01', '10', '20', '30']) await stage.tickAt(`2026-07-28T09:${minute}:00Z`);
    expect(stage.posts()).toMatchObject([{ thread: [{}] }]);
  });

  test('an outage of hours is sat out', async () => {
    const stage = await alone(name);
    stage.breakDown(6);
    for (let quarter = 0; quarter < 20; quarter++) await stage.tickAt(new Date(Date.parse('2026-07-28T09:00:00Z') + quarter * 900_000).toISOString());
    expect(stage.posts()).toMatchObject([{ thread: [{}] }]);
  });

  test('a roundup that can’t be posted all day is given up, and the next day’s comes', async () => {
    const stage = await alone(name);
    stage.refuseForSeconds(7 * 3_600);
    await stage.tickAt('2026-07-28T09:00:00Z');
    stage.refuseForSeconds(60);
    await stage.tickAt('2026-07-28T16:00:30Z');
    await stage.tickAt('2026-07-28T17:00:00Z');
    expect(stage.posts()).toEqual([]);
    await stage.tickAt('2026-07-29T09:00:00Z');
    expect(stage.posts().map(({ notice }) => notice)).toEqual([expect.stringContaining('29 July 2026')]);
  });

  test('a limit is waited out, no longer and no shorter', async () => {
    const stage = await alone(name);
    stage.refuseForSeconds(30);
    await stage.tickAt('2026-07-28T09:00:00Z');
    await stage.tickAt('2026-07-28T09:00:27Z');
    expect(stage.posts()).toEqual([]);
    await stage.tickAt('2026-07-28T09:00:31Z');
    expect(stage.posts()).toMatchObject([{ thread: [{}] }]);
  });

  test('a channel that is gone is paused with its settings, and the others get theirs', async () => {
    const stage = await subscribed(name);
    stage.vanish('papers');
    await stage.deleteChannel('random');
    // Being told takes a moment over a real connection.
    let paused: string[] = [];
    const look = async () => (paused = (await listChannels(db())).filter(({ pausedWhy }) => pausedWhy).map((channel) => channel.name ?? ''));
    await until(() => (void look(), paused.includes('random')), () => `paused: ${paused.join()}`);
    await stage.tickAt('2026-07-28T09:00:00Z');
    expect((await look()).sort()).toEqual(['papers', 'random']);
    expect(stage.posts('lab')).toMatchObject([{ thread: [{}] }]);
    for (const channel of await listChannels(db())) {
      expect(channel).toMatchObject({ at: '09:00', zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7] });
      expect(await topicsOf(db(), channel.id)).toMatchObject([{ name: null, query: 'robots' }]);
    }
    await stage.tickAt('2026-07-29T09:00:00Z');
    expect(stage.posts('lab')).toHaveLength(1);
  });

  test('a bot that was put out is let in again, resumed, and shows what it could not show before', async () => {
    const stage = await alone(name);
    stage.shutOut('papers');
    await stage.tickAt('2026-07-28T09:00:00Z');
    expect(stage.posts()).toEqual([]);
    expect((await stage.type('/roundup list')).toAsker[0]!.words).toContain('paused');
    expect((await stage.type('/roundup resume')).toAsker[0]!.words).toContain(stage.fix);
    stage.letIn('papers');
    expect((await stage.type('/roundup resume')).toChannel[0]!.words).toContain('Next one: Wed 29 Jul, 09:00 (UTC)');
    await stage.tickAt('2026-07-29T09:00:00Z');
    expect(stage.posts()[0]!.words).toMatch(/29 July 2026[^]*Robots that (fold|iron)/);
    expect(stage.posts()).toHaveLength(1);
  });
});
