// What someone asks who must trust the bot: is all well, what came when, why was that paper not there.
import { beforeEach, describe, expect, test } from 'vitest';
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../src/core/errors.ts';
import { findChannel } from '../../src/db/channels.ts';
import { loseChannel } from '../../src/db/lost-channels.ts';
import { writeWaiting } from '../../src/db/roundups.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, PLACE, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;

beforeEach(async () => {
  await havePapers(db(), [
    { arxivId: '2607.10001', title: 'Sparse attention', upvotes: 90 },
    { arxivId: '2607.10002', title: 'A survey of attention', upvotes: 50 },
    { arxivId: '2607.10003', title: 'Robots that fold laundry', upvotes: 300 },
    { arxivId: '2607.10004', title: 'Linear attention', upvotes: 2 },
    { arxivId: '2607.10005', title: 'Attention of old', listedOn: '2026-07-01' },
  ]);
  rig = await openRig(db());
  await rig.ask('/roundup subscribe "attention" -survey');
  await rig.ask('/roundup size 1');
});

const post = async () => {
  rig.clock.moveTo('2026-07-28T09:00:30Z');
  await rig.app.tick();
};

/** Each post fails so, from now on. */
const failWith = (error: Error) => void (rig.platform.adapter.post = () => Promise.reject(error));

/** The channel's slot of 28 July is due, and its sources haven't settled. */
async function wait(): Promise<void> {
  rig.clock.moveTo('2026-07-28T09:10:00Z');
  await writeWaiting(db(), ['paper'], { since: new Date('2026-07-28T08:40:00Z'), now: rig.clock.now() }, 'waiting for arXiv');
}

describe('/roundup why', () => {
  test.each([
    ['2607.10001', 'Posted here on 28 July 2026: 90 upvotes · matches "attention" -survey'],
    ['2607.10002', 'Not of topic "attention" -survey: has “survey”.'],
    ['2607.10003', 'Not of topic "attention" -survey: no “attention”.'],
    ['2607.10004', 'Not posted yet: it would be number 1 of the next roundup, which has at most 1.'],
    ['2607.10005', 'Not posted: it was last listed on 2 July 2026, before this channel subscribed'],
  ])('tells of %s: %s', async (id, expected) => {
    await post();
    expect(await rig.read(`/roundup why ${id}`)).toContain(expected);
  });
});

describe('/roundup why tells of a paper', () => {
  const why = () => rig.read('/roundup why 2607.10001');

  test('whose roundup is on its way, in doubt, or failed, what became of that', async () => {
    failWith(new TryLater(60_000, 'ratelimited'));
    await post();
    expect(await why()).toContain('It is in the roundup of 28 July 2026, which is on its way: 90 upvotes');
    failWith(new OutcomeUnknown('timeout'));
    for (const ms of [60_000, 60_000]) {
      rig.clock.forward(ms);
      await rig.app.send();
    }
    expect(await why()).toContain('It is in the roundup of 28 July 2026, and nobody knows whether that got through');
  });

  test('whose roundup failed, that it comes with the next one', async () => {
    failWith(new PayloadRefused('invalid_blocks'));
    await post();
    expect(await why()).toMatch(/it would be number 1 of the next roundup, which has at most 1\.\nMatches "attention" -survey\.\nIt was in the roundup of 28 July 2026, which failed: invalid_blocks\./);
  });

  test('of some of the topics, by which word it was dropped from the others, and that the channel is paused', async () => {
    await rig.ask('/roundup subscribe chess');
    await rig.ask('/roundup pause');
    const words = await why();
    expect(words).toContain('The roundup is paused by Ana.');
    expect(words).toContain('Matches "attention" -survey.\nNot of topic chess: no “chess”.');
    expect(words).toContain('First seen Mon 27 Jul, 09:00 (UTC)');
  });

  test('that was posted, when that was', async () => {
    await post();
    expect(await why()).toContain('Sent Tue 28 Jul, 09:00 (UTC).');
  });
});

describe('/roundup history', () => {
  test('tells what was posted and what wasn’t, newest first', async () => {
    expect(await rig.read('/roundup history')).toContain('There has been no roundup here yet.');
    await post();
    await rig.ask('/roundup unsubscribe "attention" -survey');
    await rig.ask('/roundup subscribe chess');
    rig.clock.moveTo('2026-07-29T09:00:30Z');
    await rig.app.tick();
    expect(await rig.read('/roundup history')).toMatch(/29 July 2026\nskipped: a quiet day.*28 July 2026\nposted\n1 paper/s);
  });
});

describe('/roundup history and status say in words', () => {
  const expectBoth = async (words: string) => {
    expect(await rig.read('/roundup history')).toContain(`28 July 2026\n${words}`);
    expect(await rig.read('/roundup status')).toContain(`Latest roundup\n28 July 2026\n${words}`);
  };

  test('for which source a roundup waits', async () => {
    await wait();
    await expectBoth('waiting for arXiv');
    expect(await rig.read('/roundup status')).toContain('Next roundup\ndue since Tue 28 Jul, 09:00 (UTC), waiting for arXiv');
  });

  test('that it is queued, or how much of it was sent', async () => {
    failWith(new TryLater(60_000, 'ratelimited'));
    await post();
    await expectBoth('waiting to be sent');
  });

  test('that it is being sent', async () => {
    const works = rig.platform.adapter.post.bind(rig.platform.adapter);
    let during = '';
    rig.platform.adapter.post = async (message) => {
      if (message.parent) during = await rig.read('/roundup history');
      return works(message);
    };
    await post();
    expect(during).toContain('28 July 2026\nbeing sent, 1 of 2 messages sent');
    await expectBoth('posted');
  });

  test('that a part of it failed, and why', async () => {
    const works = rig.platform.adapter.post.bind(rig.platform.adapter);
    rig.platform.adapter.post = (message) => (message.parent ? Promise.reject(new PayloadRefused('thread_not_found')) : works(message));
    await post();
    await expectBoth('posted, but 1 of 2 messages failed: thread_not_found');
  });

  test('that it failed, and why', async () => {
    failWith(new PayloadRefused('invalid_blocks'));
    await post();
    await expectBoth('failed: invalid_blocks');
    expect((await rig.ask('/roundup status')).doc.summary).toBe('Something here needs a person to look at it.');
  });

  test('that it is in doubt', async () => {
    failWith(new OutcomeUnknown('timeout'));
    await post();
    rig.clock.forward(60_000);
    await rig.app.send();
    await expectBoth('in doubt, 0 of 2 messages sent for certain');
  });
});

describe('/roundup status', () => {
  test('says that all is well, and when the next one comes', async () => {
    await post();
    const answer = await rig.ask('/roundup status', { standing: 'guest' });
    expect(answer.doc.summary).toBe('All is well here.');
    expect(wordsIn(answer.doc)).toContain('Next roundup\nWed 29 Jul, 09:00 (UTC)');
    expect(wordsIn(answer.doc)).toContain('Latest roundup\n28 July 2026\nposted');
    expect(wordsIn(answer.doc)).toContain('Last delivery\nTue 28 Jul, 09:00 (UTC)\nTrending papers, 28 July 2026');
  });

  test('says what is missing, with the fix', async () => {
    rig.platform.adapter.preflight = async () => ({ ok: false, code: 'x', problem: 'Paperround may not post here.', fix: 'Invite it.' });
    const answer = await rig.ask('/roundup status');
    expect(answer.doc.summary).toBe('Something here needs a person to look at it.');
    expect(wordsIn(answer.doc)).toContain('Permissions\nPaperround may not post here.\nInvite it.');
  });

  test('shows a message in doubt, which counts as sent when somebody says that it is there', async () => {
    rig.platform.adapter.post = () => Promise.reject(new OutcomeUnknown('timeout'));
    await post();
    rig.clock.forward(60_000);
    await rig.app.send();
    const answer = await rig.ask('/roundup status');
    expect(wordsIn((await rig.press(answer, 'It is there')).doc)).toContain('It counts as sent');
    expect((await rig.ask('/roundup status')).doc.summary).toBe('All is well here.');
    expect(wordsIn((await rig.press(answer, 'Send again')).doc)).toContain('That message is not in doubt');
    await rig.app.send();
    expect(rig.platform.posted).toEqual([]);
  });

  test('shows a message in doubt, which is sent again at a press, once', async () => {
    const works = { ...rig.platform.adapter };
    rig.platform.adapter.post = () => Promise.reject(new OutcomeUnknown('timeout'));
    await post();
    rig.clock.forward(60_000);
    await rig.app.send();
    const answer = await rig.ask('/roundup status');
    expect(wordsIn(answer.doc)).toContain('In doubt: the roundup of 28 July 2026');
    Object.assign(rig.platform.adapter, works);
    expect(wordsIn((await rig.press(answer, 'Send again')).doc)).toContain('It is sent again.');
    expect(wordsIn((await rig.press(answer, 'Send again')).doc)).toContain('That message is not in doubt');
    await rig.app.send();
    expect(rig.platform.posted.map(({ parent }) => Boolean(parent))).toEqual([false, true]);
    expect((await rig.ask('/roundup status')).doc.summary).toBe('All is well here.');
  });

  test('says how a channel was lost and goes on at a press, once the permissions are right', async () => {
    failWith(new NotAllowed('not_in_channel', 'Invite it.'));
    await post();
    const answer = await rig.ask('/roundup status');
    expect(wordsIn(answer.doc)).toContain('Paused: Paperround lost this channel\nPaperround is not in the channel (not_in_channel)\nInvite it.\nSchedule and topics are kept.');
    expect(wordsIn(answer.doc)).toContain('Next roundup\nnone while it is paused');
    rig.platform.adapter.preflight = async () => ({ ok: false, code: 'x', problem: 'Paperround is not here.', fix: 'Invite it.' });
    expect(wordsIn((await rig.press(answer, 'Check and resume')).doc)).toContain('Paperround is not here. Invite it. Then resume again.');
    expect((await findChannel(db(), PLACE))!.pausedCode).toBe('not_in_channel');
    rig.platform.adapter.preflight = async () => ({ ok: true });
    expect(wordsIn((await rig.press(answer, 'Check and resume')).doc)).toContain('The roundup goes on here');
    expect((await findChannel(db(), PLACE))!.pausedWhy).toBeNull();
  });

  test('has words for a code that nobody has words for', async () => {
    failWith(new ChannelGone('is_archived'));
    await post();
    expect(await rig.read('/roundup status')).toContain('lost this channel\nthe channel was archived (is_archived)\nSchedule');
    await rig.ask('/roundup resume');
    await loseChannel(db(), (await findChannel(db(), PLACE))!, 'brand_new_code');
    expect(await rig.read('/roundup status')).toContain('lost this channel\nbrand_new_code\nSchedule');
  });

  test('says who paused it, and offers to resume', async () => {
    await rig.ask('/roundup pause');
    const answer = await rig.ask('/roundup status');
    expect(wordsIn(answer.doc)).toContain('Paused\nby Ana\n');
    expect(wordsIn((await rig.press(answer, 'Resume')).doc)).toContain('The roundup goes on here');
  });

  test('is told even when the platform can’t be asked for the permissions', async () => {
    rig.platform.adapter.preflight = () => Promise.reject(new Error('fetch failed'));
    const words = await rig.read('/roundup status');
    expect(words).toContain('Permissions\nThey could not be checked: fetch failed.');
    expect(words).toContain('Next roundup\nTue 28 Jul, 09:00 (UTC)');
  });
});
