// The bot ends, in good order or not, and another takes over on the same database.
import { onTestFinished, beforeEach, describe, expect, test } from 'vitest';
import { leaseMessages } from '../../src/db/outbox.ts';
import { useDb } from '../support/db.ts';
import { startBot, tickAt } from '../support/bot.ts';
import { havePapers } from '../support/factories.ts';
import { until } from '../support/slack-server.ts';
import { BOTH, openStage, type Stage, type StageName } from './stage.ts';

const db = useDb();

beforeEach(() => havePapers(db(), [{ title: 'Robots that fold laundry' }, { title: 'Robots that iron' }]));

async function subscribed(name: StageName): Promise<Stage> {
  const stage = await openStage(name, db());
  await stage.type('/roundup subscribe everything');
  await stage.type('/roundup schedule 09:00 UTC daily');
  return stage;
}

describe.each(BOTH)('after a restart on %s', (name) => {
  test('nothing is posted again, and buttons from before still work', async () => {
    const stage = await subscribed(name);
    const answer = await stage.type('/paper robots');
    await stage.tickAt('2026-07-28T09:00:00Z');
    const [before] = stage.posts();
    await stage.restart();
    await stage.tickAt('2026-07-28T09:01:00Z');
    expect(stage.posts()).toHaveLength(1);
    expect((await before!.thread[0]!.press('Save', 'Gus')).toAsker[0]!.words).toMatch(/^Saved: “Robots that /);
    expect((await answer.toAsker[0]!.press('Details')).toAsker[0]!.words).toContain('Robots that ');
    expect(ranked((await before!.press('This week')).toAsker[0]!.words)).toHaveLength(2);
  });

  test('a message that the first one had posted and not written down is found, not doubled', async () => {
    const stage = await subscribed(name);
    // The first process posts, and dies before the receipt is in the database.
    stage.world.clock.moveTo('2026-07-28T09:00:00Z');
    stage.loseNextAnswer();
    await stage.bot.app.tick();
    const [parent] = await leaseAll(stage, '2026-07-28T09:00:30Z');
    expect(parent!.doubtful).toBe(true);
    await stage.restart();
    await stage.tickAt('2026-07-28T09:01:00Z');
    expect(stage.posts()).toMatchObject([{ thread: [] }]);
    await stage.tickAt('2026-07-28T09:03:00Z');
    await stage.tickAt('2026-07-28T09:04:00Z');
    expect(stage.posts()).toMatchObject([{ thread: [{}] }]);
  });

  test('a message that the first one had only taken is posted once its time with it is over', async () => {
    const stage = await subscribed(name);
    await stage.bot.stop();
    // Made, taken, never sent: as if the process had ended there.
    const dying = await startBot(db(), stage.world, [name === 'Discord' ? 'discord' : 'slack']);
    stage.refuseForSeconds(1);
    stage.world.clock.moveTo('2026-07-28T09:00:00Z');
    await dying.app.tick();
    await leaseAll(stage, '2026-07-28T09:00:02Z');
    await dying.stop();
    await stage.restart();
    await stage.tickAt('2026-07-28T09:01:00Z');
    expect(stage.posts()).toEqual([]);
    await stage.tickAt('2026-07-28T09:02:00Z');
    expect(stage.posts()).toMatchObject([{ thread: [{}] }]);
  });

  test('somebody who waits for an answer while the bot ends is answered', async () => {
    let asked = false;
    // An arXiv that never answers.
    const fetch: typeof globalThis.fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        asked = true;
        init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason as Error));
      });
    const stage = await openStage(name, db(), { fetch });
    const answer = stage.type('/paper 2104.12255');
    await until(() => asked, () => 'arXiv was not asked');
    await stage.bot.stop();
    expect((await answer).toAsker[0]!.words).toContain('Try again in a few minutes.');
    await stage.restart();
  });

  test('what was due meanwhile is posted late, and says so', async () => {
    const stage = await subscribed(name);
    await stage.bot.stop();
    stage.world.clock.moveTo('2026-07-28T11:00:00Z');
    await stage.restart();
    await stage.bot.app.tick();
    await stage.bot.app.tick();
    expect(stage.posts().map(({ words }) => /2 hours late: Paperround was not running/.test(words))).toEqual([true]);
  });

  test('two bots at the same time post one roundup, and answer once', async () => {
    const stage = await subscribed(name);
    const second = await startBot(db(), stage.world, [name === 'Discord' ? 'discord' : 'slack']);
    onTestFinished(() => second.stop());
    await tickAt(db(), stage.world, [stage.bot, second], '2026-07-28T09:00:00Z');
    await tickAt(db(), stage.world, [stage.bot, second], '2026-07-28T09:01:00Z');
    expect(stage.posts()).toMatchObject([{ thread: [{}] }]);
    expect((await stage.type('/paper robots')).toAsker).toHaveLength(1);
  });
});

test('Discord is told of the commands once', async () => {
  const stage = await openStage('Discord', db());
  await stage.restart();
  await stage.restart();
  expect(stage.world.discord.count('PUT /applications/*/commands')).toBe(1);
  expect(ranked((await stage.type('/paper robots')).toAsker[0]!.words)).toHaveLength(2);
});

/** Takes what is due in the name of a process that then does nothing more. */
async function leaseAll(stage: Stage, at: string) {
  const lease = (platform: string) => leaseMessages(stage.db, platform, 'a process that died', new Date(at), 10);
  return [...(await lease('slack')), ...(await lease('discord'))];
}

function ranked(words: string): string[] {
  return words.match(/^\d+\. .+$/gm) ?? [];
}
