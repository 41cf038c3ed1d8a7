// What people do in Slack, through the real Bolt, in both modes.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/chat.ts';
import { say } from '../../../src/core/doc.ts';
import { claims } from '../../support/factories.ts';
import { countLooks } from '../../../src/platforms/slack/socket.ts';
import { postSigned, until } from '../../support/slack-server.ts';
import { SIGNING_SECRET, startRig, type Mode, type Rig } from './rig.ts';

const MODES: Mode[] = ['socket', 'http'];

describe.each(MODES)('in %s mode', (mode) => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig(mode);
  });
  afterEach(() => rig.stop());

  test('a slash command is answered to the asker alone', async () => {
    const { answers } = await rig.server.slash('/paper', 'attention');
    expect(answers).toMatchObject([{ response_type: 'ephemeral', replace_original: false, text: 'You said attention.' }]);
    expect(rig.calls).toMatchObject([
      {
        command: 'paper',
        text: 'attention',
        channel: { platform: 'slack', workspace: 'T1', id: 'C1', name: 'papers' },
        person: { id: 'U1', name: 'ana' },
      },
    ]);
  });

  test('a command is acknowledged at once, though its answer takes for ever', async () => {
    let finish: (answer: Answer) => void = () => {};
    rig.handle = () => new Promise((resolve) => (finish = resolve));
    const { ackMs, answers } = await rig.server.slash('/paper', 'attention', { answers: 0 });
    expect(ackMs).toBeDefined();
    expect(answers).toEqual([]);
    finish({ doc: say('Never mind.'), audience: 'asker' });
  });

  test('curly quotes and Slack’s own markup reach the command as plain words', async () => {
    await rig.server.slash('/roundup', 'subscribe “self attention” &amp; <https://arxiv.org/abs/1|arxiv.org>');
    expect(rig.calls[0]!.text).toBe('subscribe "self attention" & https://arxiv.org/abs/1');
  });

  test('a long answer comes as several messages in their order', async () => {
    const blocks = Array.from({ length: 20 }, (_, n) => ({ kind: 'item' as const, title: `Paper ${n}`, body: 'word '.repeat(200) }));
    rig.handle = async () => ({ doc: { title: 'Many', summary: 'Twenty papers match.', blocks }, audience: 'channel' });
    const { answers } = await rig.server.slash('/paper', 'word', { answers: 2 });
    expect(answers.map(({ text }) => text)).toEqual(['Twenty papers match.', 'This is part 2 of 2 of “Many”.']);
    expect(answers[0]!.response_type).toBe('in_channel');
  });

  test('a button is the command that it carries, and its answer is a new message', async () => {
    const { answers } = await rig.server.press({ action_id: '3:paper', value: 'paper save 17' });
    expect(rig.calls).toMatchObject([{ command: 'paper', text: 'save 17', channel: { id: 'C1' }, person: { id: 'U1' } }]);
    expect(answers).toMatchObject([{ replace_original: false }]);
  });

  test('a command that Slack delivers twice is acknowledged twice and answered once', async () => {
    const delivery = await rig.server.slash('/paper', 'attention');
    await rig.server.repeat();
    await rig.server.slash('/paper', 'bert');
    expect(delivery.answers).toHaveLength(1);
    expect(rig.calls.map(({ text }) => text)).toEqual(['attention', 'bert']);
  });

  test('blocks that Slack refuses are followed by the sentence alone', async () => {
    rig.server.fail('response_url', { status: 400, body: 'invalid_blocks' });
    const { answers } = await rig.server.slash('/paper', 'attention');
    expect(answers).toEqual([
      { text: 'You said attention.', response_type: 'ephemeral', replace_original: false, unfurl_links: false, unfurl_media: false },
    ]);
  });

  test('blocks that are refused with status 200 are too', async () => {
    rig.server.fail('response_url', { error: 'invalid_blocks' });
    const { answers } = await rig.server.slash('/paper', 'attention');
    expect(answers[0]!.blocks).toBeUndefined();
  });

  test('an answer that can’t be delivered is logged, and the next one comes', async () => {
    rig.server.fail('response_url', { status: 404, body: 'expired_url' }, 2);
    await rig.server.slash('/paper', 'lost', { answers: 0 });
    await until(() => rig.logged.some((line) => line.startsWith('slack refused an answer {')), () => rig.logged.join('\n'));
    expect((await rig.server.slash('/paper', 'next')).answers).toHaveLength(1);
  });

  test('when Slack was last heard is told', async () => {
    const at = new Date('2026-07-28T09:00:00Z');
    rig.now = () => at;
    await rig.server.slash('/paper', 'attention');
    expect(rig.adapter.state!()).toEqual({ connected: true, lastEventAt: at });
  });

  test('stopping waits for the answers under way', async () => {
    let finish: (answer: Answer) => void = () => {};
    rig.handle = () => new Promise((resolve) => (finish = resolve));
    const delivery = await rig.server.slash('/paper', 'slow', { answers: 0 });
    await until(() => rig.calls.length === 1, () => 'no call');
    const stopped = rig.adapter.stop();
    finish({ doc: say('Here it is.'), audience: 'asker' });
    await stopped;
    expect(delivery.answers).toMatchObject([{ text: 'Here it is.' }]);
  });

  test.each([
    ['channel_archive', { channel: 'C1', user: 'U1' }, { gone: 'is_archived', ask: true }],
    ['channel_deleted', { channel: 'C1' }, { gone: 'channel_not_found', ask: true }],
    ['group_left', { channel: 'C1' }, { gone: 'not_in_channel', ask: true }],
    ['member_left_channel', { channel: 'C1', user: 'UBOT' }, { gone: 'not_in_channel', ask: true }],
    ['channel_unarchive', { channel: 'C1', user: 'U1' }, { back: true }],
    ['member_joined_channel', { channel: 'C1', user: 'UBOT' }, { back: true }],
    ['channel_rename', { channel: { id: 'C1', name: 'reading' } }, { name: 'reading' }],
  ])('%s is passed on', async (type, event, change) => {
    await rig.server.event({ type, ...event });
    await until(() => rig.changes.length > 0, () => 'nothing passed on');
    expect(rig.changes).toMatchObject([{ channel: { platform: 'slack', workspace: 'T1', id: 'C1' }, change }]);
  });

  test.each(['member_left_channel', 'member_joined_channel'])('%s of somebody else changes nothing', async (type) => {
    await rig.server.event({ type, channel: 'C1', user: 'U1' });
    await rig.server.slash('/paper', 'attention');
    expect(rig.changes).toEqual([]);
  });

  test('no token is ever logged', async () => {
    rig.server.fail('auth.test', { error: 'invalid_auth' });
    await expect(rig.adapter.check!()).rejects.toThrow();
    expect(rig.logged.join('\n')).not.toMatch(/xoxb-|xapp-|shhh/);
  });
});

describe('two processes', () => {
  let one: Rig;
  let other: Rig;
  beforeEach(async () => {
    const claim = claims();
    one = await startRig('http', { claim });
    other = await startRig('http', { claim, server: one.server });
    one.server.sendTo({ url: one.url, signingSecret: SIGNING_SECRET });
  });
  afterEach(async () => {
    await other.stop();
    await one.stop();
  });

  const toTheOther = () => one.server.sendTo({ url: other.url, signingSecret: SIGNING_SECRET });

  test('a command that Slack delivers again to the other is answered once', async () => {
    const delivery = await one.server.slash('/paper', 'attention');
    toTheOther();
    await one.server.repeat();
    await one.server.slash('/paper', 'bert');
    expect(delivery.answers).toHaveLength(1);
    expect(other.calls.map(({ text }) => text)).toEqual(['bert']);
  });

  test('so is a press', async () => {
    await one.server.press({ action_id: '3:paper', value: 'paper vote up 17' });
    toTheOther();
    await one.server.repeat();
    await one.server.slash('/paper', 'bert');
    expect(other.calls.map(({ text }) => text)).toEqual(['bert']);
  });

  test('an event changes a channel once', async () => {
    await one.server.event({ type: 'channel_archive', channel: 'C1', user: 'U1' });
    toTheOther();
    await one.server.repeat();
    await one.server.event({ type: 'channel_rename', channel: { id: 'C1', name: 'reading' } });
    await until(() => other.changes.length > 0, () => 'nothing passed on');
    expect([...one.changes, ...other.changes].map(({ change }) => change)).toEqual([{ gone: 'is_archived', ask: true }, { name: 'reading' }]);
  });
});

describe('Socket Mode', () => {
  test('takes up what was not acknowledged when the connection broke', async () => {
    const rig = await startRig('socket');
    rig.server.socket.cut();
    const { answers } = await rig.server.slash('/paper', 'attention', { answers: 0 });
    await until(() => answers.length === 1, () => `${rig.server.socket.connections()} connections`);
    expect(rig.server.socket.connections()).toBe(2);
    await rig.stop();
  });

  test('that is cut is away until it is back, without being lost', async () => {
    const rig = await startRig('socket');
    expect(rig.adapter.state!()).toMatchObject({ connected: true });
    rig.server.socket.cut();
    await until(() => !rig.adapter.state!().connected, () => 'still connected');
    await until(() => rig.adapter.state!().connected, () => 'not back');
    expect(rig.lost).toEqual([]);
    await rig.stop();
  });

  test('that Slack refuses to connect again is lost for good', async () => {
    const rig = await startRig('socket');
    rig.server.fail('apps.connections.open', { error: 'invalid_auth' });
    rig.server.socket.cut();
    await until(() => rig.lost.length > 0, () => rig.logged.join('\n'));
    expect(rig.lost).toEqual([expect.stringContaining('invalid_auth')]);
    expect(rig.adapter.state!().connected).toBe(false);
    await rig.stop();
  });

  test('that Slack refuses only after a second try is lost for good, too', async () => {
    const rig = await startRig('socket');
    rig.server.fail('apps.connections.open', { error: 'internal_error' });
    rig.server.fail('apps.connections.open', { error: 'account_inactive' });
    rig.server.socket.cut();
    await until(() => rig.lost.length > 0, () => rig.logged.join('\n'));
    expect(rig.lost).toEqual([expect.stringContaining('account_inactive')]);
    await rig.stop();
  }, 30_000);

  test('that isn’t connected at twenty looks in a row is lost, once', () => {
    let connected = false;
    let lost = 0;
    const look = countLooks(() => connected, () => lost++);
    const looks = (times: number) => Array.from({ length: times }, look);
    looks(19);
    connected = true;
    looks(1);
    connected = false;
    looks(19);
    expect(lost).toBe(0);
    looks(30);
    expect(lost).toBe(1);
  });
});

describe('HTTP mode', () => {
  let rig: Rig;
  const body = { command: '/paper', text: 'x', trigger_id: 't', user_id: 'U1', channel_id: 'C1', team_id: 'T1', response_url: '' };
  beforeEach(async () => {
    rig = await startRig('http');
  });
  afterEach(() => rig.stop());

  test.each([
    ['a wrong signature', { signature: `v0=${'0'.repeat(64)}` }],
    ['a request of six minutes ago', { ageSeconds: 360 }],
  ])('refuses %s with 401', async (_, wrong) => {
    expect(await postSigned({ url: rig.url, signingSecret: SIGNING_SECRET }, 'slash_commands', body, wrong)).toBe(401);
    expect(rig.calls).toEqual([]);
  });

  test('refuses a request signed with another secret', async () => {
    expect(await postSigned({ url: rig.url, signingSecret: 'guess' }, 'slash_commands', body)).toBe(401);
  });

  test('takes no calls once it stops', async () => {
    await rig.adapter.stop();
    expect(await postSigned({ url: rig.url, signingSecret: SIGNING_SECRET }, 'slash_commands', body)).toBe(503);
  });
});
