// `/roundup subscribe` with nothing behind it, on Slack: a form in place of a line.
import { expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { openStage } from './stage.ts';

const db = useDb();

type Json = Record<string, unknown>;

async function openForm() {
  await havePapers(db(), [{ title: 'Robots that fold laundry' }]);
  const stage = await openStage('Slack', db());
  const { slack } = stage.world;
  await slack.slash('/roundup', 'subscribe', { answers: 0 });
  await expect.poll(() => slack.views.length).toBe(1);
  const view = slack.views[0]!;
  const blocks = view.blocks as { block_id: string; optional: boolean; element: Json }[];
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
  expect(offered((await slack.type(view, 'zone', 'new yo')).ack)).toContain('America/New_York');

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

test.each([
  ['a topic that can’t be read', 'U1', '-survey', 'only says what to leave out'],
  ['a person who may not', 'U2', 'nlp', 'can change this channel’s roundup'],
])('%s is told in the form, and nothing is subscribed', async (_what, user, topic, problem) => {
  const { stage, slack, view } = await openForm();
  const { ack } = await slack.submit(view, { topic: chosen(topic), time: { selected_time: '09:00' } }, { user });
  expect(ack).toMatchObject({ response_action: 'errors' });
  expect((ack!.errors as { topic: string }).topic).toContain(problem);
  expect((await stage.type('/roundup list')).toAsker[0]!.words).toContain('no roundup yet');
  expect(slack.messages).toEqual([]);
});

test('where Slack won’t open the form, the call is answered without', async () => {
  const stage = await openStage('Slack', db());
  stage.world.slack.fail('views.open', { error: 'expired_trigger_id' });
  expect((await stage.type('/roundup subscribe')).toChannel[0]!.words).toContain('This channel gets a roundup of everything that trends');
});
