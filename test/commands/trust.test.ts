// What someone asks who must trust the bot: is all well, what came when, why was that paper not there.
import { beforeEach, describe, expect, test } from 'vitest';
import { OutcomeUnknown } from '../../src/core/errors.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, wordsIn } from '../support/factories.ts';

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

describe('/roundup history', () => {
  test('tells what was posted and what wasn’t, newest first', async () => {
    expect(await rig.read('/roundup history')).toContain('There has been no roundup here yet.');
    await post();
    await rig.ask('/roundup unsubscribe "attention" -survey');
    await rig.ask('/roundup subscribe chess');
    rig.clock.moveTo('2026-07-29T09:00:30Z');
    await rig.app.tick();
    expect(await rig.read('/roundup history')).toMatch(/29 July 2026\nskipped\na quiet day.*28 July 2026\nposted\n1 paper/s);
  });
});

describe('/roundup status', () => {
  test('says that all is well, and when the next one comes', async () => {
    await post();
    const answer = await rig.ask('/roundup status', { standing: 'guest' });
    expect(answer.doc.summary).toBe('All is well here.');
    expect(wordsIn(answer.doc)).toContain('Next roundup\nWed 29 Jul, 09:00 (UTC)');
    expect(wordsIn(answer.doc)).toContain('Last roundup\nTue 28 Jul, 09:00 (UTC)');
  });

  test('says what is missing, with the fix', async () => {
    rig.platform.adapter.preflight = async () => ({ ok: false, code: 'x', problem: 'Paperround may not post here.', fix: 'Invite it.' });
    const answer = await rig.ask('/roundup status');
    expect(answer.doc.summary).toBe('Something here needs a person to look at it.');
    expect(wordsIn(answer.doc)).toContain('Permissions\nPaperround may not post here.\nInvite it.');
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
});
