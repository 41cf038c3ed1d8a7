// Posting, looking for what was posted, and asking first, through the real client.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../../src/core/errors.ts';
import { slack } from '../../../src/platforms/slack/index.ts';
import { SCOPES } from '../../../src/platforms/slack/manifest.ts';
import { say } from '../../../src/core/doc.ts';
import { silent } from '../../../src/core/log.ts';
import { outboxMessage, startRig, type Rig } from './rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig('http');
});
afterEach(() => rig.stop());

const tried = () => new Date(Date.now() - 60_000);

describe('posting', () => {
  test('puts the message into the channel, marked with its key', async () => {
    const receipt = await rig.adapter.post(outboxMessage());
    expect(rig.server.messages).toMatchObject([
      {
        channel: 'C1',
        text: 'Ten papers for today.',
        unfurl_links: false,
        metadata: { event_type: 'paperround_message', event_payload: { key: 'round-1-0' } },
      },
    ]);
    const { ts } = rig.server.messages[0]!;
    expect(receipt).toEqual({ id: ts, channel: 'C1', url: `https://example.slack.com/archives/C1/p${ts.replace('.', '')}` });
  });

  test('puts a reply into the thread of its parent', async () => {
    const parent = await rig.adapter.post(outboxMessage());
    await rig.adapter.post(outboxMessage({ key: 'round-1-1', parent }));
    expect(rig.server.messages[1]!.thread_ts).toBe(parent.id);
  });

  test('waits as long as Slack asks, and does not try by itself', async () => {
    rig.server.fail('chat.postMessage', { retryAfter: 7 });
    const error = await rig.adapter.post(outboxMessage()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TryLater);
    expect(error).toMatchObject({ afterMs: 7_000 });
    expect(rig.server.messages).toEqual([]);
  });

  test.each([
    ['channel_not_found', ChannelGone, { code: 'channel_not_found' }],
    ['is_archived', ChannelGone, { code: 'is_archived' }],
    ['not_in_channel', NotAllowed, { code: 'not_in_channel', fix: 'Type /invite @Paperround in the channel.' }],
    ['missing_scope', NotAllowed, { code: 'missing_scope' }],
    ['restricted_action', NotAllowed, { code: 'restricted_action' }],
    ['token_revoked', NotAllowed, { code: 'token_revoked' }],
    ['account_inactive', NotAllowed, { code: 'account_inactive' }],
    ['some_new_word', PayloadRefused, {}],
    ['team_added_to_org', TryLater, {}],
    ['invalid_blocks', PayloadRefused, {}],
    ['msg_blocks_too_long', PayloadRefused, {}],
    ['ratelimited', TryLater, {}],
    ['internal_error', OutcomeUnknown, {}],
  ])('calls %s by its name', async (code, kind, more) => {
    rig.server.fail('chat.postMessage', { error: code });
    const error = await rig.adapter.post(outboxMessage()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject(more);
  });

  test.each([
    ['an error page', { status: 503, body: '<html>busy</html>' }],
    ['a proxy’s page with status 200', { status: 200, body: '<html>sign in</html>' }],
    ['an empty 500', { status: 500 }],
  ])('does not know the outcome after %s', async (_, fault) => {
    rig.server.fail('chat.postMessage', fault);
    await expect(rig.adapter.post(outboxMessage())).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  test('knows that nothing was sent when nobody listens', async () => {
    await rig.server.stop();
    await expect(rig.adapter.post(outboxMessage())).rejects.toBeInstanceOf(TryLater);
    rig.server.stop = async () => {};
  });

  test('whose answer is lost is in doubt, is found, and is in the channel once', async () => {
    rig.server.fail('chat.postMessage', 'reset');
    const message = outboxMessage();
    await expect(rig.adapter.post(message)).rejects.toBeInstanceOf(OutcomeUnknown);
    const receipt = await rig.adapter.find!({ ...message, firstTriedAt: tried() });
    expect(receipt).toMatchObject({ id: rig.server.messages[0]!.ts, channel: 'C1' });
    expect(rig.server.messages).toHaveLength(1);
  });
});

describe('telling one person', () => {
  const payload = slack.render(say('A roundup has stopped, since its channel is archived.'))[0]!;
  const tell = () => rig.adapter.tell!({ workspace: 'T1', person: 'U1' }, payload);

  test('is a direct message', async () => {
    await tell();
    expect(rig.server.messages).toMatchObject([{ channel: 'DU1', text: 'A roundup has stopped, since its channel is archived.' }]);
  });

  test.each([
    ['conversations.open', { retryAfter: 30 }, TryLater],
    ['conversations.open', 'reset', TryLater],
    ['conversations.open', { error: 'user_not_found' }, NotAllowed],
    ['conversations.open', { error: 'missing_scope' }, NotAllowed],
    ['chat.postMessage', { retryAfter: 30 }, TryLater],
    ['chat.postMessage', 'reset', OutcomeUnknown],
    ['chat.postMessage', { error: 'messages_tab_disabled' }, NotAllowed],
  ] as const)('says why not: %s, %j', async (method, fault, kind) => {
    rig.server.fail(method, fault, 2);
    await expect(tell()).rejects.toBeInstanceOf(kind);
  });
});

describe('looking for a message', () => {
  test('finds a reply in its thread', async () => {
    const parent = await rig.adapter.post(outboxMessage());
    const reply = outboxMessage({ key: 'round-1-1', parent, firstTriedAt: tried() });
    const receipt = await rig.adapter.post(reply);
    expect(await rig.adapter.find!(reply)).toEqual(receipt);
  });

  test('finds it though hundreds came after', async () => {
    const receipt = await rig.adapter.post(outboxMessage());
    for (let n = 0; n < 250; n++) rig.server.messages.push({ ...rig.server.messages[0]!, ts: `${receipt.id}${n}`, metadata: undefined! });
    expect(await rig.adapter.find!(outboxMessage({ firstTriedAt: tried() }))).toEqual(receipt);
  });

  test('says undefined when it never came', async () => {
    await rig.adapter.post(outboxMessage({ key: 'another' }));
    expect(await rig.adapter.find!(outboxMessage({ firstTriedAt: tried() }))).toBeUndefined();
  });

  test('throws when the history can’t be read', async () => {
    rig.server.fail('conversations.history', { error: 'missing_scope' });
    await expect(rig.adapter.find!(outboxMessage({ firstTriedAt: tried() }))).rejects.toBeInstanceOf(NotAllowed);
  });
});

describe('asking before subscribing', () => {
  const preflight = (id: string) => rig.adapter.preflight({ platform: 'slack', workspace: 'T1', id });

  test('is fine where the bot is a member', async () => {
    expect(await preflight('C1')).toEqual({ ok: true });
  });

  test('names the invitation where it is not', async () => {
    rig.server.channels.set('C2', { id: 'C2', name: 'other', is_member: false });
    expect(await preflight('C2')).toMatchObject({ ok: false, code: 'not_in_channel', fix: expect.stringContaining('/invite @paperround') as string });
  });

  test('names it too for a private channel that the bot can’t see', async () => {
    expect(await preflight('C404')).toMatchObject({ ok: false, code: 'channel_not_found', fix: expect.stringContaining('/invite') as string });
  });

  test('says that a channel is archived', async () => {
    rig.server.channels.set('C3', { id: 'C3', name: 'old', is_member: true, is_archived: true });
    expect(await preflight('C3')).toMatchObject({ ok: false, code: 'is_archived' });
  });

  test('throws when Slack can’t be asked', async () => {
    rig.server.fail('conversations.info', { retryAfter: 30 });
    await expect(preflight('C1')).rejects.toBeInstanceOf(TryLater);
  });
});

describe('what doctor says', () => {
  test('names the workspace and the bot', async () => {
    rig.server.grant([...SCOPES]);
    expect(await rig.adapter.check!()).toBe('signed in to Example as @paperround');
  });

  test('names the scopes that are missing', async () => {
    rig.server.grant(['commands', 'chat:write']);
    expect(await rig.adapter.check!()).toContain('scopes missing: channels:read, groups:read, users:read');
  });
});

describe('who somebody is', () => {
  const member = { id: 'U2', name: 'ben', team_id: 'T1', tz: 'Asia/Almaty' };

  test.each<[string, object, object]>([
    ['a full member', {}, { standing: 'member', zone: 'Asia/Almaty' }],
    ['an admin', { is_admin: true }, { standing: 'admin' }],
    ['an owner', { is_owner: true }, { standing: 'admin' }],
    ['a guest', { is_restricted: true }, { standing: 'guest' }],
    ['a guest of one channel', { is_ultra_restricted: true }, { standing: 'guest' }],
    ['an admin of another organisation', { team_id: 'T9', is_admin: true }, { standing: 'guest' }],
    ['a stranger', { is_stranger: true }, { standing: 'guest' }],
    ['a bot', { is_bot: true }, { standing: 'guest' }],
    ['a member of two workspaces of one organisation', { team_id: 'E1', enterprise_user: { teams: ['T1', 'T2'] } }, { standing: 'member' }],
  ])('%s', async (_, user, profile) => {
    rig.server.users.set('U2', { ...member, ...user });
    await rig.server.slash('/roundup', 'list', { user: 'U2' });
    expect(await rig.calls[0]!.person.profile()).toMatchObject(profile);
  });

  test('someone who can’t be looked up is a guest, and that is logged', async () => {
    rig.server.fail('users.info', { error: 'missing_scope' });
    await rig.server.slash('/roundup', 'list');
    expect(await rig.calls[0]!.person.profile()).toEqual({ standing: 'guest' });
    expect(rig.logged.join('\n')).toContain('taken for a guest');
  });
});

test.each([
  ['auth.test', 'SLACK_BOT_TOKEN'],
  ['apps.connections.open', 'SLACK_APP_TOKEN'],
])('connecting when Slack refuses the token in %s names %s', async (method, name) => {
  rig.server.fail(method, { error: 'invalid_auth' });
  const io = { env: { SLACK_BOT_TOKEN: 'xoxb-x', SLACK_APP_TOKEN: 'xapp-x', SLACK_API_URL: rig.server.url }, commands: [], log: silent };
  const error = await slack.connect(io as unknown as Parameters<typeof slack.connect>[0]).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'invalid_auth', fix: expect.stringContaining(name) as string });
});
