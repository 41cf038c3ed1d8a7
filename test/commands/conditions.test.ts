// `/paper` with conditions of the topic language looks through the whole table.
import { beforeEach, expect, test } from 'vitest';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;

beforeEach(async () => {
  const old = { listedOn: '2020-01-02', publishedOn: '2020-01-02' };
  await havePapers(db(), [
    { title: 'Notes on the engine', authors: ['Augusta Ada King'], categories: ['cs.PL'], ...old },
    { title: 'Notes on a loom', abstract: 'An engine is not a loom.', authors: ['Grace Hopper'], ...old },
    { title: 'A lecture', authors: ['Zoë King'], categories: ['cs.PL', 'cs.LG'], publishedOn: '2026-07-20', upvotes: 3 },
    { title: 'A withdrawn lecture', authors: ['Zoë King'], withdrawn: true, ...old },
  ]);
  rig = await openRig(db());
});

test.each([
  ['author:King', ['A lecture', 'Notes on the engine']],
  ['author:zoe', ['A lecture']],
  ['cat:cs -cat:cs.LG', ['Notes on the engine']],
  ['title:engine', ['Notes on the engine']],
  ['engine -title:engine', ['Notes on a loom']],
])('/paper %s', async (query, titles) => {
  const words = await rig.read(`/paper ${query}`);
  expect([...words.matchAll(/^\d+\. (.+)$/gm)].map(([, title]) => title)).toEqual(titles);
});

test('pages through all of them, each once', async () => {
  await havePapers(db(), Array.from({ length: 9 }, (_, i) => ({ title: `Chess ${i}`, authors: ['Emanuel Lasker'], listedOn: '2019-01-01', publishedOn: `2019-01-0${i + 1}` })));
  const first = await rig.ask('/paper author:Lasker');
  const second = await rig.press(first, 'More papers');
  const titles = [first, second].flatMap(({ doc }) => wordsIn(doc).match(/Chess \d$/gm) ?? []);
  expect(titles).toEqual(Array.from({ length: 9 }, (_, i) => `Chess ${8 - i}`));
  expect(second.doc.actions!.map(({ label }) => label)).not.toContain('More papers');
});
