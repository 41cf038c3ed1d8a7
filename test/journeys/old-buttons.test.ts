// Messages stay for years, and with them the buttons of older versions: each still works, or says what to do.
import { beforeEach, describe, expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { CHANNEL, USER } from '../support/discord-server.ts';
import { havePapers } from '../support/factories.ts';
import { BOTH, openStage, type Stage, type StageName } from './stage.ts';

const db = useDb();

beforeEach(() => havePapers(db(), Array.from({ length: 7 }, (_, n) => ({ title: `Sparse attention ${n + 1}`, upvotes: 70 - n }))));

/** Presses a button as the first version wrote it under its messages, and reads the answer. */
async function pressOld({ world: { discord, slack } }: Stage, name: StageName, call: string, id = `4:${call}`): Promise<string> {
  if (name !== 'Discord') {
    const { ackMs, answers } = await slack.press({ action_id: id.replace(/ .*$/s, ''), value: call, text: { type: 'plain_text', text: 'Old' } });
    expect(ackMs).toBeDefined();
    return JSON.stringify(answers);
  }
  const message = discord.world.say(CHANNEL, { content: 'Of old.', components: [{ type: 1, components: [{ type: 2, label: 'Old', custom_id: id }] }] });
  const { ephemeral, public: shown } = await discord.press(id, { user: USER, permissions: ['ManageChannels'], message });
  return JSON.stringify([...ephemeral, ...shown]);
}

describe.each(BOTH)('a button on an old message on %s', (name) => {
  test.each([
    ['paper id:2', 'arXiv · PDF|Sparse attention 2'],
    ['paper save id:2', 'Saved: “Sparse attention 2”'],
    ['paper save undo id:2', 'No longer saved: “Sparse attention 2”'],
    ['paper vote up id:2', 'Upvoted: “Sparse attention 2”'],
    ['paper similar id:2', 'Papers like “Sparse attention 2”'],
    ['paper not-for-us id:2', 'not for this channel: “Sparse attention 2”'],
    ['paper trending week', 'Trending this week'],
    ['paper more:5 attention', 'Sparse attention [67]'],
    ['paper saved 2', 'There are no more papers that you saved'],
    ['paper forget-me yes', 'There is nothing to forget'],
    ['paper help', '/paper'],
    ['roundup subscribe', 'This channel gets a roundup of everything that trends'],
    ['roundup subscribe nlp', 'a roundup on nlp'],
    ['roundup preview', 'Sparse attention 1'],
    ['roundup me list', 'You have no digest yet'],
  ])('“%s” does what it did', async (call, words) => {
    const stage = await openStage(name, db());
    expect(await pressOld(stage, name, call)).toMatch(new RegExp(words));
  });

  test('that a topic or a subscription had, does what it did while that is there, and says so after', async () => {
    const stage = await openStage(name, db());
    await stage.type('/roundup subscribe nlp at 9 daily UTC');
    expect(await pressOld(stage, name, 'roundup unsubscribe #1')).toMatch(/nlp/);
    expect(await pressOld(stage, name, 'roundup unsubscribe #1')).toMatch(/\/roundup/);
    expect(await pressOld(stage, name, 'roundup undo 0badc0de')).toContain('/roundup list shows what this channel gets.');
  });

  test.each([
    ['paper id:999999', 'no longer here. Look it up again'],
    ['paper more:5 =abcdefghijklmnop', 'too old to go on with. Search again with /paper.'],
    ['roundup subscribe =abcdefghijklmnop', 'That button is too old. Say the topic again'],
    // Verbs and commands that there might have been.
    ['paper applaud id:2', 'Sparse attention 2[^]*another version of Paperround: all that it does is show its paper'],
    ['roundup weekly 7', '/roundup has no “weekly”.[^]*/roundup help lists what there is'],
    ['papers attention', 'There is no command /papers. There are /paper and /roundup'],
  ])('“%s”, which can’t be done any more, says what to do', async (call, words) => {
    const stage = await openStage(name, db());
    expect(await pressOld(stage, name, call)).toMatch(new RegExp(words));
  });

  test('whose like nobody knows says what to do', async () => {
    const stage = await openStage(name, db());
    expect(await pressOld(stage, name, 'v0/paper/12', 'v0/paper/12')).toContain('Say the command again: /paper help and /roundup help list them.');
  });
});
