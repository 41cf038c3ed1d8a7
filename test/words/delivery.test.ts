// What is posted without being asked for: roundups in each layout, what we read, a quiet day, and a word on a lost channel.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ChannelGone, NotAllowed } from '../../src/core/errors.ts';
import type { Payload, Platform } from '../../src/core/platform.ts';
import { saveRecords } from '../../src/db/papers.ts';
import { finishRun, startRun } from '../../src/db/source-runs.ts';
import { discord, slack } from '../../src/platforms/index.ts';
import { openTestDb, type TestDb } from '../support/db.ts';
import { aRecord, havePapers } from '../support/factories.ts';
import { ownProblems, problemsOfLines, problemsOfPictures } from './guide.ts';
import { PAPERS } from './papers.ts';
import { contractProblems, keep } from './record.ts';
import { openTheatre, type Stage, type Theatre } from './stage.ts';
import { heading, lineWritten, readOn } from './written.ts';

const NLP = '/roundup subscribe nlp at 9 daily UTC top 2';
const TUESDAY = '2026-07-28T09:00:30Z';
let opened: TestDb;
let theatre: Theatre;

beforeAll(async () => {
  opened = await openTestDb();
  theatre = await openTheatre(opened.db);
});
afterAll(() => opened.close());

interface Message {
  payload: Payload;
  where: string;
}

/** What is posted on each platform, in full where it isn't the same. */
async function posts(name: string, scenes: Record<string, { on?: Platform[]; play: (stage: Stage) => Promise<Message[] | void> }>): Promise<void> {
  const paragraphs: string[] = [];
  const problems: string[] = [];
  for (const [when, { on, play }] of Object.entries(scenes)) {
    const written = new Map<string, string[]>();
    for await (const stage of theatre.stages(on)) {
      // Each platform reads the same papers, whatever became of them in the last scene.
      await opened.db.execute(sql`truncate papers, source_runs cascade`);
      await havePapers(opened.db, PAPERS);
      const messages = (await play(stage)) ?? (await posted(stage));
      const words = messages.flatMap(({ payload, where }) => ['', `(${where})`, ...readOn(stage.platform, [payload]).map(lineWritten)]).join('\n');
      written.set(words, [...(written.get(words) ?? []), stage.platform.name]);
      const lines = messages.flatMap(({ payload }) => readOn(stage.platform, [payload]));
      problems.push(...messages.flatMap(({ payload }) => [...problemsOfLines(readOn(stage.platform, [payload])), ...problemsOfPictures(payload), ...contractProblems(stage.platform.name, payload)]), ...lines.flatMap((line) => ('text' in line ? ownProblems(line.text) : [])));
    }
    for (const [words, platforms] of written) paragraphs.push(`${heading(`${when}: ${platforms.join(', ')}`)}${words}`);
  }
  await keep(name, paragraphs);
  expect([...new Set(problems)]).toEqual([]);
}

/** All that has been posted by now. */
async function posted({ posted: messages }: Stage): Promise<Message[]> {
  return messages.map(({ payload, parent, post, silent }) => ({ payload, where: [parent ? 'in the thread' : post ? `a post, “${post.name}”` : 'in the channel', silent ? 'without a sound' : ''].filter(Boolean).join(', ') }));
}

const subscribed = (line: string, ...more: string[]) => async (stage: Stage): Promise<void> => {
  for (const one of [line, ...more]) await stage.say(one);
  await stage.tick(TUESDAY);
};
const inForum = (line: string) => async (stage: Stage): Promise<void> => {
  const forum = { platform: 'discord', workspace: stage.place.workspace, id: `F${stage.place.id}`, name: 'papers', forum: true };
  Object.assign(stage.place, { parent: forum.id, postOf: forum });
  await subscribed(`${line} in this forum`)(stage);
};
const again = (on: string, then: (stage: Stage) => Promise<unknown>, ...lines: string[]) => async (stage: Stage): Promise<Message[]> => {
  await subscribed(NLP, ...lines)(stage);
  await then(stage);
  const before = stage.posted.length;
  await stage.tick(on);
  return (await posted(stage)).slice(before);
};
const lost = (error: Error, ...lines: string[]) => async (stage: Stage): Promise<Message[]> => {
  stage.adapter.post = () => Promise.reject(error);
  await subscribed(NLP, ...lines)(stage);
  await stage.tick('2026-07-28T09:02:30Z');
  return stage.told.map((payload) => ({ payload, where: 'to Ana, in a direct message' }));
};

test('a roundup, in each layout', () =>
  posts('roundup-post', {
    compact: { play: subscribed(NLP) },
    full: { play: subscribed(`${NLP} full`) },
    'one message a paper': { play: subscribed(`${NLP} each`) },
    'a post in a forum': { play: inForum(NLP), on: [discord] },
    'a post for each paper in a forum': { play: inForum(`${NLP} each`), on: [discord] },
    'of everything, one paper': { play: subscribed('/roundup subscribe everything at 9 daily UTC top 1') },
    'of five topics': { play: subscribed('/roundup subscribe everything at 9 daily UTC top 1', ...['nlp', 'robotics', 'vision', 'rl', 'speech'].map((topic) => `/roundup subscribe ${topic}`)) },
    'a digest, as a direct message': { play: subscribed('/roundup me subscribe nlp at 9 daily UTC top 1'), on: [slack, discord] },
    'the first word of a digest': { play: firstWord, on: [slack, discord] },
    extra: { play: async (stage) => void [await stage.say(NLP), await stage.say('/roundup now'), await stage.tick('2026-07-27T09:01:30Z')] },
  }));

test('what a roundup says besides', () =>
  posts('roundup-post-notes', {
    'three hours late': { play: async (stage) => void [await stage.say(NLP), await stage.tick('2026-07-28T12:10:00Z')] },
    'a source that is down': { play: async (stage) => (await failing(stage), subscribed(NLP)(stage)) },
    'what the team likes, and papers like it': { play: subscribed('/roundup subscribe everything at 9 daily UTC top 4', '/paper save 2607.00008', '/paper vote up 2607.00001', '/paper not-for-us 2607.00011') },
    'what rises': { play: again('2026-07-30T09:00:30Z', rise('2026-07-29')) },
    'what rises, a week and more later': { play: again('2026-08-07T09:00:30Z', rise('2026-08-06')) },
    'votes of a later hour, in the same post': { play: editing, on: [slack, discord] },
    'a quiet day': { play: again('2026-07-29T09:00:30Z', async () => {}, '/roundup size 25', '/roundup quiet on') },
  }));

test('what we read', () =>
  posts('roundup-post-reading', {
    'in a week': { play: again('2026-08-03T09:00:30Z', read, '/roundup size 25', '/roundup reading weekly') },
    'in a month': { play: again('2026-08-01T09:00:30Z', read, '/roundup size 25', '/roundup reading monthly') },
  }));

test('a word to who subscribed a channel that was lost', () =>
  posts('lost-channel', {
    'the channel is gone': { play: lost(new ChannelGone('channel_not_found')), on: [slack, discord] },
    'the right to post is gone': { play: lost(new NotAllowed('not_in_channel', 'Type /invite @Paperround in the channel.')), on: [slack, discord] },
    'a dozen channels': { play: dozen, on: [slack, discord] },
  }));

async function failing({ db }: Stage): Promise<void> {
  const counts = { fetched: 0, inserted: 0, updated: 0, unchanged: 0, rejected: 0 };
  for (const [at, error] of [['2026-07-28T01:00:00Z', undefined], ['2026-07-28T02:10:00Z', 'arXiv answered 503.'], ['2026-07-28T08:10:00Z', 'arXiv answered 503.']] as const) {
    await finishRun(db, await startRun(db, 'arxiv', new Date(at)), { at: new Date(at), counts, ...(error ? { error } : {}) });
  }
}

const rise = (on: string) => async ({ db }: Stage): Promise<void> => {
  const fresh = aRecord({ arxivId: '2607.00031', title: 'Attention, at last', abstract: 'We pay it.', categories: ['cs.CL'], publishedOn: on, listedOn: on });
  await saveRecords(db, [aRecord({ ...PAPERS[1], upvotes: 212, stars: 400 }), fresh], new Date(`${on}T06:00:00Z`));
};

async function editing(stage: Stage): Promise<Message[]> {
  await subscribed(NLP)(stage);
  await saveRecords(stage.db, [aRecord({ ...PAPERS[0], upvotes: 240 })], new Date('2026-07-28T13:00:00Z'));
  await stage.tick('2026-07-28T13:30:00Z');
  return stage.edited.map(({ payload }) => ({ payload, where: 'in the place of what was posted' }));
}

async function read({ say, clock }: Stage): Promise<void> {
  clock.moveTo('2026-07-29T10:00:00Z');
  for (const line of ['/paper read 2607.00001', '/paper save 2607.00001', '/paper read 2607.00008']) await say(line);
}

async function firstWord(stage: Stage): Promise<Message[]> {
  await stage.say('/roundup me subscribe nlp');
  return stage.told.map((payload) => ({ payload, where: 'to Ana, in a direct message' }));
}

async function dozen(stage: Stage): Promise<Message[]> {
  const { id } = stage.place;
  for (let n = 1; n <= 12; n++) {
    Object.assign(stage.place, { id: `${id}-${n}`, name: `reading-${n}` });
    await stage.say(NLP);
  }
  return lost(new ChannelGone('is_archived'))(stage);
}
