// A form as Discord draws it: within its limits, safe from what it is filled with, and answered within its three seconds.
import { expect, test } from 'vitest';
import type { Answer, Call } from '../../../src/core/chat.ts';
import type { PlatformIo } from '../../../src/core/platform.ts';
import { say } from '../../../src/core/doc.ts';
import { filledText, type Form } from '../../../src/core/form.ts';
import { formIn, OTHER_WORDS, SEND } from '../../support/discord-form.ts';
import { CHANNEL, componentsOf } from '../../support/discord-server.ts';
import { startBot } from './bot.ts';

const HOSTILE = '@everyone <@1> **x** ||y|| [a](https://evil) `c`';
const many = (n: number, more = {}) => Array.from({ length: n }, (_, i) => ({ label: `topic ${String(i).padStart(2, '0')}`, value: `t${i}`, ...more }));

const aForm = (fields: Form['fields']): Form => ({ title: 'Subscribe this channel', submit: 'Subscribe', command: 'roundup', verb: 'subscribe', fields });
const plain = aForm([
  { kind: 'search', name: 'topic', label: 'Topic', empty: 'Everything', ready: many(3) },
  { kind: 'time', name: 'time', label: 'Time', value: '09:30' },
  { kind: 'some', name: 'days', label: 'Days', choices: many(7), values: ['t0', 't1'] },
  { kind: 'one', name: 'size', label: 'Size', choices: many(3), value: 't1' },
]);

async function open(form: Form, more: Partial<Pick<PlatformIo, 'handle' | 'foresee'>> = {}) {
  const bot = await startBot({ form: async ({ text }) => (text === 'subscribe' ? form : undefined), ...more });
  return { ...bot, opened: formIn(await bot.server.slash('roundup subscribe', { topic: '' })) };
}

test('whatever a form asks, its message and its modal are such as Discord takes', async () => {
  const long = 'x'.repeat(400);
  const form = aForm([
    { kind: 'search', name: 'topic', label: long, hint: long, empty: long, ready: many(60, { about: long }) },
    { kind: 'search', name: 'zone', label: 'Zone', value: 'UTC' },
    { kind: 'time', name: 'time', label: 'Time', value: '09:07' },
    { kind: 'some', name: 'days', label: 'Days', choices: many(25), values: ['t3'] },
    { kind: 'one', name: 'size', label: 'Size', choices: many(25), value: 't9' },
  ]);
  const { server, opened } = await open({ ...form, title: long, lead: long.repeat(20), submit: 'Go' }, { foresee: async () => ({ says: long.repeat(20) }) });
  expect(opened.offered('topic')).toHaveLength(61);
  expect(opened.chosen).toMatchObject({ zone: ['UTC'], time: ['09:07'], days: ['topic 03'], size: ['topic 09'] });
  const { modal } = await server.press(OTHER_WORDS);
  expect(modal!.components.map(({ component }) => component.value)).toEqual([undefined, 'UTC', '09:07']);
  await server.submit(modal!, opened.message, { topic: 'y'.repeat(300) });
  expect(server.problems).toEqual([]);
});

test('what is chosen and typed comes back as the call’s words, however long', async () => {
  const { server, opened, calls } = await open(plain);
  const topic = `${'a phrase, '.repeat(20)}and the end`;
  await server.choose(opened.select('days', 't5'), ['t5', 't6']);
  const { modal } = await server.press(OTHER_WORDS);
  const typed = formIn(await server.submit(modal!, opened.message, { topic }));
  expect(typed.chosen.topic).toEqual([expect.stringMatching(/^a phrase, .*…$/)]);
  expect((await server.press(OTHER_WORDS)).modal!.components[0]!.component.value).toBe(topic);
  await server.press(SEND);
  // The name under which the words are kept; verbs know what it stands for.
  expect(calls.map(({ text }) => text)).toEqual([filledText('subscribe', [['=0'], ['09:30'], ['t5', 't6'], ['t1']])]);
  expect(server.problems).toEqual([]);
});

test('one choice of a field takes the place of another, also from its other select, and nothing is a choice', async () => {
  const { server, opened } = await open(aForm([{ kind: 'search', name: 'topic', label: 'Topic', empty: 'Everything', ready: many(40) }]));
  let form = formIn(await server.choose(opened.select('topic', 't1'), ['t1']));
  expect(form.chosen.topic).toEqual(['topic 01']);
  form = formIn(await server.choose(form.select('topic', 't39'), ['t39']));
  expect(form.chosen.topic).toEqual(['topic 39']);
  form = formIn(await server.choose(form.select('topic', '(nothing)'), ['(nothing)']));
  expect(form.chosen.topic).toEqual(['Everything']);
});

test('hostile words are shown as they are written, and call nobody', async () => {
  const { server, opened } = await open(plain, { foresee: async ({ text }) => ({ says: `What ${text.split('\n')[0]} would bring.` }) });
  const { modal } = await server.press(OTHER_WORDS);
  const form = formIn(await server.submit(modal!, opened.message, { topic: HOSTILE }));
  expect(form.chosen.topic).toEqual([HOSTILE]);
  expect(form.words).not.toMatch(/(?<!\\)(@everyone|<@1>|\*\*x|\|\|y|\[a\])/);
  expect(server.problems).toEqual([]);
});

test('what takes too long to foretell is done without, and no choice is lost', async () => {
  let asked = 0;
  const { server, opened } = await open(plain, { foresee: async () => (asked++ === 0 ? { says: 'Soon.' } : new Promise(() => {})) });
  const form = formIn(await server.choose(opened.select('topic', 't2'), ['t2']));
  expect(form.chosen.topic).toEqual(['topic 02']);
  expect(form.words).toContain('takes too long to tell right now');
});

test('a call that takes longer than Discord waits is answered all the same', async () => {
  let finish = (_: Answer): void => {};
  const { server, opened } = await open(plain, { handle: () => new Promise((resolve) => (finish = resolve)) });
  const pressed = server.press(SEND);
  await server.until(() => server.requests.some(({ body }) => body.type === 6), 'it was not acknowledged');
  finish({ doc: say('Not “t1”.'), audience: 'asker', refused: true, field: 'size' });
  expect(formIn(await pressed).words).toContain('**Size**\n**Change this:** Not “t1”.');

  const again = server.press(SEND, { message: opened.message });
  await server.until(() => server.requests.filter(({ body }) => body.type === 6).length === 2, 'it was not acknowledged');
  finish({ doc: say('Subscribed.'), audience: 'channel' });
  const { ephemeral, public: shown } = await again;
  expect(ephemeral).toEqual([]);
  expect(shown.map(({ content }) => content)).toEqual(['Subscribed.']);
  expect(server.messages(CHANNEL)).toEqual(shown);
  expect(server.problems).toEqual([]);
});

test('an answer for the asker alone stands below the form, which has done its work', async () => {
  const { server } = await open(plain, { handle: async () => ({ doc: say('For you.'), audience: 'asker' }) });
  const { ephemeral, public: shown } = await server.press(SEND);
  expect(ephemeral.map((message) => [message.content, ...componentsOf(message).map(({ content }) => content)])).toEqual([['', 'Done: the answer is below.'], ['For you.']]);
  expect(shown).toEqual([]);
});

test('a press that is delivered twice makes one call', async () => {
  const { server, calls } = await open(plain);
  const twice = { id: server.world.nextId() };
  await server.press(SEND, twice);
  const called = (all: Call[]) => all.filter(({ command }) => command === 'roundup').length;
  expect(called(calls)).toBe(1);
  expect(server.problems).toEqual([]);
});

test('a component that nobody knows any more says what to do', async () => {
  const { server, opened } = await open(plain);
  const [select] = componentsOf(opened.message).filter(({ type }) => type === 3);
  select!.custom_id = 'of another time';
  const { ephemeral } = await server.choose('of another time', ['t1']);
  expect(ephemeral.at(-1)!.content).toContain('Say the command again');
});
