// "Post to channel": what somebody looked up, for everybody.
import { beforeEach, expect, test } from 'vitest';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { aPerson, havePapers, PLACE, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;
const BEA = { person: aPerson('guest', { id: 'bea', name: '@everyone' }) };

beforeEach(async () => {
  await havePapers(db(), Array.from({ length: 7 }, (_, i) => ({ arxivId: `2607.2000${i + 1}`, title: `Sparse attention ${i + 1}`, publishedOn: `2026-07-1${i}` })));
  rig = await openRig(db());
});

test('the page that somebody looks at is posted as it is, with who did it, and whoever reads it can go on', async () => {
  const page = await rig.press(await rig.ask('/paper attention newest'), 'More papers');
  const posted = await rig.press(page, 'Post to channel');
  expect(posted.audience).toBe('channel');
  expect(posted.doc.title).toBe('Papers on “attention”, newest first');
  expect(wordsIn(posted.doc)).toBe(`${wordsIn(page.doc)}\nPosted by Ana.`);
  expect(posted.doc.summary).toBe('Papers 6 to 7 for “attention”, newest first, beginning with “Sparse attention 2”, posted by Ana.');
  expect(posted.doc.actions!.map(({ label }) => label)).toEqual(['Back']);
  expect((await rig.press(posted, 'Back')).audience).toBe('asker');
});

test('a paper’s card is posted without what is the asker’s own', async () => {
  await rig.ask('/paper note 2607.20001 private thoughts');
  await rig.ask('/paper read 2607.20001');
  await rig.ask('/paper save 2607.20001');
  const posted = await rig.press(await rig.ask('/paper 2607.20001'), 'Post to channel');
  expect(wordsIn(posted.doc)).toMatch(/Sparse attention 1[^]*saved by 1 person in this channel[^]*Posted by Ana\./);
  expect(wordsIn(posted.doc)).not.toMatch(/private thoughts|read/);
  expect(posted.doc.actions!.map(({ label }) => label)).toEqual(['Save', 'Upvote', 'More like this', 'Not for us']);
});

test('two people who press at once, or one twice, post it once; another page, channel or time is another', async () => {
  const page = await rig.ask('/paper attention');
  const { text } = page.doc.actions!.find(({ label }) => label === 'Post to channel')!.call;
  const both = await Promise.all([rig.ask(`/paper ${text}`), rig.ask(`/paper ${text}`, BEA)]);
  expect(both.map(({ audience }) => audience).sort()).toEqual(['asker', 'channel']);
  expect(wordsIn(both.find(({ refused }) => refused)!.doc)).toContain('This was posted here a moment ago, so it is not posted again.');
  expect((await rig.ask(`/paper ${text}`)).refused).toBe(true);
  expect((await rig.ask(`/paper ${text}`, { channel: { ...PLACE, id: 'C2' } })).audience).toBe('channel');
  expect((await rig.press(await rig.press(page, 'More papers'), 'Post to channel')).audience).toBe('channel');
  // By its link, by its id and by its button it is one paper.
  expect((await rig.ask('/paper post https://arxiv.org/abs/2607.20001')).audience).toBe('channel');
  expect((await rig.press(await rig.ask('/paper 2607.20001'), 'Post to channel')).refused).toBe(true);
  rig.clock.forward(3 * 60_000);
  expect((await rig.ask(`/paper ${text}`)).audience).toBe('channel');
});

test('guests may post, and who may only read may not', async () => {
  expect((await rig.ask('/paper post 2607.20001', BEA)).audience).toBe('channel');
  const silent = { person: aPerson('member', { profile: async () => ({ standing: 'member' as const, readOnly: true as const }) }) };
  const refused = await rig.app.handle({ command: 'paper', text: 'post 2607.20002', channel: PLACE, ...silent });
  expect(refused).toMatchObject({ refused: true, audience: 'asker', doc: { summary: 'You may not write in this channel, so nothing was posted. Post it where you may write.' } });
});

test('words that are no paper are a search for the asker alone, and what finds nothing is not posted', async () => {
  const search = await rig.ask('/paper post training attention');
  expect([search.audience, search.doc.title]).toEqual(['asker', 'Papers on “post training attention”']);
  expect((await rig.ask('/paper post search: attention has:code')).doc.summary).toBe('Nothing here matches “attention” with code, so nothing was posted.');
  expect((await rig.ask('/paper post search: attention')).audience).toBe('channel');
});

test('in direct messages there is no channel to post to: no button offers it, and an older one says so', async () => {
  const direct = { channel: { platform: 'paper', workspace: 'W1', id: 'D-ana', person: 'ana' } };
  for (const line of ['/paper 2607.20001', '/paper attention']) {
    expect((await rig.ask(line, direct)).doc.actions!.map(({ label }) => label)).not.toContain('Post to channel');
  }
  for (const line of ['/paper post 2607.20001', '/paper post search:attention']) {
    const refused = await rig.ask(line, direct);
    expect(refused).toMatchObject({ refused: true, doc: { summary: 'Here are only you and Paperround, so nothing was posted. Say it in the channel that should see it.' } });
  }
  // What is one's own in a channel can be shown there.
  const card = await rig.ask('/roundup me paper 2607.20001');
  expect((await rig.press(card, 'Post to channel')).audience).toBe('channel');
});
