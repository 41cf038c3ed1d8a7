// `/roundup subscribe` with nothing behind it, on Discord: a message of selects that only the asker sees.
import { expect, test } from 'vitest';
import { formIn, OTHER_WORDS, SEND } from '../support/discord-form.ts';
import { useDb } from '../support/db.ts';
import { CHANNEL, componentsOf, type Asker, type DiscordServer } from '../support/discord-server.ts';
import { havePapers } from '../support/factories.ts';
import { openStage } from './stage.ts';

const db = useDb();
const ANA: Asker = { permissions: ['ManageChannels'] };
const BEN: Asker = { user: '400000000000000003', permissions: ['ManageChannels'] };

async function openForm(server: DiscordServer, asker = ANA) {
  return formIn(await server.slash('roundup subscribe', {}, asker));
}

async function start() {
  await havePapers(db(), [{ title: 'Robots that fold laundry', upvotes: 9 }, { title: 'Sparse attention', upvotes: 3 }]);
  const stage = await openStage('Discord', db(), { at: '2026-07-27T19:00:00Z' });
  const server = stage.world.discord;
  /** Chooses in a field; of several selects, in the one that offers it. */
  const choose = async (form: ReturnType<typeof formIn>, field: string, ...values: string[]) => formIn(await server.choose(form.select(field, values[0]!), values, ANA));
  const type = async (form: ReturnType<typeof formIn>, words: Record<string, string>) => {
    const { modal } = await server.press(OTHER_WORDS, ANA);
    return formIn(await server.submit(modal!, form.message, words, ANA));
  };
  return { stage, server, choose, type };
}

const COMPACT = 'Compact: one line a paper, abstracts in the thread';

test('a newcomer subscribes by the form, over a restart, and the next morning reads the first post', async () => {
  const { stage, server, choose } = await start();
  let form = await openForm(server);
  expect(form.words).toContain('Only you see this. Nothing changes before you press Subscribe.');
  expect(form.chosen).toEqual({ topic: ['Everything that trends'], time: ['09:00'], zone: ['UTC'], days: ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays'], size: ['10'], layout: [COMPACT] });
  expect(form.words).toContain('This channel would get a roundup of everything that trends: weekdays at 09:00, UTC, at most 10 papers.');
  // Every ready-made topic can be picked, though a select has 25 options at the most.
  expect(form.offered('topic').length).toBeGreaterThan(25);

  form = await choose(form, 'topic', 'robotics');
  const preview = (await stage.type('/roundup preview robotics', { in: 'random' })).toAsker.at(-1)!.words;
  const sentence = 'In the one day of the last 30 that Paperround knows “robotics” would have brought about 1 paper a day, at most 1.';
  expect(preview).toContain(sentence);
  expect(form.words).toContain(sentence);

  form = await choose(form, 'days', 'tuesdays', 'saturdays');
  await stage.restart();
  form = await choose(form, 'time', '08:00');
  form = await choose(form, 'zone', 'Europe/Berlin');
  form = await choose(form, 'size', 'top 3');
  expect(form.chosen).toEqual({ topic: ['robotics'], time: ['08:00'], zone: ['Europe/Berlin'], days: ['Tuesdays', 'Saturdays'], size: ['3'], layout: [COMPACT] });
  expect((await stage.type('/roundup list')).toAsker.at(-1)!.words).toContain('no roundup yet');

  const done = await server.press(SEND, ANA);
  expect(done.ephemeral).toEqual([]);
  expect(done.public[0]!.content).toContain('This channel gets a roundup on robotics: Tuesdays, Saturdays at 08:00, Europe/Berlin, at most 3 papers.');
  await stage.tickAt('2026-07-28T06:00:00Z');
  expect(stage.posts().map(({ words }) => words)).toEqual([expect.stringContaining('1. Robots that fold laundry')]);
});

test('words are typed into a modal; what can’t be is told at its field and stays to be mended', async () => {
  const { server, type } = await start();
  const long = `"fold laundry" or ${'"a phrase that nobody wrote" or '.repeat(4)}robots`;
  let form = await type(await openForm(server), { topic: '-survey', time: '25:00', zone: 'berlin' });
  expect(form.words).toMatch(/\*\*Topic\*\*\n\*\*Change this:\*\* .*only says what to leave out/);
  expect(form.words).not.toContain('This channel would get');
  expect(form.chosen).toMatchObject({ topic: ['-survey'], time: ['25:00'], zone: ['berlin'] });

  // Sent all the same, it is refused in the same place, and nothing is lost.
  form = formIn(await server.press(SEND, ANA));
  expect(form.words).toMatch(/\*\*Topic\*\*\n\*\*Change this:\*\*/);
  form = await type(form, { topic: long });
  expect(form.words).toMatch(/\*\*Time\*\*\n\*\*Change this:\*\* There is no time “25:00”/);
  form = formIn(await server.press(SEND, ANA));
  expect(form.words).toMatch(/\*\*Time\*\*\n\*\*Change this:\*\*/);

  const { modal } = await server.press(OTHER_WORDS, ANA);
  expect(modal!.components.map(({ component }) => component.value)).toEqual([long, '25:00', 'berlin']);
  form = formIn(await server.submit(modal!, form.message, { time: '7:30 pm' }, ANA));
  expect(form.words).toContain('weekdays at 19:30, Europe/Berlin, at most 10 papers.');
  expect(form.words).toContain('would have brought about 1 paper a day');
  expect((await server.press(SEND, ANA)).public[0]!.content).toContain('a roundup on "fold laundry" or "a phrase that nobody wrote"');
});

test('what the channel lacks is told in the form, which goes on once that is mended', async () => {
  const { stage, server, choose } = await start();
  const form = await choose(await openForm(server), 'topic', 'nlp');
  stage.shutOut('papers');
  const refused = formIn(await server.press(SEND, ANA));
  expect(refused.words).toContain('**That can’t be done yet.** ');
  expect(refused.words).toContain('Send Messages');
  expect(refused.chosen).toEqual(form.chosen);
  stage.letIn('papers');
  expect((await server.press(SEND, ANA)).public[0]!.content).toContain('a roundup on nlp');
});

test('who may not manage the channel is told at once; who lost the right, when they press', async () => {
  const { server, stage } = await start();
  const seen = await server.slash('roundup subscribe', {}, { permissions: [] });
  expect(seen.ephemeral.at(-1)!.content).toContain('Only people who may manage channels here can change this channel’s roundup.');
  expect(seen.ephemeral.flatMap(componentsOf).some(({ type }) => type === 3)).toBe(false);

  await openForm(server);
  const pressed = await server.press(SEND, { permissions: [] });
  expect(formIn(pressed).words).toContain('Only people who may manage channels here');
  expect((await stage.type('/roundup list')).toAsker.at(-1)!.words).toContain('no roundup yet');
});

test('two people fill in two forms at once, and the channel follows both topics', async () => {
  const { stage, server } = await start();
  const forms = [await openForm(server, ANA), await openForm(server, BEN)] as const;
  // Each has a form of their own: the newest message is Ben's.
  const bens = formIn(await server.choose(forms[1].select('topic', 'nlp'), ['nlp'], BEN));
  expect(bens.message.id).toBe(forms[1].message.id);
  const anas = formIn(await server.choose(forms[0].select('topic', 'robotics'), ['robotics'], { ...ANA, message: forms[0].message }));
  expect([anas.chosen.topic, bens.chosen.topic]).toEqual([['robotics'], ['nlp']]);
  await Promise.all([server.press(SEND, { ...ANA, message: anas.message }), server.press(SEND, { ...BEN, message: bens.message })]);
  const said = server.messages(CHANNEL).map(({ content }) => content).join('\n');
  expect(said).toMatch(/a roundup on (nlp|robotics):/);
  expect((await stage.type('/roundup list')).toAsker[0]!.words).toContain('This channel follows 2 topics');
});

test('a form of an older version goes on with what it still knows, or says what to do', async () => {
  const { server, choose } = await start();
  const { message } = await choose(await openForm(server), 'topic', 'robotics');
  // Once there was no size, the days were others, a topic was called otherwise, and a colour could be chosen.
  const selects = componentsOf(message).filter(({ type }) => type === 3);
  for (const select of selects) select.custom_id = select.custom_id!.replace(' size ', ' colour ');
  selects.find(({ custom_id: id }) => id!.includes(' days '))!.options = [{ label: 'Every day', value: 'every-day', default: true }];
  selects.flatMap(({ options = [] }) => options).find(({ value }) => value === 'robotics')!.value = 'robots';

  const redrawn = formIn(await server.choose('form:set roundup subscribe time 0', ['10:00'], { ...ANA, message }));
  expect(redrawn.chosen).toEqual({ topic: ['robots'], time: ['10:00'], zone: ['UTC'], days: ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays'], size: ['10'], layout: [COMPACT] });
  expect((await server.press(SEND, ANA)).public[0]!.content).toContain('a roundup on robots: weekdays at 10:00, UTC, at most 10 papers.');

  const other = await openForm(server);
  const send = componentsOf(other.message).find(({ custom_id: id }) => id?.startsWith(SEND))!;
  for (const id of ['form:v9/roundup/subscribe', 'form:send roundup no-such-verb']) {
    send.custom_id = id;
    expect(formIn(await server.press(id, { ...ANA, message: other.message })).words).toMatch(/\/roundup (subscribe|help)/);
    other.message.components = [{ type: 1, components: [send] }];
  }
});

test('the form of a channel that has a roundup says what it follows, and how to take a topic away', async () => {
  const { stage, server } = await start();
  await stage.type('/roundup subscribe "sparse *attention*" -survey');
  for (const command of ['subscribe', 'change']) {
    const { words } = formIn(await server.slash(`roundup ${command}`, {}, ANA));
    expect(words).toMatch(/follows "sparse \\\*attention\\\*" -survey\. \/roundup unsubscribe takes a topic away\.\n-# Only you see this\./);
  }
});
