// Somebody at home in the app: their own channels, and what they may do there from outside of them.
import { beforeEach, describe, expect, test } from 'vitest';
import { findPaper } from '../../src/db/papers.ts';
import { savePaper } from '../../src/db/saves.ts';
import { saves, votes } from '../../src/db/schema.ts';
import { useDb } from '../support/db.ts';
import { havePapers, MONDAY } from '../support/factories.ts';
import { buttonOf, saysOf, wordsOf } from './slack-views.ts';
import { openStage, type StageName } from './stage.ts';

const db = useDb();
const ANA = 'U1';
const GUS = 'U2';
const BEN = 'U3';
/** Events are real, and machines are slow at times. */

beforeEach(() => havePapers(db(), [{ arxivId: '2607.00007', title: 'Sparse attention <!channel>', listedOn: '2026-07-27', upvotes: 9 }, { title: 'Robots that fold laundry' }]));

/** #papers is everybody's; #lab is private, Ana's and Gus's; #random is Ben's alone. Each has a roundup. */
async function settle(name: StageName) {
  const stage = await openStage(name, db());
  const { slack } = stage.world;
  slack.users.set(BEN, { id: BEN, name: 'ben', team_id: 'T1', tz: 'America/New_York' });
  Object.assign(slack.channels.get('C3')!, { is_private: true, members: [ANA, GUS] });
  Object.assign(slack.channels.get('C2')!, { members: [BEN] });
  await stage.type('/roundup subscribe attention at 9 weekdays Europe/Berlin');
  await stage.type('/roundup subscribe robotics at 10 daily UTC', { in: 'lab' });
  await slack.slash('/roundup', 'subscribe "secret topic" at 11 daily UTC', { user: BEN, channel: 'C2' });
  async function open(user = ANA) {
    const before = slack.requests.filter(({ method }) => method === 'views.publish').length;
    await slack.openHome(user);
    await expect.poll(() => slack.requests.filter(({ method }) => method === 'views.publish').length).toBeGreaterThan(before);
    return slack.homes.get(user)!;
  }
  /** Presses in somebody's Home, or one as it was, and waits until the Home is published anew. */
  async function press(says: string, user = ANA, home = slack.homes.get(user)) {
    const published = () => slack.requests.filter(({ method }) => method === 'views.publish').length;
    const before = published();
    await slack.pressIn(home!, buttonOf(home, says), { user });
    await expect.poll(published).toBe(before + 1);
  }
  const said = (channel: string) => slack.messages.filter((message) => message.channel === channel).map(({ text }) => text);
  return { stage, slack, open, press, said };
}

describe.each(['Slack', 'Slack over HTTP'] as StageName[])('at home on %s', (name) => {
  test('somebody sees the roundups of the channels that they are in, in their own time, and what they saved', async () => {
    const { slack, open } = await settle(name);
    const { id } = (await findPaper(db(), '2607.00007'))!;
    await savePaper(db(), { channel: { platform: 'slack', workspace: 'T1', id: 'C1' }, person: { id: ANA, profile: async () => ({ standing: 'member' }) } }, id, MONDAY);

    const words = wordsOf(await open());
    expect(words).toContain('#papers\nA roundup on attention: weekdays at 09:00, Europe/Berlin, at most 10 papers.');
    expect(words).toContain('next: Tue 28 Jul, 09:00 (Europe/Berlin) · nothing posted lately');
    expect(words).toContain('#lab\nA roundup on robotics: daily at 10:00, UTC, at most 10 papers.');
    expect(words).toContain('next: Mon 27 Jul, 12:00 (Europe/Berlin)');
    expect(words).toContain('Sparse attention <!channel>\nsaved 27 July 2026 · not read yet');
    expect(words).not.toMatch(/random|secret/);
    expect(saysOf(slack.homes.get(ANA)!)).toEqual(expect.arrayContaining(['Change the roundup of #lab', 'Pause the roundup of #lab', 'Preview the roundup of #papers', 'All saved papers, with your notes']));

    const bens = wordsOf(await open(BEN));
    expect(bens).toContain('#random\nA roundup on "secret topic"');
    expect(bens).toContain('next: Tue 28 Jul, 03:00 (America/New_York)');
    expect(bens).not.toMatch(/lab|robotics|saved 27/);
    expect(bens).toContain('None yet. Press Save under a paper');
  });

  test('who has left a private channel sees it no more, and its old buttons do nothing', async () => {
    const { stage, slack, open, press, said } = await settle(name);
    const old = { ...(await open()) };
    slack.channels.get('C3')!.members = [GUS];
    const before = said('C3').length;
    for (const says of ['Pause the roundup of #lab', 'Preview the roundup of #lab', 'Change the roundup of #lab', 'Topics of #lab']) {
      await press(says, ANA, old);
      expect(wordsOf(slack.views.at(-1)!)).toBe('You are not in that channel any more, so nothing was done. Join it again first.');
    }
    expect(slack.views).toHaveLength(4);
    expect(wordsOf(slack.homes.get(ANA)!)).not.toMatch(/lab|robotics/);
    expect(said('C3')).toHaveLength(before);
    expect((await stage.type('/roundup list', { in: 'lab', who: 'Gus' })).toAsker[0]!.words).toContain('Next roundup: Mon 27 Jul, 10:00');
  });

  test('nor does Slack go on showing it until they come back', async () => {
    const { slack, open } = await settle(name);
    expect(wordsOf(await open())).toContain('#lab');
    slack.channels.get('C3')!.members = [GUS];
    await slack.event({ type: 'member_left_channel', user: ANA, channel: 'C3', channel_type: 'G' });
    await expect.poll(() => wordsOf(slack.homes.get(ANA)!)).not.toMatch(/lab|robotics/);
    expect(wordsOf(slack.homes.get(ANA)!)).toContain('#papers');
  });

  test('somebody changes the schedule of one channel: it is told, the Home shows it, a pause stays one', async () => {
    const { slack, open, press, said } = await settle(name);
    await open();
    await press('Pause the roundup of #lab');
    expect(said('C3').at(-1)).toBe('The roundup is paused here by ana.');
    expect(wordsOf(slack.homes.get(ANA)!)).toContain('#lab\nPaused by ana. A roundup on robotics');

    await slack.pressIn(slack.homes.get(ANA)!, buttonOf(slack.homes.get(ANA), 'Change the roundup of #lab'));
    await expect.poll(() => slack.views.length).toBe(1);
    const form = slack.views[0]!;
    expect(wordsOf(form)).toContain('#lab follows robotics.');
    expect(JSON.stringify(form.blocks)).toContain('"initial_time":"10:00"');
    const days = ['mondays', 'fridays'].map((value) => ({ value }));
    const option = (value: string) => ({ selected_option: { value } });
    await slack.submit(form, { topic: { selected_option: null }, time: { selected_time: '16:30' }, zone: option('Asia/Kolkata'), days: { selected_options: days }, size: option('top 5') });
    await expect.poll(() => wordsOf(slack.homes.get(ANA)!)).toContain('Mondays, Fridays at 16:30, Asia/Kolkata, at most 5 papers.');
    expect(said('C3').at(-1)).toBe('This channel gets a roundup on robotics: Mondays, Fridays at 16:30, Asia/Kolkata, at most 5 papers.');
    expect(wordsOf(slack.homes.get(ANA)!)).toContain('Paused by ana.');

    await press('Resume the roundup of #lab');
    expect(said('C3').at(-1)).toContain('The roundup goes on here, resumed by ana.');
    expect(wordsOf(slack.homes.get(ANA)!)).not.toContain('Paused');
    expect(said('C1')).toEqual([]);
  });

  test('a guest sees their channels without what they may not do, and is refused at the press', async () => {
    const { stage, slack, open, press, said } = await settle(name);
    const anas = { ...(await open()) };
    await open(GUS);
    expect(wordsOf(slack.homes.get(GUS)!)).toContain('#lab\nA roundup on robotics');
    expect(saysOf(slack.homes.get(GUS)!).filter((says) => says.endsWith('#lab'))).toEqual(['Preview the roundup of #lab', 'Topics of #lab']);
    for (const [at, says] of ['Pause the roundup of #lab', 'Change the roundup of #lab'].entries()) {
      await press(says, GUS, anas);
      expect(wordsOf(slack.views[at]!)).toBe('Only full members of this workspace can change this channel’s roundup. Ask one of them to do it.');
    }
    expect(said('C3')).toEqual([]);
    expect((await stage.type('/roundup list', { in: 'lab' })).toAsker[0]!.words).not.toContain('paused');
  });

  test('of two people who press at once one pauses, and the other is told', async () => {
    const { slack, open, said } = await settle(name);
    const homes = [await open(ANA), await open(BEN)];
    await Promise.all(homes.map((home, at) => slack.pressIn(home, buttonOf(home, 'Pause the roundup of #papers'), { user: [ANA, BEN][at]! })));
    const paused = () => [ANA, BEN].map((user) => /#papers\nPaused by (ana|ben)\./.exec(wordsOf(slack.homes.get(user)!))?.[1]);
    await expect.poll(paused).not.toContain(undefined);
    const [first, second] = paused();
    expect(second).toBe(first);
    expect(said('C1')).toEqual([`The roundup is paused here by ${first}.`]);
    expect(slack.views.map(wordsOf)).toEqual([`There is nothing to pause here. Next roundup: none, it is paused by ${first}.`]);
  });

  test('what is looked at opens over the Home, and its buttons are for the same channel', async () => {
    const { stage, slack, open, press, said } = await settle(name);
    await open();
    await press('Preview the roundup of #papers');
    const [preview] = slack.views;
    expect(preview!.title).toMatchObject({ text: '#papers' });
    expect(wordsOf(preview!)).toMatch(/^Preview: Trending papers, 27 July 2026[^]*Sparse attention <!channel>/);
    await press('Topics of #papers');
    const topics = slack.views[1]!;
    await slack.pressIn(topics, buttonOf(topics, 'Unsubscribe attention'));
    await expect.poll(() => slack.views.length).toBe(3);
    expect(wordsOf(slack.views[2]!)).toContain('This channel no longer follows attention. Taken away by ana.');
    expect(said('C1')).toHaveLength(1);
    await expect.poll(() => wordsOf(slack.homes.get(ANA)!)).toContain('#papers\nA roundup of everything that trends');
    expect((await stage.type('/roundup list', { in: 'lab' })).toAsker[0]!.words).toContain('robotics');
  });
});

describe('what is somebody’s own, at home', () => {
  test('is their digest: seen by them alone, changed with the buttons there, told to no channel', async () => {
    const { slack, open, press, said } = await settle('Slack');
    await slack.slash('/roundup', 'me subscribe "own topic" at 8 daily UTC', { user: ANA, channel: 'C1' });
    expect(wordsOf(await open())).toContain('Your own digest\nA digest on "own topic": daily at 08:00, UTC, at most 10 papers.\nnext: Tue 28 Jul, 10:00 (Europe/Berlin)');
    const bens = await open(BEN);
    expect(wordsOf(bens)).toContain('A digest of your own, as a direct message: /roundup me subscribe nlp in any channel.');
    expect(wordsOf(bens)).not.toContain('own topic');

    await press('Pause your own digest');
    expect(wordsOf(slack.homes.get(ANA)!)).toContain('Your own digest\nPaused. A digest on');
    await press('Resume your own digest');
    await slack.pressIn(slack.homes.get(ANA)!, buttonOf(slack.homes.get(ANA), 'Change your own digest'));
    await expect.poll(() => JSON.stringify(slack.views.at(-1)?.title)).toContain('Your own digest');
    const form = slack.views.at(-1)!;
    expect(wordsOf(form)).toContain('Your digest follows "own topic". /roundup me unsubscribe takes a topic away.');
    const option = (value: string) => ({ selected_option: { value } });
    await slack.submit(form, { topic: { selected_option: null }, time: { selected_time: '16:30' }, zone: option('Asia/Kolkata'), days: { selected_options: [{ value: 'mondays' }] }, size: option('top 5'), layout: option('layout compact') });
    await expect.poll(() => wordsOf(slack.homes.get(ANA)!)).toContain('A digest on "own topic": Mondays at 16:30, Asia/Kolkata, at most 5 papers.');
    expect(said(`D${ANA}`).at(-1)).toContain('You get a digest on "own topic": Mondays at 16:30');
    for (const channel of ['C1', 'C2', 'C3']) expect(said(channel)).toEqual([]);
  });

  test('is what they say there of papers; in a channel’s preview it counts as in that channel', async () => {
    const { stage, slack, open, press } = await settle('Slack');
    const rows = async (table: typeof saves | typeof votes) => db().select({ channel: table.channel, private: table.private }).from(table);
    for (const place of ['papers', 'lab'] as const) await stage.type('/roundup subscribe attention layout full', { in: place });
    await open();
    for (const [room, expected] of [['#lab', { channel: 'C3', private: true }], ['#papers', { channel: 'C1', private: false }]] as const) {
      await press(`Preview the roundup of ${room}`);
      await press('Save', ANA, slack.views.at(-1));
      expect(await rows(saves)).toEqual([expected]);
    }
    await press('All saved papers');
    await press('Details', ANA, slack.views.at(-1));
    await press('Upvote', ANA, slack.views.at(-1));
    expect(await rows(votes)).toEqual([{ channel: `@${ANA}`, private: true }]);
  });
});

test('with nothing there yet, it says how to begin', async () => {
  const { world } = await openStage('Slack', db());
  await world.slack.openHome();
  await expect.poll(() => world.slack.homes.size).toBe(1);
  expect(wordsOf(world.slack.homes.get(ANA)!)).toContain('None of your channels gets a roundup yet. In a channel type /invite @Paperround, then /roundup subscribe nlp.');
  // Slack isn't asked for channels where no channel has a roundup.
  expect(world.slack.requests.map(({ method }) => method)).not.toContain('users.conversations');
});

test('where Slack can’t tell which channels somebody is in, none is shown, and the rest is', async () => {
  const { slack, open } = await settle('Slack');
  slack.fail('users.conversations', { error: 'fatal_error' }, 2);
  const words = wordsOf(await open());
  expect(words).toContain('Slack can’t tell right now which channels you are in. Try again in a minute.');
  expect(words).not.toMatch(/#papers|#lab/);
  expect(words).toContain('Papers that you saved');
});
