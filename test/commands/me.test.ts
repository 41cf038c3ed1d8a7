// A person's own digest: set up from anywhere, for nobody else's eyes.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Answer, Call, ChannelRef } from '../../src/core/chat.ts';
import { NotAllowed, TryLater } from '../../src/core/errors.ts';
import { findDigest, listChannels } from '../../src/db/channels.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { aPerson, havePapers, PLACE, wordsIn } from '../support/factories.ts';

const db = useDb();
const GUEST = { standing: 'guest' as const };
const BEA = { person: aPerson('guest', { id: 'bea', name: 'Bea' }) };
const OTHER: ChannelRef = { ...PLACE, id: 'C2', name: 'random' };
const DIRECT: ChannelRef = { platform: 'paper', workspace: 'W1', id: 'D-ana', person: 'ana' };
let rig: Rig;

beforeEach(async () => {
  await havePapers(db(), [
    { arxivId: '2607.10001', title: 'Sparse attention', upvotes: 90 },
    { arxivId: '2607.10002', title: 'Robots that fold laundry', upvotes: 300 },
  ]);
  rig = await openRig(db());
});

const mine = () => findDigest(db(), 'paper:W1:ana');
const labels = ({ doc }: Answer) => doc.actions?.map(({ label }) => label);
const morning = async (at = '2026-07-28T09:00:30Z') => {
  rig.clock.moveTo(at);
  await rig.app.tick();
};
/** Presses a button somewhere. */
async function press(answer: Pick<Answer, 'doc'>, label: string, more: Partial<Call> = {}): Promise<Answer> {
  const all = [...(answer.doc.actions ?? []), ...answer.doc.blocks.flatMap((block) => (block.kind === 'item' ? (block.actions ?? []) : []))];
  const { call } = all.find((one) => one.label === label)!;
  return rig.ask(`/${call.name} ${call.text}`, { ...GUEST, ...more });
}

describe('/roundup me', () => {
  test('takes a whole line from anyone, in any channel, and answers the asker alone', async () => {
    const answer = await rig.ask('/roundup me subscribe attention -survey at 8 weekdays Europe/Berlin top 5', GUEST);
    expect(answer.audience).toBe('asker');
    expect(wordsIn(answer.doc)).toContain('You get a digest on attention -survey: weekdays at 08:00, Europe/Berlin, at most 5 papers.');
    expect(wordsIn(answer.doc)).toContain('It comes as a direct message, and nobody else sees it. Next one: Tue 28 Jul, 08:00 (Europe/Berlin).');
    expect(labels(answer)).toEqual(['Undo', 'Preview', 'Send one now']);
    expect(rig.platform.told).toMatchObject([{ person: 'ana' }]);
    expect(wordsIn(rig.platform.told[0]!.doc)).toContain('Nobody else sees it.');
    expect(await mine()).toMatchObject({ externalId: 'D-ana', owner: 'paper:W1:ana', createdBy: 'paper:W1:ana' });
    // The channel in which it was said has none.
    expect(await rig.read('/roundup list')).toContain('This channel has no roundup yet.');
  });

  test('follows an author, whose new paper comes', async () => {
    expect(await rig.read('/roundup me author:"Grace Hopper"', { ...GUEST, zone: 'UTC' })).toContain('You get a digest on author:"Grace Hopper"');
    const later = new Date('2026-07-28T01:00:00Z');
    await havePapers(db(), [{ title: 'A new compiler', authors: ['Ann Other', 'Grace B. Hopper'], upvotes: 1, listedOn: '2026-07-28' }, { title: 'By another Hopper', authors: ['Edward Hopper'], upvotes: 500, listedOn: '2026-07-28' }], later);
    await morning();
    expect(rig.platform.posted.filter(({ parent }) => !parent).map(({ channel }) => channel)).toEqual([DIRECT]);
    const words = wordsIn(rig.platform.posted[0]!.payload.doc as never);
    expect(words).toContain('A new compiler');
    expect(words).toContain('matches author:"Grace Hopper"');
    expect(words).not.toMatch(/another Hopper|Sparse|Robots/);
  });

  test('has everything that a channel has', async () => {
    await rig.ask('/roundup me attention', GUEST);
    const lines: [string, RegExp][] = [
      ['list', /Your own digest\nYou follow 1 topic: weekdays at 09:00, UTC, at most 10 papers\./],
      ['schedule 7:30 daily', /Your digest now comes daily at 07:30, UTC\./],
      ['size 3', /Your digest now has at most 3 papers\./],
      ['quiet on', /A day without new papers gets one line, with the reason\./],
      ['preview', /Preview: .*Sparse attention/s],
      ['taste', /Your taste has nothing to go by yet/],
      ['pause', /Your digest is paused\./],
      ['resume', /Your digest goes on\. Next one: Tue 28 Jul, 07:30/],
      ['status', /Status of your digest.*Paperround may write to you/s],
      ['history', /No digest has come yet\./],
      ['why 2607.10002', /Not of topic attention: no “attention”\./],
      ['unsubscribe attention', /You no longer follow attention\. With no topic left, you get everything that trends; “\/roundup me off” ends your digest\./],
      ['now', /An extra digest is on its way to your direct messages\./],
      ['off', /You get no more digests\./],
    ];
    for (const [line, words] of lines) {
      const answer = await rig.ask(`/roundup me ${line}`, GUEST);
      expect(answer.audience, line).toBe('asker');
      expect(wordsIn(answer.doc), line).toMatch(words);
      expect(wordsIn(answer.doc), line).not.toMatch(/[Tt]his channel|\bby Ana\b/);
    }
    expect(await mine()).toMatchObject({ at: '07:30', size: 3, quietPosts: true, pausedWhy: 'unsubscribed' });
  });

  test('without a digest says how to begin, with buttons that do', async () => {
    for (const line of ['/roundup me', '/roundup me list', '/roundup me size 5']) {
      const answer = await rig.ask(line, GUEST);
      expect(wordsIn(answer.doc)).toContain('You have no digest yet. Start one with /roundup me subscribe');
      expect(wordsIn((await press(answer, 'Preview')).doc)).toContain('Robots that fold laundry');
    }
    expect(await listChannels(db())).toEqual([]);
    expect(wordsIn((await press(await rig.ask('/roundup me', GUEST), 'Subscribe')).doc)).toContain('You get a digest of everything that trends');
  });

  test('takes a slip of the pen neither for a verb nor for a topic', async () => {
    const answer = await rig.ask('/roundup me lis', GUEST);
    expect(wordsIn(answer.doc)).toContain('Did you mean /roundup me list? If “lis” is a topic, say /roundup me subscribe lis.');
    expect(wordsIn((await press(answer, 'List')).doc)).toContain('You have no digest yet.');
    expect(await rig.read('/roundup me schedule', GUEST)).toContain('That is not how “schedule” is used. Use it like this: /roundup me schedule WHEN.');
    expect(await rig.read('/roundup me help', GUEST)).toContain('/roundup me schedule WHEN');
    expect(await listChannels(db())).toEqual([]);
  });

  test('says which zone the hour is in where nobody knows the asker’s', async () => {
    expect(await rig.read('/roundup me nlp', GUEST)).toContain('The hour is in UTC, as nobody here knows your time zone. Say it once: /roundup me schedule Europe/Berlin.');
    await rig.ask('/roundup me off');
    const said = await rig.ask('/roundup me nlp', { ...GUEST, ...BEA });
    expect(wordsIn(said.doc)).toContain('nobody here knows');
    const cal = { person: aPerson('guest', { id: 'cal', profile: async () => ({ standing: 'guest', zone: 'Asia/Tokyo' }) }) };
    const known = await rig.read('/roundup me nlp', cal);
    expect(known).toContain('09:00, Asia/Tokyo');
    expect(known).not.toContain('nobody here knows');
  });
});

describe('a person has one digest', () => {
  test('whether it is asked for in a channel or in direct messages', async () => {
    await rig.ask('/roundup me attention', GUEST);
    const answer = await rig.ask('/roundup subscribe robots', { ...GUEST, channel: DIRECT });
    expect(answer.audience).toBe('asker');
    expect(wordsIn(answer.doc)).toContain('Added robots. You now get a digest on attention and robots');
    expect(await rig.read('/roundup me list', { ...GUEST, channel: OTHER })).toContain('You follow 2 topics');
    expect(await listChannels(db())).toHaveLength(1);
    expect(rig.platform.told).toHaveLength(1);
  });

  test('also when it was begun in a conversation with somebody else', async () => {
    const talk: ChannelRef = { ...DIRECT, id: 'D-of-ana-and-bea' };
    expect(await rig.read('/roundup subscribe attention', { ...GUEST, channel: talk })).toContain('You get a digest on attention');
    expect(await rig.read('/roundup list', { ...BEA, channel: { ...talk, person: 'bea' } })).toContain('You have no digest yet.');
    expect((await listChannels(db())).map(({ externalId }) => externalId)).toEqual(['D-ana']);
  });

  test('wherever they are, and where direct messages are a workspace of their own', async () => {
    const ana = { ...GUEST, person: aPerson('guest', { home: '@ana' }) };
    await rig.ask('/roundup me attention', ana);
    expect(await rig.read('/roundup me list', { ...ana, channel: { ...PLACE, workspace: 'W2' } })).toContain('You follow 1 topic');
    expect(await rig.read('/roundup list', { ...ana, channel: { ...DIRECT, workspace: '@ana' } })).toContain('You follow 1 topic');
    expect(await listChannels(db())).toMatchObject([{ workspace: '@ana', owner: 'paper:@ana:ana' }]);
  });

  test('and what an earlier version or an import made in their direct messages becomes it', async () => {
    const { openChannel } = await import('../../src/db/channels.ts');
    const start = { zone: 'Asia/Tokyo', at: '07:00', days: [1], size: 3, createdBy: 'import' };
    await openChannel(db(), { platform: 'paper', workspace: '', id: 'D-ana' }, start, rig.clock.now());
    await rig.ask('/roundup me attention', GUEST);
    expect(await listChannels(db())).toMatchObject([{ owner: 'paper:W1:ana', workspace: 'W1', zone: 'Asia/Tokyo', size: 3 }]);
  });
});

describe('buttons', () => {
  beforeEach(async () => void (await rig.ask('/roundup subscribe everything')));

  test('of an answer act on the digest, not on the channel where they are pressed', async () => {
    const answer = await rig.ask('/roundup me subscribe attention', GUEST);
    const list = await rig.ask('/roundup me list', GUEST);
    expect(wordsIn((await press(list, 'Pause', { channel: OTHER })).doc)).toContain('Your digest is paused.');
    expect(wordsIn((await press(await rig.ask('/roundup me list', GUEST), 'Resume')).doc)).toContain('Your digest goes on.');
    expect(wordsIn((await press(list, 'Unsubscribe')).doc)).toContain('You no longer follow attention.');
    expect(wordsIn((await press(await rig.ask('/roundup me subscribe robots', GUEST), 'Undo')).doc)).toContain('Undone: you get');
    expect(wordsIn((await press(answer, 'Undo')).doc)).toMatch(/subscribed to something else since|no subscription to take back/);
    expect(await rig.read('/roundup list')).toContain('This channel follows everything that trends: weekdays');
  });

  test('under a paper of its preview count in the digest', async () => {
    await rig.ask('/roundup me attention', GUEST);
    const preview = await rig.ask('/roundup me preview', GUEST);
    const card = await rig.ask(`/roundup ${preview.doc.actions!.find(({ label }) => label === 'Help')!.call.text}`, GUEST);
    expect(wordsIn(card.doc)).toContain('/paper');
    const paper = await rig.ask('/roundup me paper 2607.10001', GUEST);
    await press(paper, 'Save');
    expect(wordsIn((await press(paper, 'Not for us')).doc)).toContain('Noted, not for you: “Sparse attention”. Papers like it will stand lower in your digest');
    expect(await rig.read('/paper saved here')).toContain('Nobody has saved a paper in this channel yet.');
    expect(await rig.read('/roundup taste')).toContain('This channel’s taste has nothing to go by yet.');
    expect(await rig.read('/roundup me taste', GUEST)).toContain('Learnt from 1 paper that wasn’t for you in your digest.');
    expect(await rig.read('/paper saved')).toContain('Sparse attention');
  });

  test('carry a topic however long it is', async () => {
    const topic = `attention ${'-"a long word" '.repeat(5)}`.trim();
    const preview = await rig.ask(`/roundup me preview ${topic}`, GUEST);
    expect(wordsIn((await press(preview, 'Subscribe')).doc)).toContain('You get a digest on attention -"a long word"');
  });
});

describe('direct messages that can’t be had', () => {
  const refuse = (error: Error) => (rig.platform.adapter.tell = () => Promise.reject(error));

  test('are told at once, and nothing is kept', async () => {
    refuse(new NotAllowed('50007', 'Allow direct messages.'));
    expect(await rig.read('/roundup me attention', GUEST)).toContain('Paperround can’t send you direct messages. Allow direct messages. Then subscribe again.');
    refuse(new TryLater(1_000, 'slow'));
    expect(await rig.read('/roundup me attention', GUEST)).toContain('Your direct messages can’t be reached just now. Subscribe again in a minute.');
    expect(await listChannels(db())).toEqual([]);
  });

  test('later on, pause the digest with the code, and stand under the owner’s next answer, once, and under nobody else’s', async () => {
    await rig.ask('/roundup me attention', GUEST);
    const works = { ...rig.platform.adapter };
    rig.platform.adapter.post = () => Promise.reject(new NotAllowed('50007', 'Allow direct messages.'));
    await morning();
    await morning('2026-07-28T09:02:00Z');
    Object.assign(rig.platform.adapter, works);
    expect(await mine()).toMatchObject({ pausedCode: '50007' });
    expect(rig.platform.told).toHaveLength(1);
    expect(await rig.read('/paper trending', BEA)).not.toContain('digest');
    // A public answer isn't the place.
    await rig.ask('/paper submit 2607.10001');
    const told = await rig.read('/paper trending', GUEST);
    expect(told).toContain('Your own digest has stopped: Discord lets Paperround send no direct messages there (50007). Allow direct messages. Then go on with /roundup me resume.');
    expect(await rig.read('/paper trending', GUEST)).not.toContain('has stopped');
    expect(await rig.read('/roundup me list', GUEST)).toContain('none, it is paused');
    expect(await rig.read('/roundup me resume', GUEST)).toContain('Your digest goes on. Next one: Wed 29 Jul, 09:00 (UTC).');
    await havePapers(db(), [{ title: 'Slow attention', listedOn: '2026-07-29' }], new Date('2026-07-29T01:00:00Z'));
    await morning('2026-07-29T09:00:30Z');
    expect(rig.platform.posted).not.toEqual([]);
  });
});

describe('/paper forget-me', () => {
  test('offers to delete the digest, too, and keeps it unless it is asked to', async () => {
    await rig.ask('/roundup me attention chess', GUEST);
    const only = await rig.ask('/paper forget-me', GUEST);
    expect(wordsIn(only.doc)).toContain('but your own digest is.');
    await rig.ask('/paper save 2607.10001', GUEST);
    const both = await rig.ask('/paper forget-me', GUEST);
    expect(wordsIn(both.doc)).toContain('Your own digest stays, unless you have it deleted with the rest. Its topics say what you work on.');
    const kept = await press(both, 'Delete it all');
    expect(wordsIn(kept.doc)).toContain('Deleted: your 1 save.');
    expect(await mine()).toBeDefined();
    expect(wordsIn((await press(kept, 'Delete my digest')).doc)).toContain('Deleted: your own digest.');
    expect(await listChannels(db())).toEqual([]);
    const { topics } = await import('../../src/db/schema.ts');
    expect(await db().$count(topics, (await import('drizzle-orm')).like(topics.query, '%chess%'))).toBe(0);
    expect(await rig.read('/paper forget-me', GUEST)).toContain('There is nothing to forget');
  });

  test('forgets also what was said in direct messages that are a workspace of their own', async () => {
    const ana = { ...GUEST, person: aPerson('guest', { home: '@ana' }) };
    await rig.ask('/paper save 2607.10001', { ...ana, channel: { ...DIRECT, workspace: '@ana' } });
    expect(await rig.read('/paper forget-me yes', ana)).toContain('Deleted: your 1 save.');
  });
});
