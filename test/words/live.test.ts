// What only shows while a platform is connected: forms that have done their work, buttons of old, answers that take long.
import { expect, test } from 'vitest';
import { say } from '../../src/core/doc.ts';
import type { Answer } from '../../src/core/chat.ts';
import type { Form } from '../../src/core/form.ts';
import type { PlatformIo } from '../../src/core/platform.ts';
import { formIn, SEND } from '../support/discord-form.ts';
import { CHANNEL, componentsOf, type DiscordMessage } from '../support/discord-server.ts';
import { startBot } from '../platforms/discord/bot.ts';
import { startRig } from '../platforms/slack/rig.ts';
import { onDiscord, onSlack } from './as-read.ts';
import { page } from './page.ts';

const FORM: Form = { title: 'Subscribe this channel', submit: 'Subscribe', command: 'roundup', verb: 'subscribe', fields: [{ kind: 'one', name: 'size', label: 'Papers at the most', choices: ['3', '5'].map((label) => ({ label, value: `top ${label}` })), value: 'top 5' }] };

const read = (messages: DiscordMessage[]) => messages.flatMap((message) => onDiscord([message as never]));

test('Discord', async () => {
  const { lines, end } = page('discord-live');
  let answer: Answer = { doc: say('For you.'), audience: 'asker' };
  let form: Form | undefined = FORM;
  let foresee: PlatformIo['foresee'] = async () => ({ says: 'Soon.' });
  const { server } = await startBot({ handle: async () => answer, form: async () => form, foresee: (call) => foresee(call) });
  const open = async () => formIn(await server.slash('roundup subscribe', { topic: '' }));
  await open();
  lines('a form whose answer is for the asker', read((await server.press(SEND)).ephemeral));
  let opened = await open();
  foresee = () => new Promise(() => {});
  lines('a form, while what it would bring takes long', read((await server.choose(opened.select('size', 'top 3'), ['top 3'])).ephemeral));
  foresee = async () => undefined;
  opened = await open();
  form = undefined;
  lines('a form that is no more', read((await server.choose(opened.select('size', 'top 3'), ['top 3'])).ephemeral));
  form = FORM;
  opened = await open();
  const [select] = componentsOf(opened.message).filter(({ type }) => type === 3);
  select!.custom_id = 'form:of another time';
  lines('a form of another version', read((await server.choose('form:of another time', ['top 3'])).ephemeral.slice(-1)));
  form = undefined;
  server.world.say(CHANNEL, { content: 'Of old.', components: [{ type: 1, components: [{ type: 2, label: 'Old', custom_id: 'of another time' }] }] });
  lines('a button of another version', read((await server.press('of another time')).ephemeral.slice(-1)));
  answer = { doc: say('Subscribed.'), audience: 'channel' };
  server.fail('POST /webhooks/*/*', { status: 403, code: 50013 });
  lines('an answer that the channel does not take', read((await server.slash('roundup subscribe', { topic: 'nlp' })).ephemeral));
  answer = { doc: say('Subscribed.'), audience: 'channel' };
  const before = server.requests.length;
  await server.slash('roundup subscribe', { topic: 'nlp' });
  lines('an answer for the channel, until it is there', server.requests.slice(before).filter(({ method }) => method === 'PATCH').flatMap(({ body }) => onDiscord([body])));
  answer = { doc: { ...say('1 paper that you saved, as RIS.'), file: { name: 'saved-papers.ris', text: 'TY  - UNPB' } }, audience: 'asker' };
  lines('an answer with a file', read((await server.slash('paper', { query: 'export ris' })).ephemeral));
  server.fail('POST /webhooks/*/*', { status: 413, code: 40005 });
  lines('a file that Discord does not take', read((await server.slash('paper', { query: 'export ris' })).ephemeral));
  await end();
});

test('Slack', async () => {
  const { lines, end } = page('slack-live');
  const rig = await startRig('socket', { waitMs: 0 });
  try {
    const pressed = { action_id: '1:roundup', value: '#C1 roundup pause' };
    await rig.server.openHome('U1');
    await expect.poll(() => rig.server.homes.get('U1'), { timeout: 20_000 }).toBeDefined();
    let finish = (_: Answer): void => {};
    rig.handle = () => new Promise((resolve) => (finish = resolve));
    await rig.server.pressIn(rig.server.homes.get('U1')!, pressed);
    await expect.poll(() => rig.server.views.length, { timeout: 20_000 }).toBe(1);
    lines('an answer that takes long', onSlack([{ ...rig.server.views[0]! }]));
    rig.server.channels.get('C1')!.is_member = false;
    finish({ doc: say('The roundup is paused here by Ana.'), audience: 'channel' });
    await expect.poll(() => onSlack([{ ...rig.server.views[0]! }]).length, { timeout: 20_000 }).toBe(4);
    lines('what a channel should hear, and can’t', onSlack([{ ...rig.server.views[0]! }]));
  } finally {
    await rig.stop();
  }
  await end();
});
