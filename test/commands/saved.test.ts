// A person's shelf, and a channel's: what was saved, noted and read.
import { beforeEach, describe, expect, test } from 'vitest';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { aPerson, havePapers, PLACE, wordsIn } from '../support/factories.ts';

const db = useDb();
const BEA = { person: aPerson('member', { id: 'bea', name: 'Bea' }) };
const ELSEWHERE = { channel: { ...PLACE, id: 'C2', name: 'secret' } };
let rig: Rig;

beforeEach(async () => {
  await havePapers(db(), Array.from({ length: 7 }, (_, i) => ({ arxivId: `2607.2000${i + 1}`, title: `Paper ${i + 1}: 50% of \\_all {things} & <b>more</b>` })));
  rig = await openRig(db());
});

async function save(...numbers: number[]): Promise<void> {
  for (const n of numbers) {
    rig.clock.forward(1_000);
    await rig.ask(`/paper save 2607.2000${n}`);
  }
}

describe('/paper saved', () => {
  test('shows what I saved, the newest first, page by page', async () => {
    await save(1, 2, 3, 4, 5, 6, 7);
    const first = await rig.ask('/paper saved');
    expect(first.audience).toBe('asker');
    expect(wordsIn(first.doc)).toMatch(/^What you saved\n1\. Paper 7[^]*5\. Paper 3/);
    expect(wordsIn(first.doc)).toContain('saved 27 July 2026');
    const second = await rig.press(first, 'More papers');
    expect(wordsIn(second.doc)).toMatch(/6\. Paper 2[^]*7\. Paper 1/);
    expect(second.doc.actions).toEqual([]);
    expect(await rig.read('/paper saved 3')).toContain('There are no more papers that you saved.');
  });

  test('has each paper’s note and read mark, and buttons that change them', async () => {
    await save(1, 2);
    await rig.ask('/paper note 2607.20002 ask *Kim* about <eq. 3>');
    const list = await rig.ask('/paper saved');
    expect(wordsIn(list.doc)).toContain('Your note: ask *Kim* about <eq. 3>');
    expect(wordsIn(list.doc)).toContain('not read yet');
    expect(wordsIn((await rig.press(list, 'Read')).doc)).toContain('Marked as read: “Paper 2');
    const after = await rig.ask('/paper saved');
    expect(wordsIn(after.doc)).toMatch(/Paper 2[^\n]*\nsaved 27 July 2026\nread 27 July 2026/);
    await rig.press(after, 'Unread');
    await rig.press(after, 'Unsave');
    expect(await rig.read('/paper saved')).not.toContain('Paper 2');
    // Saved again, it has its note again.
    await save(2);
    expect(await rig.read('/paper saved')).toMatch(/Paper 2[^]*not read yet[^]*Your note: ask/);
  });

  test('says how to begin when there is nothing', async () => {
    expect(await rig.read('/paper saved')).toContain('Press Save under a paper');
    expect(await rig.read('/paper saved here')).toContain('Nobody has saved a paper in this channel yet.');
  });

  test('with more words than “here” and a page is a search', async () => {
    expect(await rig.read('/paper saved by the bell')).toContain('saved by the bell');
  });

  test('is mine alone; what others saved shows only in the channel where they did, without their names and notes', async () => {
    await save(1);
    await rig.ask('/paper save 2607.20001', BEA);
    await rig.ask('/paper save 2607.20002', { ...BEA, ...ELSEWHERE });
    await rig.ask('/paper note 2607.20001 private thoughts', BEA);
    await rig.ask('/paper read 2607.20001', BEA);
    expect(await rig.read('/paper saved')).not.toMatch(/Paper 2|private thoughts|saved by/);
    const here = await rig.read('/paper saved here');
    expect(here).toMatch(/Paper 1[^\n]*\nsaved by 2 people here\nread by 1 person/);
    expect(here).not.toMatch(/Paper 2|private thoughts|Bea|bea/);
    expect(await rig.read('/paper saved here', ELSEWHERE)).toMatch(/Paper 2/);
    // Bea's own list has what she saved anywhere, wherever she asks.
    expect(await rig.read('/paper saved', BEA)).toMatch(/Paper 2[^]*Paper 1[^]*private thoughts/);
  });

  test('what is said in a thread belongs to its channel', async () => {
    await rig.ask('/paper save 2607.20003', { channel: { ...PLACE, id: 'T9', parent: PLACE.id } });
    expect(await rig.read('/paper saved here')).toContain('Paper 3');
  });
});

describe('/paper note', () => {
  test('a second note takes the first one’s place, and no words delete it', async () => {
    await save(1);
    await rig.ask('/paper note 2607.20001 first');
    await rig.ask('/paper note https://arxiv.org/abs/2607.20001 second');
    expect(await rig.read('/paper saved')).toMatch(/Your note: second/);
    expect(await rig.read('/paper saved')).not.toContain('first');
    expect(await rig.read('/paper note 2607.20001')).toContain('You have no note on “Paper 1');
    expect(await rig.read('/paper saved')).not.toContain('Your note');
  });

  test('that is too long is refused with its length, and nothing changes', async () => {
    expect(await rig.read(`/paper note 2607.20001 ${'long '.repeat(300)}`)).toMatch(/at most 1,000 characters, and this one has 1,499/);
  });

  test('on a paper that there isn’t is refused', async () => {
    expect(await rig.read('/paper note id:999 words')).toContain('no longer here');
  });
});

describe('/paper export', () => {
  test('hands the asker a file of what they saved, with their notes and nobody else’s', async () => {
    await save(1, 2);
    await rig.ask('/paper note 2607.20001 mine');
    await rig.ask('/paper note 2607.20002 private thoughts', BEA);
    const { doc, audience } = await rig.ask('/paper export ris');
    expect(audience).toBe('asker');
    expect(doc.file!.name).toBe('saved-papers.ris');
    expect(doc.file!.text.match(/^TY {2}- /gm)).toHaveLength(2);
    expect(doc.file!.text).toContain('N1  - mine');
    expect(doc.file!.text).not.toContain('private thoughts');
    expect(wordsIn(doc)).toContain('Your notes are in it');
  });

  test('of a channel has what was saved there, and no notes', async () => {
    await save(1);
    await rig.ask('/paper note 2607.20001 mine');
    await rig.ask('/paper save 2607.20002', { ...BEA, ...ELSEWHERE });
    const { doc } = await rig.ask('/paper export here');
    expect(doc.file!.text).toContain('2607.20001');
    expect(doc.file!.text).not.toMatch(/2607\.20002|mine/);
  });

  test('in a format that there isn’t is a search', async () => {
    expect(wordsIn((await rig.ask('/paper export endnote')).doc)).toContain('export endnote');
  });
});

describe('/paper read-list', () => {
  test('has what was read and saved in this channel in the last week, what most people read first', async () => {
    await save(1, 2);
    await rig.ask('/paper read 2607.20003', { ...BEA, ...ELSEWHERE });
    for (const who of [{}, BEA]) await rig.ask('/paper read 2607.20001', who);
    rig.clock.forward(1_000);
    await rig.ask('/paper read 2607.20004');
    const list = await rig.ask('/paper read-list');
    expect(wordsIn(list.doc)).toMatch(/^What we read in the last week\n1\. Paper 1[^\n]*\nread by 2 people\nsaved by 1 person\n[^]*2\. Paper 4[^]*3\. Paper 2[^\n]*\nsaved by 1 person/);
    expect(wordsIn(list.doc)).not.toMatch(/Paper 3|Bea/);
  });

  test('forgets after its week, when the month still has it', async () => {
    await save(1);
    rig.clock.forward(8 * 86_400_000);
    const week = await rig.ask('/paper read-list week');
    expect(wordsIn(week.doc)).toContain('Nobody has read or saved a paper in this channel in the last week.');
    expect(wordsIn((await rig.press(week, 'The last month')).doc)).toContain('Paper 1');
  });
});

describe('/paper forget-me', () => {
  test('asks first, then deletes all that I said in this workspace, and nothing of anyone else’s', async () => {
    await save(1, 2);
    await rig.ask('/paper vote up 2607.20001');
    await rig.ask('/paper note 2607.20001 mine');
    await rig.ask('/paper read 2607.20001');
    await rig.ask('/paper not-for-us 2607.20003');
    await rig.ask('/paper save 2607.20001', BEA);
    await rig.ask('/paper note 2607.20001 hers', BEA);
    await rig.ask('/paper save 2607.20001', { channel: { ...PLACE, workspace: 'W2' } });

    const asked = await rig.ask('/paper forget-me');
    expect(asked.audience).toBe('asker');
    expect(wordsIn(asked.doc)).toContain('your 2 saves, 1 vote, 1 note, 1 read mark and 1 “not for us” in this workspace');
    expect(await rig.read('/paper saved')).toContain('Paper 1');

    expect(wordsIn((await rig.press(asked, 'Delete it all')).doc)).toContain('Deleted: your 2 saves, 1 vote, 1 note, 1 read mark and 1 “not for us”.');
    expect(await rig.read('/paper saved')).toContain('You have saved no paper yet');
    expect(await rig.read('/roundup taste')).not.toContain('wasn’t for you');
    expect(await rig.read('/paper saved', BEA)).toMatch(/Paper 1[^]*hers/);
    expect(await rig.read('/paper saved', { channel: { ...PLACE, workspace: 'W2' } })).toContain('Paper 1');
    expect(await rig.read('/paper forget-me')).toContain('There is nothing to forget');
  });

  test('with other words is a search', async () => {
    expect(await rig.read('/paper forget-me not flowers')).toContain('forget-me not flowers');
  });
});
