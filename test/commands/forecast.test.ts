// What a topic would bring, before anybody subscribes to it.
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/core/schedule.ts';
import type { PaperRecord } from '../../src/core/source.ts';
import { openRig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, wordsIn } from '../support/factories.ts';

const db = useDb();
const TODAY = '2026-07-27';
const daysAgo = (days: number) => addDays(TODAY, -days);
const times = (n: number, make: (i: number) => Partial<PaperRecord>) => Array.from({ length: n }, (_, i) => make(i));

describe('the forecast of a topic', () => {
  test('counts the papers of each of the last 30 days, and those that the channel’s other topics have too', async () => {
    const old = times(4, (i) => ({ title: `Attention, long ago ${i}`, listedOn: daysAgo(31 + i) }));
    const daily = times(24, (i) => ({ title: `Attention ${i % 4 ? 'alone' : 'for robots'}`, listedOn: daysAgo(i), upvotes: i }));
    const oneDay = times(12, () => ({ title: 'Attention again', listedOn: daysAgo(20) }));
    await havePapers(db(), [...old, ...daily, ...oneDay, { title: 'Withdrawn attention', listedOn: daysAgo(20), withdrawn: true }]);
    const rig = await openRig(db());
    await rig.ask('/roundup subscribe robots');
    const words = await rig.read('/roundup preview attention');
    expect(words).toContain('In the last 30 days “attention” would have brought about 2 papers a day, at most 13.');
    expect(words).toContain('A roundup has the 10 of them that trend most.');
    expect(words).toContain('17 % also match this channel’s other topics.');
    expect(words).not.toContain('Without');
    expect(rig.platform.posted).toEqual([]);
  });

  test('says of which days it speaks where the table knows fewer, and shows three papers', async () => {
    await havePapers(db(), [0, 9, 10, 11].map((days) => ({ title: `Chess in ${days} moves`, listedOn: daysAgo(days), publishedOn: daysAgo(days), upvotes: days })));
    const rig = await openRig(db());
    const words = await rig.read('/roundup preview chess');
    expect(words).toContain('In the 4 days of the last 30 that Paperround knows “chess” would have brought about 1 paper a day, at most 1.');
    expect(words).toMatch(/1\. Chess in 0 moves[^]*Earlier papers that it would have brought:\nChess in 11 moves\n16 July 2026[^]*Chess in 10 moves/);
    expect(words).not.toContain('Chess in 9 moves');
    expect(await rig.read('/roundup preview go')).toContain('In the 4 days of the last 30 that Paperround knows no paper matched “go”.');
  });

  test('says that it knows nothing where no paper of these days is here', async () => {
    await havePapers(db(), [{ title: 'Chess', listedOn: daysAgo(60) }]);
    const rig = await openRig(db());
    expect(await rig.read('/roundup preview chess')).toContain('How many papers “chess” would bring a day isn’t known yet');
  });

  test('of a broad topic names a word to leave out, and previews it without at a press', async () => {
    const of = (title: string, abstract: string, n: number) => times(n, (i) => ({ title: `${title} ${i}`, abstract: `${abstract}, part ${i}.`, listedOn: TODAY }));
    await havePapers(db(), [...of('Crystals of videos', 'Frames are made', 12), ...of('Crystals', 'Pictures are made', 18), ...of('Robots', 'Arms move', 60)]);
    const rig = await openRig(db());
    const answer = await rig.ask('/roundup preview crystals');
    expect(wordsIn(answer.doc)).toContain('about 30 papers a day, at most 30. A roundup has the 10 of them that trend most. Without “videos”: about 18 a day.');
    const narrower = wordsIn((await rig.press(answer, 'Without “videos”')).doc);
    expect(narrower).toContain('“crystals -videos” would have brought about 18 papers a day');
    expect(narrower).not.toContain('Crystals of videos');
  });

  test('is one line of what the channel reads when the topic is added', async () => {
    await havePapers(db(), [{ title: 'Sparse attention' }]);
    const rig = await openRig(db());
    expect(await rig.read('/roundup subscribe attention')).toContain('“attention” would have brought about 1 paper a day, at most 1.');
    expect(await rig.read('/roundup subscribe chess')).toContain('In the one day of the last 30 that Paperround knows no paper matched “chess”.');
  });
});

test('the button of a preview subscribes to the whole topic, however long it is', async () => {
  await havePapers(db(), [{ title: 'Sparse attention' }]);
  const rig = await openRig(db());
  const long = 'attention or "a phrase that is so long that no button of any platform could ever hold all of it"';
  const answer = await rig.ask(`/roundup preview ${long}`);
  await rig.press(answer, 'Subscribe');
  expect(await rig.read('/roundup list')).toContain(long);
  const again = await rig.ask(`/roundup preview ${long}`);
  expect(again.doc.actions?.map(({ label }) => label)).not.toContain('Subscribe');
  expect(await rig.read('/roundup subscribe =0123456789abcdef')).toContain('too old');
});
