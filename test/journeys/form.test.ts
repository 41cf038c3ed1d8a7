// `/roundup subscribe` with nothing behind it, on Slack: a form in place of a line.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { wordsOf } from './slack-views.ts';
import { openStage, type StageName } from './stage.ts';

const db = useDb();

type Json = Record<string, unknown>;

/** Events are real, and machines are slow at times. */

async function openForm(name: StageName = 'Slack') {
  await havePapers(db(), [{ title: 'Robots that fold laundry' }]);
  const stage = await openStage(name, db());
  const { slack } = stage.world;
  await slack.slash('/roundup', 'subscribe', { answers: 0 });
  await expect.poll(() => slack.views.length).toBe(1);
  const view = slack.views[0]!;
  const blocks = view.blocks as unknown as { block_id: string; optional: boolean; element: Json }[];
  return { stage, slack, view, element: (block: string) => blocks.find(({ block_id: id }) => id === block)!.element };
}

const chosen = (value: string) => ({ selected_option: { value } });
const offered = (ack: Json | undefined) => (ack!.options as { value: string }[]).map(({ value }) => value);

test('the form begins with the zone of who asked and the usual settings; what is filled in is subscribed and said in the channel', async () => {
  const { stage, slack, view, element } = await openForm();
  expect(element('zone')).toMatchObject({ type: 'external_select', initial_option: { value: 'Europe/Berlin' } });
  expect(element('time')).toMatchObject({ initial_time: '09:00' });
  expect(element('size')).toMatchObject({ initial_option: { value: 'top 10' } });
  expect((element('days').initial_options as Json[]).length).toBe(5);

  expect(offered((await slack.type(view, 'topic', 'robo')).ack)).toEqual(expect.arrayContaining(['robo', 'robotics', '"Robots that fold laundry"']));
  // A topic may be anything; a zone is one that there is, by its present name.
  expect(offered((await slack.type(view, 'zone', 'new yo')).ack)).toEqual(['America/New_York']);
  expect(offered((await slack.type(view, 'zone', 'kolk')).ack)).toEqual(['Asia/Kolkata']);
  expect(offered((await slack.type(view, 'zone', 'middle earth')).ack)).toEqual([]);
  // Before a word is typed, there are the zones in which many live, and every ready-made topic.
  expect(offered((await slack.type(view, 'zone', '')).ack)).toEqual(expect.arrayContaining(['America/New_York', 'Europe/Berlin', 'Asia/Tokyo']));
  expect(offered((await slack.type(view, 'topic', '')).ack)).toEqual(stage.bot.app.deps.config.topics.map(({ name }) => name));

  const filled = { topic: chosen('neural sat'), time: { selected_time: '10:30' }, zone: chosen('America/New_York'), days: { selected_options: [{ value: 'mondays' }, { value: 'saturdays' }] }, size: chosen('top 5') };
  expect((await slack.submit(view, filled)).ack?.response_action).toBeUndefined();
  await expect.poll(() => slack.messages.length).toBe(1);
  expect(JSON.stringify(slack.messages[0])).toContain('This channel gets a roundup on neural sat: Mondays, Saturdays at 10:30, America/New_York, at most 5 papers.');
  expect((await stage.type('/roundup list')).toAsker[0]!.words).toContain('follows 1 topic: Mondays, Saturdays at 10:30');
});

test('with no topic it is everything that trends', async () => {
  const { slack, view } = await openForm();
  await slack.submit(view, { topic: { selected_option: null }, time: { selected_time: '09:00' }, zone: chosen('UTC'), days: { selected_options: [{ value: 'sundays' }] }, size: chosen('top 3') });
  await expect.poll(() => slack.messages.length).toBe(1);
  expect(JSON.stringify(slack.messages[0])).toContain('a roundup of everything that trends: Sundays at 09:00, UTC, at most 3 papers.');
});

test('what is wrong with the topic is told under it, and what was not said anywhere is told on the form', async () => {
  const { stage, slack, view } = await openForm();
  const time = { selected_time: '09:00' };
  const topic = await slack.submit(view, { topic: chosen('-survey'), time });
  expect(topic.ack).toMatchObject({ response_action: 'errors' });
  expect(Object.keys(topic.ack!.errors as Json)).toEqual(['topic']);
  expect((topic.ack!.errors as { topic: string }).topic).toContain('only says what to leave out');
  const zone = await slack.submit(view, { topic: chosen('nlp'), time, zone: chosen('Europe/Belin') });
  expect(zone.ack).toMatchObject({ response_action: 'errors', errors: { zone: expect.stringContaining('There is no time zone “Europe/Belin”.') as string } });

  for (const [user, words] of [['U2', 'Only full members of this workspace can change this channel’s roundup.'], ['U1', '@paperround in the channel. Then subscribe again.']] as const) {
    if (user === 'U1') stage.shutOut('papers');
    const { ack } = await slack.submit(view, { topic: chosen('nlp'), time }, { user });
    expect(ack).toMatchObject({ response_action: 'push' });
    expect(wordsOf(ack!.view as Json)).toContain(words);
  }
  expect((await stage.type('/roundup list')).toAsker[0]!.words).toContain('no roundup yet');
  expect(slack.messages).toEqual([]);
});

test('who may not subscribe gets no form to fill in, but the reason', async () => {
  const stage = await openStage('Slack', db());
  expect((await stage.type('/roundup subscribe', { who: 'Gus' })).toAsker[0]!.words).toContain('can change this channel’s roundup');
  expect(stage.world.slack.views).toEqual([]);
});

describe.each(['Slack', 'Slack over HTTP'] as StageName[])('the form on %s', (name) => {
  test('says what it would bring, in the words of the preview, as its fields change', async () => {
    const { stage, slack, view } = await openForm(name);
    const prospect = () => (view.blocks as { block_id?: string; elements?: { text: string }[] }[]).find(({ block_id: id }) => id === 'prospect')?.elements?.[0]!.text;
    const fill = async (field: string, value: Json) => {
      const before = view.hash;
      await slack.fill({ ...view }, field, value);
      await expect.poll(() => view.hash).not.toBe(before);
    };
    expect(prospect()).toBe('This channel would get a roundup of everything that trends: weekdays at 09:00, Europe/Berlin, at most 10 papers.');
    await fill('topic', chosen('robots'));
    const forecast = 'In the one day of the last 30 that Paperround knows “robots” would have brought about 1 paper a day, at most 1.';
    expect(prospect()).toBe(`This channel would get a roundup on robots: weekdays at 09:00, Europe/Berlin, at most 10 papers. ${forecast}`);
    expect((await stage.type('/roundup preview robots')).toAsker[0]!.words).toContain(forecast);
    await fill('time', { selected_time: '10:30' });
    expect(prospect()).toContain('a roundup on robots: weekdays at 10:30, Europe/Berlin');
    await fill('topic', chosen('cat:cs.XX'));
    expect(prospect()).toContain('no such category');
    await fill('topic', chosen('chess'));
    expect(prospect()).toContain('no paper matched “chess”.');
    await fill('topic', { selected_option: null });
    expect(prospect()).toBe('This channel would get a roundup of everything that trends: weekdays at 10:30, Europe/Berlin, at most 10 papers.');
    expect((view.blocks as { block_id: string }[]).map(({ block_id: id }) => id)).toEqual(['topic', 'time', 'zone', 'days', 'size', 'layout', 'prospect']);
    expect((await stage.type('/roundup list')).toAsker[0]!.words).toContain('no roundup yet');
  });
});

test('of two changes in a row, the later one’s prospect is shown', async () => {
  const { slack, view } = await openForm();
  // Slack hands over what it knew of the view when each was made.
  const seen = { ...view };
  await Promise.all([slack.fill(seen, 'topic', chosen('chess')), slack.fill(seen, 'topic', chosen('robots'))]);
  await expect.poll(() => wordsOf(view)).toContain('“robots” would have brought');
  expect(wordsOf(view)).not.toContain('chess');
});

test('/roundup change has the form with what the channel has', async () => {
  const stage = await openStage('Slack', db());
  const { slack } = stage.world;
  await stage.type('/roundup subscribe nlp at 7:30 mon,wed Asia/Tokyo top 7');
  await slack.slash('/roundup', 'change', { answers: 0 });
  await expect.poll(() => slack.views.length).toBe(1);
  const blocks = JSON.stringify(slack.views[0]!.blocks);
  for (const part of ['#papers follows nlp. /roundup unsubscribe takes a topic away.', '"initial_time":"07:30"', '"Asia/Tokyo"', '"value":"top 7"']) expect(blocks).toContain(part);
});

test('where Slack won’t open the form, the call is answered without', async () => {
  const stage = await openStage('Slack', db());
  stage.world.slack.fail('views.open', { error: 'expired_trigger_id' });
  expect((await stage.type('/roundup subscribe')).toChannel[0]!.words).toContain('This channel gets a roundup of everything that trends');
});

test('a topic that is too long for an option is taken all the same, as a change of the form and as a subscription', async () => {
  const { slack, view } = await openForm();
  const long = `"fold laundry" or ${'"a phrase that nobody wrote" or '.repeat(5)}robots`;
  const { options } = (await slack.type(view, 'topic', long)).ack as { options: { text: { text: string }; value: string }[] };
  expect(options[0]!.text.text).toMatch(/^"fold laundry" or "a phrase/);
  const topic = chosen(options[0]!.value);
  const before = view.hash;
  await slack.fill({ ...view }, 'topic', topic);
  await expect.poll(() => view.hash).not.toBe(before);
  expect(wordsOf(view)).toMatch(/would get a roundup on "fold laundry" or "a phrase[^]*would have brought about 1 paper a day/);
  await slack.submit(view, { topic, time: { selected_time: '09:00' } });
  await expect.poll(() => slack.messages.length).toBe(1);
  expect(JSON.stringify(slack.messages[0])).toContain('or robots: weekdays at 09:00');
});

test('where what it would bring takes too long, the form opens without', async () => {
  const stage = await openStage('Slack', db());
  const { slack } = stage.world;
  const { deps } = stage.bot.app;
  const subscribe = deps.commands.find(({ name }) => name === 'roundup')!.verbs.find(({ name }) => name === 'subscribe')!;
  const foresee = vi.spyOn(subscribe, 'foresee').mockReturnValue(new Promise(() => {}));
  onTestFinished(() => foresee.mockRestore());
  await slack.slash('/roundup', 'subscribe', { answers: 0 });
  await expect.poll(() => slack.views.length).toBe(1);
  expect(JSON.stringify(slack.views[0]!.blocks)).not.toContain('would get');
});
