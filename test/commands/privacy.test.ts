// What is said in a private channel, or to one's own digest, leaves everybody else's answers, suggestions and roundups as they were.
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { complete } from '../../src/call.ts';
import type { Call, ChannelRef } from '../../src/core/chat.ts';
import type { Doc } from '../../src/core/doc.ts';
import type { Log } from '../../src/core/log.ts';
import { listLikes } from '../../src/db/candidates.ts';
import { findPaper } from '../../src/db/papers.ts';
import { countLikes } from '../../src/db/saves.ts';
import { leases } from '../../src/db/schema.ts';
import { exportSettings } from '../../src/transfer.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { aPerson, havePapers, PLACE, wordsIn } from '../support/factories.ts';

const db = useDb();
const SECRET: ChannelRef = { platform: 'paper', workspace: 'W1', id: 'C9', private: true };
const DIRECT: ChannelRef = { platform: 'paper', workspace: 'W1', id: 'D-ana', person: 'ana' };
const bea = aPerson('manager', { id: 'bea', name: 'Bea' });

/** Who looks from where: the same workspace's open channel, another private one, direct messages; and another workspace. */
const OUTSIDE: Record<string, Pick<Call, 'channel' | 'person'>> = {
  'an open channel': { channel: PLACE, person: bea },
  'another private channel': { channel: { ...SECRET, id: 'C8' }, person: bea },
  'somebody else’s direct messages': { channel: { ...DIRECT, id: 'D-bea', person: 'bea' }, person: bea },
  'another workspace': { channel: { ...PLACE, workspace: 'W2' }, person: bea },
};

/** What looking is, for each verb that looks; the other verbs change something. */
const LOOKS: Record<string, string[]> = {
  'paper find': ['attention', '2607.10001', '2607.10003', 'cat:cs.CL'],
  'paper similar': ['2607.10001'],
  'paper trending': ['', 'month'],
  'paper saved': ['', 'here'],
  'paper read-list': ['month'],
  'paper post': ['2607.10001', 'search:attention'],
  'paper export': ['', 'here'],
  'paper forget-me': [''],
  'paper help': [''],
  'roundup list': [''],
  'roundup status': [''],
  'roundup history': [''],
  'roundup why': ['2607.10001', '2607.10003'],
  'roundup taste': [''],
  'roundup layout': [''],
  'roundup reading': [''],
  'roundup links': [''],
  'roundup preview': ['', 'attention', 'secret'],
  'roundup repair': ['1', '5', '6'],
  'roundup resend': ['1'],
  'roundup found': ['1'],
  'roundup me': ['list', 'status', 'history', 'preview', 'taste'],
  'roundup help': [''],
};
const CHANGES = ['paper submit', 'paper save', 'paper note', 'paper read', 'paper unread', 'paper vote', 'paper not-for-us', 'roundup subscribe', 'roundup email', 'roundup change', 'roundup undo', 'roundup unsubscribe', 'roundup schedule', 'roundup size', 'roundup quiet', 'roundup silent', 'roundup now', 'roundup pause', 'roundup resume'];

/** Everything that can be said of papers, and to a roundup. */
const ACTS = ['/paper save 2607.10001', '/paper vote down 2607.10002', '/paper submit 2607.10003', '/paper note 2607.10001 my secret note', '/paper read 2607.10002', '/paper not-for-us 2607.10001', '/roundup subscribe "a secret topic" or attention at 9 daily UTC', '/roundup size 3', '/roundup preview "another secret topic" or attention'];

let rig: Rig;
let logged: string[];

beforeEach(async () => {
  await havePapers(db(), [
    { arxivId: '2607.10001', title: 'Sparse attention', categories: ['cs.CL'], upvotes: 40 },
    { arxivId: '2607.10002', title: 'Dense attention', categories: ['cs.CL'], upvotes: 50 },
    { arxivId: '2607.10003', title: 'Attention of old', categories: ['cs.CL'], listedOn: '2024-01-01', publishedOn: '2024-01-01' },
  ]);
  logged = [];
  const write = (data: object, text: string) => void logged.push(`${text} ${JSON.stringify(data)}`);
  const log: Log = { debug: write, info: write, warn: write, error: write };
  rig = await openRig(db(), undefined, log);
  for (const asker of Object.values(OUTSIDE)) await rig.ask('/roundup subscribe everything at 9 daily UTC', asker);
});

/** All that the others are shown, down to the buttons. */
async function lookAround(): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  // What was posted a moment ago may be posted again.
  await db().delete(leases);
  for (const [where, asker] of Object.entries(OUTSIDE)) {
    for (const [verb, words] of Object.entries(LOOKS)) {
      // A plain search has no verb.
      for (const said of words) seen[`${where}: ${verb} ${said}`] = await rig.ask(`/${verb.replace(' find', '')} ${said}`, asker);
    }
    const typing = { ...asker, option: 'topic' };
    for (const text of ['a', '"a secret']) {
      seen[`${where}: typing ${text}`] = [await complete({ ...typing, command: 'paper', text }, rig.app.deps), await complete({ ...typing, command: 'roundup', text: `subscribe ${text}` }, rig.app.deps)];
    }
  }
  return seen;
}

test('every verb either looks or changes something', () => {
  const verbs = rig.app.deps.commands.flatMap((command) => command.verbs.map(({ name }) => `${command.name} ${name}`));
  expect(verbs.filter((verb) => !(verb in LOOKS) && !CHANGES.includes(verb))).toEqual([]);
});

describe.each([
  ['in a private channel', { channel: SECRET }, (line: string) => line],
  ['in direct messages', { channel: DIRECT }, (line: string) => line],
  ['in an open channel, of one’s own digest', { channel: PLACE }, (line: string) => line.replace('/roundup', '/roundup me').replace('/paper', '/roundup me paper')],
])('what is said %s', (_where, here, said) => {
  const act = async () => {
    // The digest is there before anything is said to it.
    const subscribed = ACTS.filter((line) => line.startsWith('/roundup'));
    for (const line of [...subscribed, ...ACTS.filter((one) => !subscribed.includes(one))]) {
      const { refused, doc } = await rig.ask(said(line), here);
      expect(refused, `${line}: ${wordsIn(doc)}`).toBeUndefined();
    }
  };

  test('is seen by nobody else, in no answer and no suggestion, and no paper moves', { timeout: 120_000 }, async () => {
    const before = await lookAround();
    await act();
    expect(await lookAround()).toEqual(before);
    // Where it was said, it counts.
    const inside = (line: string) => rig.read(said(line), here);
    expect(await inside('/paper 2607.10001')).toMatch(/saved by (1 person in this channel|you here)/);
    expect(await inside('/paper 2607.10003')).toContain('submitted by Ana');
    expect(await inside('/roundup list')).toContain('ollow');
    expect(await inside('/roundup preview')).toContain('Attention of old');
  });

  test('is in nobody else’s roundup, and moves no paper there', async () => {
    await act();
    rig.clock.moveTo('2026-07-28T09:00:30Z');
    await rig.app.tick();
    const posts = rig.platform.posted.filter(({ parent }) => !parent);
    const outside = posts.filter(({ channel }) => Object.values(OUTSIDE).some((one) => one.channel.id === channel.id && one.channel.workspace === channel.workspace));
    expect(outside).toHaveLength(4);
    for (const { payload } of outside) expect(wordsIn(payload.doc as Doc)).toMatch(/^Trending papers, 28 July 2026\n1\. Dense attention\n50 upvotes\nAda Lovelace and Alan Turing\n\n2\. Sparse attention\n40 upvotes\nAda/);
    for (const { payload } of outside) expect(JSON.stringify(payload)).not.toMatch(/Attention of old|secret|submitted|liked/);
    const [own, ...more] = posts.filter((one) => !outside.includes(one));
    expect(more).toEqual([]);
    expect(wordsIn(own!.payload.doc as Doc)).toContain('Attention of old');
  });

  test('stands in no line of the log', async () => {
    await act();
    rig.clock.moveTo('2026-07-28T09:00:30Z');
    await rig.app.tick();
    expect(logged.length).toBeGreaterThan(10);
    expect(logged.filter((line) => /secret|2607\.1000|\bana\b|D-ana|attention/i.test(line))).toEqual([]);
  });
});

test('a digest is in no export but the one of people, and comes back from that with its owner', async () => {
  const before = await exportSettings(db());
  await rig.ask('/roundup me subscribe "a secret topic"');
  expect(await exportSettings(db())).toEqual(before);
  const whole = await exportSettings(db(), { people: true });
  expect(whole.channels.filter(({ owner }) => owner === 'paper:W1:ana')).toMatchObject([{ id: 'D-ana', topics: ['"a secret topic"'] }]);
});

test('a command that fails in the database puts nobody’s words into the log', async () => {
  await db().execute(sql`alter table notes rename to no_notes`);
  try {
    expect(await rig.read('/paper note 2607.10001 my secret note')).toContain('Something went wrong here. Try again in a minute.');
  } finally {
    await db().execute(sql`alter table no_notes rename to notes`);
  }
  const [failed] = logged.filter((line) => line.startsWith('command failed'));
  expect(failed).toMatch(/notes.* does not exist.*notePaper/s);
  expect(failed).not.toMatch(/secret|\bana\b/);
});

describe('of one person’s words on one paper', () => {
  const listAllLikes = async () => Object.fromEntries([...(await listLikes(db(), ['paper:W1'], new Date(0)))].map(([key, likes]) => [key, [...likes.values()][0]]));

  test('those in the open count for all, and what is said in private replaces them there alone', async () => {
    await rig.ask('/paper save 2607.10001');
    await rig.ask('/paper vote down 2607.10001', { channel: SECRET });
    expect(await listAllLikes()).toEqual({ 'paper:W1': 1, 'paper:W1/C9': -2 });
    await rig.ask('/paper vote up 2607.10001');
    expect(await listAllLikes()).toEqual({ 'paper:W1': 1 });
    await rig.ask('/paper save 2607.10001', { channel: SECRET });
    const paper = (await findPaper(db(), '2607.10001'))!.id;
    expect(await countLikes(db(), { channel: PLACE }, paper)).toEqual({ saves: 0, votes: 1 });
    expect(await countLikes(db(), { channel: SECRET }, paper)).toEqual({ saves: 1, votes: 0 });
    expect(await listAllLikes()).toEqual({ 'paper:W1': 1, 'paper:W1/C9': 0 });
  });
});
