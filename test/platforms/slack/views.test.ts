// The Home, presses in views and forms, through the real Bolt in both modes: what comes twice, late, or is refused.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/chat.ts';
import { say } from '../../../src/core/doc.ts';
import type { Form } from '../../../src/core/form.ts';
import { answerView, homeView } from '../../../src/platforms/slack/views.ts';
import { slackViewProblems } from '../../support/slack-contract.ts';
import { wordsOf } from '../../journeys/slack-views.ts';
import { startRig, type Mode, type Rig } from './rig.ts';

const form: Form = { title: 'A title that is longer than 24', submit: 'Go', command: 'roundup', verb: 'subscribe', fields: [{ kind: 'search', name: 'topic', label: 'Topic', empty: 'All', free: true }] };
const pressed = { action_id: '1:roundup', value: '#C1 roundup pause' };
const answerOf = (words: string, more: Partial<Answer> = {}): Answer => ({ doc: say(words), audience: 'asker', ...more });

describe.each(['socket', 'http'] as Mode[])('in %s mode', (mode) => {
  let rig: Rig;
  // Whatever is not answered at once is late.
  beforeEach(async () => void (rig = await startRig(mode, { waitMs: 0 })));
  afterEach(() => rig.stop());

  async function open(user = 'U1') {
    await rig.server.openHome(user);
    await expect.poll(() => rig.server.homes.get(user)).toBeDefined();
    return rig.server.homes.get(user)!;
  }
  const asked = (method: string) => rig.server.requests.filter((request) => request.method === method);
  /** What handle() answers comes only when it is let. */
  function holdAnswer(): (answer: Answer) => void {
    let let_: (answer: Answer) => void = () => {};
    const held = new Promise<Answer>((resolve) => (let_ = resolve));
    rig.handle = () => held;
    return let_;
  }

  test('the Home is published once for an event that comes twice, and not for the tab of messages', async () => {
    await open();
    await rig.server.repeat();
    await rig.server.event({ type: 'app_home_opened', user: 'U1', channel: 'DU1', tab: 'messages', event_ts: '1.0' });
    await rig.server.slash('/paper', 'attention');
    expect(asked('views.publish')).toHaveLength(1);
    expect(wordsOf(rig.server.homes.get('U1')!)).toBe('U1 is in C1.');
  });

  test('what was published after somebody opened it stays', async () => {
    const old = { ...(await open()) };
    await rig.server.pressIn(old, pressed);
    await expect.poll(() => asked('views.publish').length).toBe(2);
    const { hash } = rig.server.homes.get('U1')!;
    await rig.server.event({ type: 'app_home_opened', user: 'U1', channel: 'DU1', tab: 'home', event_ts: '1.0', view: old });
    await expect.poll(() => asked('views.publish').length).toBe(3);
    expect(rig.server.homes.get('U1')!.hash).toBe(hash);
    expect(rig.logged.join()).not.toContain('not published');
  });

  test('a press is the call of its channel, made from outside of it, once though it comes twice', async () => {
    const home = await open();
    rig.handle = async () => answerOf('It is paused.', { audience: 'channel' });
    await rig.server.pressIn(home, pressed);
    await rig.server.repeat();
    await expect.poll(() => asked('views.publish').length).toBe(2);
    expect(rig.calls).toHaveLength(1);
    const [{ isIn, ...call }] = rig.calls as [(typeof rig.calls)[number]];
    expect(call).toMatchObject({ command: 'roundup', text: 'pause', channel: { platform: 'slack', workspace: 'T1', id: 'C1' }, person: { id: 'U1', name: 'ana' } });
    expect(await isIn!(['C1', 'C9'])).toEqual(['C1']);
    expect(rig.server.messages).toMatchObject([{ channel: 'C1', text: 'It is paused.' }]);
  });

  test('a press without a channel is a person’s own, and its answer is theirs', async () => {
    rig.handle = async () => answerOf('What you saved.', { audience: 'channel' });
    await rig.server.pressIn(await open(), { action_id: '1:paper', value: 'paper saved' });
    await expect.poll(() => rig.server.views.length).toBe(1);
    expect(rig.calls).toMatchObject([{ command: 'paper', text: 'saved', channel: { id: '@U1', person: 'U1' } }]);
    expect(rig.calls[0]!.isIn).toBeUndefined();
    expect(rig.server.messages).toEqual([]);
  });

  test('an answer that takes long is announced, and stands in its place', async () => {
    const answer = holdAnswer();
    await rig.server.pressIn(await open(), pressed);
    await expect.poll(() => rig.server.views.map(wordsOf)).toEqual(['One moment.']);
    answer(answerOf('Here it is.'));
    await expect.poll(() => rig.server.views.map(wordsOf)).toEqual(['Here it is.']);
  });

  test('where no modal can be opened any more, it is a direct message', async () => {
    rig.server.fail('views.open', { error: 'expired_trigger_id' }, 2);
    await rig.server.pressIn(await open(), pressed);
    await expect.poll(() => rig.server.messages).toMatchObject([{ channel: 'DU1', text: 'You said pause.' }]);
  });

  test('a channel that can’t be told is not left out in silence', async () => {
    rig.server.channels.get('C1')!.is_member = false;
    rig.handle = async () => answerOf('It is paused.', { audience: 'channel' });
    await rig.server.pressIn(await open(), pressed);
    await expect.poll(() => rig.server.views.map(wordsOf)).toContain('It is paused.\nThe channel itself could not be told.');
  });

  test('modals stand on each other, and a fourth takes the place of the third', async () => {
    let n = 0;
    rig.handle = async () => answerOf(`Answer ${++n}.`);
    await rig.server.pressIn(await open(), pressed);
    for (let on = 0; on < 3; on++) {
      await expect.poll(() => rig.server.views.at(on)).toBeDefined();
      await rig.server.pressIn({ ...rig.server.views.at(on)! }, pressed);
    }
    await expect.poll(() => rig.server.views.map(wordsOf)).toEqual(['Answer 1.', 'Answer 2.', 'Answer 4.']);
  });

  test('a refusal of a form that takes long comes as a message of its own, to who filled it in', async () => {
    const answer = holdAnswer();
    rig.form = form;
    await rig.server.slash('/roundup', 'subscribe', { answers: 0 });
    await expect.poll(() => rig.server.views.length).toBe(1);
    const { ack } = await rig.server.submit(rig.server.views[0]!, {});
    expect(ack?.response_action).toBeUndefined();
    answer(answerOf('Paperround is not in this channel.', { refused: true, field: 'topic' }));
    await expect.poll(() => rig.server.ephemerals).toMatchObject([{ channel: 'C1', user: 'U1', text: 'Paperround is not in this channel.' }]);
    expect(rig.server.messages).toEqual([]);
  });

  test('of a form that was opened in the Home, it comes as a direct message, and the Home is published anew', async () => {
    rig.form = form;
    await rig.server.pressIn(await open(), pressed);
    await expect.poll(() => rig.server.views.length).toBe(1);
    const answer = holdAnswer();
    await rig.server.submit(rig.server.views[0]!, {});
    answer(answerOf('You are not in that channel any more.', { refused: true }));
    await expect.poll(() => rig.server.messages).toMatchObject([{ channel: 'DU1', text: 'You are not in that channel any more.' }]);
    await expect.poll(() => asked('views.publish').length).toBe(2);
    expect(await rig.calls[0]!.isIn!(['C1'])).toEqual(['C1']);
  });
});

describe('which channels somebody is in', () => {
  test('is read page by page, as far as needed, and no further than fifteen pages', async () => {
    const rig = await startRig();
    try {
      rig.handle = async ({ isIn, text }) => answerOf(`In ${(await isIn!([text])).join() || 'none'}.`);
      for (let n = 2; n <= 3_500; n++) rig.server.channels.set(`C${n}`, { id: `C${n}`, name: `n${n}`, is_member: false });
      await rig.server.openHome();
      await expect.poll(() => rig.server.homes.get('U1')).toBeDefined();
      const look = async (channel: string) => {
        const before = rig.server.requests.length;
        const shown = rig.server.views.length;
        await rig.server.pressIn(rig.server.homes.get('U1')!, { action_id: '1:x', value: `#C1 x ${channel}` });
        await expect.poll(() => rig.server.views.length).toBe(shown + 1);
        const pages = rig.server.requests.slice(before).filter(({ method }) => method === 'users.conversations');
        return [wordsOf(rig.server.views.at(-1)!), pages.filter(({ body }) => body.limit === '200').length];
      };
      expect(await look('C150')).toEqual(['In C150.', 1]);
      expect(await look('C450')).toEqual(['In C450.', 3]);
      expect(await look('C3400')).toEqual(['In none.', 15]);
    } finally {
      await rig.stop();
    }
  });
});

describe('a view', () => {
  test('that would hold more than Slack takes ends with a word on it', () => {
    const blocks = Array.from({ length: 60 }, (_, n) => ({ kind: 'item' as const, title: `Paper ${n}`, body: 'word '.repeat(500), actions: [{ label: 'Save', says: `Save: paper ${n}`, call: { name: 'paper', text: `save ${n}` } }] }));
    for (const view of [homeView({ title: 'Many', summary: 'Many papers.', blocks }), answerView({ title: 'Many', summary: 'Many papers.', blocks }, { id: 'C1' })]) {
      expect(slackViewProblems({ ...view })).toEqual([]);
      expect(view.blocks.length).toBeGreaterThan(95);
      expect(wordsOf({ ...view })).toMatch(/There is more than fits here[^]{0,60}$/);
    }
  });

  const plain = (text: string) => ({ type: 'plain_text', text });
  const divider = { type: 'divider' };
  test.each<[string, Record<string, unknown>]>([
    ['101 blocks', { type: 'home', blocks: Array.from({ length: 101 }, () => divider) }],
    ['no blocks', { type: 'home', blocks: [] }],
    ['a Home with a title', { type: 'home', title: plain('Home'), blocks: [divider] }],
    ['a modal without a title', { type: 'modal', blocks: [divider] }],
    ['a title of 25 characters', { type: 'modal', title: plain('x'.repeat(25)), blocks: [divider] }],
    ['inputs without a button to submit them', { type: 'modal', title: plain('x'), blocks: [{ type: 'input', label: plain('x'), element: { type: 'plain_text_input', action_id: 'x' } }] }],
    ['metadata of 3,001 characters', { type: 'modal', title: plain('x'), blocks: [divider], private_metadata: 'x'.repeat(3_001) }],
    ['another type', { type: 'poster', blocks: [divider] }],
  ])('with %s is refused by the judge', (_, view) => expect(slackViewProblems(view)).not.toEqual([]));
});
