// Nothing that people said or did in chat shows on any page or in any feed.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from 'drizzle-orm';
import type { Call, ChannelRef } from '../../src/core/chat.ts';
import { rowsOf } from '../../src/db/connect.ts';
import { notePaper, readPaper } from '../../src/db/marks.ts';
import { findPaper } from '../../src/db/papers.ts';
import { dismissPaper, savePaper, votePaper } from '../../src/db/saves.ts';
import { outbox, submissions } from '../../src/db/schema.ts';
import { followTopic } from '../../src/db/topics.ts';
import { writeRoundups } from '../../src/db/roundups.ts';
import { openRig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { haveLibrary, openReader, paperDoor, type Reader } from '../support/edition.ts';
import { aChannel, havePapers, MONDAY } from '../support/factories.ts';

const db = useDb();
const SECRET: ChannelRef = { platform: 'paper', workspace: 'Wsecret', id: 'Csecret', name: 'hush-channel' };
const ATOM = readFileSync(new URL('../fixtures/arxiv/200.id_2104.12255v1_s0_m100.xml', import.meta.url), 'utf8');
const SUBMITTED = '2104.12255';

let reader: Reader;

/** Every address of the web edition that shows papers, of each kind some. */
const PATHS = [
  '/', '/?page=2', '/papers/date/2026-07-27', '/papers/date/2026-07-24', '/papers/date/2021-04-25', '/papers/week', '/papers/week/2026-W31', '/papers/month', '/papers/month/2021-04',
  '/papers/2607.10001', '/papers/2607.10002', `/papers/${SUBMITTED}`, '/papers/id:7', '/topics', '/topics/attention', '/topics/robotics',
  ...['attention', 'hush', 'Wsecret', 'hush-person', 'secret query', SUBMITTED, 'cat:cs.RO', 'has:code', 'cat:eess.SY', 'attention sort:newest', 'drone sort:votes', 'drone', 'author:"Aghaee"'].map((q) => `/search?${new URLSearchParams({ q }).toString()}`),
  ...['atom', 'rss', 'json'].flatMap((format) => [`/feed.${format}`, `/topics/attention/feed.${format}`, `/search/feed.${format}?q=attention`, `/search/feed.${format}?q=drone`, `/search/feed.${format}?q=hush`]),
  '/subscribe', '/robots.txt', '/nowhere', '/search',
]; // prettier-ignore

async function everything(): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for (const path of PATHS) {
    const response = await reader.get(path);
    pages.set(path, `${response.status} ${await response.text()}`);
  }
  return pages;
}

beforeEach(async () => {
  await haveLibrary(db());
  reader = await openReader(db(), { email: paperDoor() });
});
afterEach(async () => {
  expect(reader.errors).toEqual([]);
  await reader.stop();
});

/** All that a workspace can leave behind. Somebody looks a paper up that is on arXiv alone, and hands it in. */
async function plantEverything(): Promise<void> {
  const person: Call['person'] = { id: 'hush-person', name: 'Hush Person', profile: async () => ({ standing: 'admin' }) };
  const me = { channel: SECRET, person };
  const rig = await openRig(db(), () => Promise.resolve(new Response(ATOM)));
  await rig.ask(`/paper submit ${SUBMITTED}`, { channel: SECRET, person });
  expect(await db().$count(submissions)).toBe(1);
  await rig.app.stop();
  const channel = await aChannel(db(), { ref: SECRET, createdBy: 'paper:Wsecret:hush-person' });
  await followTopic(db(), channel, 'secret query', 'hush-person', MONDAY);
  for (const arxivId of ['2607.10001', '2607.10002', '2606.10005', SUBMITTED]) {
    const { id } = (await findPaper(db(), arxivId))!;
    await savePaper(db(), me, id, MONDAY);
    await votePaper(db(), me, id, 1, MONDAY);
    await dismissPaper(db(), me, id, MONDAY);
    await notePaper(db(), me, id, 'hush-note', MONDAY);
    await readPaper(db(), me, id, MONDAY);
  }
  const { id } = (await findPaper(db(), '2607.10001'))!;
  await writeRoundups(db(), [{ channelId: channel.id, kind: 'daily', dueAt: MONDAY, title: 'hush-title', why: 'hush-why', tryAt: MONDAY, on: '2026-07-27', status: 'queued', messages: [{ payload: { text: 'hush-payload' }, reply: false }], papers: [{ id, why: 'hush-reason', counts: { upvotes: 3, stars: null } }] }], MONDAY);
  await db().update(outbox).set({ receipt: { id: 'hush-receipt', channel: 'Csecret', url: 'https://hush.example' } });
}

test('all pages and feeds are to the letter as if nobody had said, saved, voted for, noted, read or handed in anything', async () => {
  const before = await everything();
  await plantEverything();
  const after = await everything();
  for (const [path, page] of after) {
    // What was typed stands in the search box, and on its page alone.
    expect([path, page]).toEqual([path, before.get(path)]);
  }
});

test('a paper that somebody asked for on the day it came out makes no newest day, week or feed of it', async () => {
  const before = await everything();
  // Hugging Face tells of the day with what is looked up there; its list of that day hasn’t been read yet.
  await havePapers(db(), [{ source: 'huggingface', arxivId: '2608.00001', title: 'Quiet tides', abstract: 'Of the sea.', listedOn: '2026-08-04', asked: true }]);
  expect(await everything()).toEqual(before);
});

test('a paper that is here because somebody asked for it is nowhere, until its source tells of it', async () => {
  const rig = await openRig(db(), () => Promise.resolve(new Response(ATOM)));
  await rig.ask(`/paper ${SUBMITTED}`, { channel: SECRET });
  await rig.app.stop();
  const [row] = await rowsOf<{ title: string }>(db(), sql`select title from papers where arxiv_id = ${SUBMITTED}`);
  expect(row!.title).toBeTruthy();
  const words = row!.title.split(' ').slice(0, 4).join(' ');
  const nowhere = async () => (await reader.read(`/search?q=${encodeURIComponent(words)}`)).includes(`/papers/${SUBMITTED}`) || (await reader.get(`/papers/${SUBMITTED}`)).status === 200;
  expect(await nowhere()).toBe(false);
  await havePapers(db(), [{ source: 'huggingface', arxivId: SUBMITTED, title: row!.title, listedOn: '2026-07-27' }]);
  expect(await nowhere()).toBe(true);
  expect(await reader.read('/')).toContain(`/papers/${SUBMITTED}`);
});

test('what the pages ask the database names no table of people, channels or roundups', () => {
  const PRIVATE = 'submissions|saves|votes|dismissals|notes|reads|channels|channel_topics|channelTopics|roundups|roundup_papers|roundupPapers|outbox|installations|facts';
  for (const file of ['asked-papers', 'public-lists', 'public-papers', 'papers', 'topic-papers', 'topic-index', 'topic-sql']) {
    const text = readFileSync(new URL(`../../src/db/${file}.ts`, import.meta.url), 'utf8');
    const named = new RegExp(`(?:from|join|into|update)\\s+(?:${PRIVATE})\\b|import \\{[^}]*\\b(?:${PRIVATE})\\b[^}]*\\} from './schema`).exec(text)?.[0];
    expect([file, named]).toEqual([file, undefined]);
  }
});
