// Nothing of one workspace is ever visible to another. Ids are the platform's, so equal ones in two workspaces, or on
// two platforms, are two channels and two people.
import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Call, ChannelRef } from '../../src/core/chat.ts';
import { listLikes, listShown } from '../../src/db/candidates.ts';
import { listChannelHealth } from '../../src/db/channel-health.ts';
import * as channels from '../../src/db/channels.ts';
import { rowsOf as rowsFrom } from '../../src/db/connect.ts';
import * as forgetting from '../../src/db/forget.ts';
import * as lost from '../../src/db/lost-channels.ts';
import * as marks from '../../src/db/marks.ts';
import * as outboxes from '../../src/db/outbox.ts';
import { ownerOf } from '../../src/core/keys.ts';
import * as failures from '../../src/db/outbox-failures.ts';
import { findPaper } from '../../src/db/papers.ts';
import { listPostedElsewhere } from '../../src/db/posted-elsewhere.ts';
import * as reading from '../../src/db/reading.ts';
import { listGainers } from '../../src/db/rises.ts';
import * as ledger from '../../src/db/roundups.ts';
import * as keeping from '../../src/db/saved.ts';
import * as saves from '../../src/db/saves.ts';
import * as handedIn from '../../src/db/submissions.ts';
import { dismissals, outbox, papers, roundups } from '../../src/db/schema.ts';
import * as tastes from '../../src/db/taste.ts';
import * as topics from '../../src/db/topics.ts';
import * as undos from '../../src/db/undo.ts';
import { makeHome } from '../../src/home.ts';
import { openRig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { aChannel, havePapers, MONDAY, wordsIn } from '../support/factories.ts';

const db = useDb();
const LONG_AGO = new Date('2026-01-01');
const EVER = { since: LONG_AGO, until: new Date('2027-01-01'), most: 10 };
const MINE: ChannelRef = { platform: 'paper', workspace: 'W1', id: 'C1', name: 'reading' };
const NEIGHBOURS: ChannelRef[] = [
  { platform: 'paper', workspace: 'W2', id: 'C1', name: 'reading' },
  { platform: 'ink', workspace: 'W1', id: 'C1', name: 'reading' },
];
const me = (channel: ChannelRef): Pick<Call, 'channel' | 'person'> => ({ channel, person: { id: 'ana', profile: async () => ({ standing: 'admin' }) } });

let mine: channels.Channel;
let theirs: channels.Channel[];
let paper: number;
let digest: channels.Channel;

/** Everything that my channel can have: a topic, a roundup with a message in doubt, what it was shown, saves, votes, a note, a read mark, a paper that I handed in and one that isn't for it; and a digest of my own. */
beforeEach(async () => {
  await havePapers(db(), [{ arxivId: '2607.10001', title: 'Sparse attention' }]);
  paper = (await findPaper(db(), '2607.10001'))!.id;
  [mine, ...theirs] = (await Promise.all([MINE, ...NEIGHBOURS].map((ref) => aChannel(db(), { ref })))) as [channels.Channel, ...channels.Channel[]];
  await topics.followTopic(db(), mine, 'attention', 'ana', MONDAY);
  const slot = { channelId: mine.id, kind: 'daily' as const, dueAt: MONDAY, title: 'Mine alone', why: null, tryAt: MONDAY };
  const messages = [{ payload: { text: 'mine' }, reply: false }];
  await ledger.writeRoundups(db(), [{ ...slot, on: '2026-07-27', status: 'queued', messages, papers: [{ id: paper, why: 'mine', counts: { upvotes: 3, stars: null } }] }], MONDAY);
  await db().update(outbox).set({ status: 'in_doubt', receipt: { id: '1', channel: 'C1' }, sentAt: MONDAY });
  await db().insert(roundups).values({ channelId: mine.id, on: '2026-07-28', kind: 'daily', title: '', status: 'waiting', why: 'waiting for arXiv', dueAt: MONDAY, createdAt: MONDAY });
  await saves.savePaper(db(), me(MINE), paper, MONDAY);
  await saves.votePaper(db(), me(MINE), paper, 1, MONDAY);
  await saves.dismissPaper(db(), me(MINE), paper, MONDAY);
  await marks.notePaper(db(), me(MINE), paper, 'mine', MONDAY);
  await marks.readPaper(db(), me(MINE), paper, MONDAY);
  await handedIn.submitPaper(db(), me(MINE), paper, MONDAY);
  digest = await aChannel(db(), { ref: { ...MINE, id: 'D-ana', person: 'ana' }, owner: ownerOf(me(MINE)) });
  await topics.followTopic(db(), digest, 'my own topic', 'ana', MONDAY);
});

/** All rows that name a channel, a workspace or a person of this place. */
async function rowsOf(channel: channels.Channel): Promise<unknown> {
  const ofChannel = ['channel_topics', 'roundups', 'roundup_papers', 'outbox'].map((name) => sql`select to_jsonb(t) as row from ${sql.identifier(name)} t where channel_id = ${channel.id}`);
  const ofWorkspace = ['saves', 'votes', 'dismissals', 'notes', 'reads', 'submissions'].map((name) => sql`select to_jsonb(t) as row from ${sql.identifier(name)} t where workspace = ${saves.workspaceOf(channel)}`);
  const own = sql`select to_jsonb(t) as row from channels t where id = ${channel.id}`;
  return rowsFrom(db(), sql.join([own, ...ofChannel, ...ofWorkspace], sql` union all `));
}
const rows = async () => JSON.stringify(await Promise.all(theirs.map(rowsOf)));

const doubtful = async () => (await outboxes.listDoubtful(db(), mine.id))[0]!.id;

/** What each query tells a neighbour who has the same ids; every answer must be as if mine did not exist. */
const READ: Record<string, (channel: channels.Channel, ref: ChannelRef) => Promise<unknown>> = {
  findChannel: async (channel, ref) => ((await channels.findChannel(db(), ref))!.id === channel.id ? [] : 'another'),
  findDigest: async (_channel, ref) => (await channels.findDigest(db(), ownerOf(me(ref)))) ?? [],
  claimTellingOwner: async (_channel, ref) => {
    await lost.loseChannel(db(), digest, '50007');
    return (await lost.claimTellingOwner(db(), ownerOf(me(ref)), MONDAY)) ?? [];
  },
  findSubmitter: async (_channel, ref) => (await handedIn.findSubmitter(db(), me(ref), paper)) ?? [],
  listSubmissions: async (channel) => [...(await handedIn.listSubmissions(db(), [saves.workspaceOf(channel)], LONG_AGO, MONDAY)).values()],
  getChannel: async (channel) => ((await channels.getChannel(db(), channel.id))!.workspace === channel.workspace ? [] : 'another'),
  listChannelsOf: async (channel, ref) => (await channels.listChannelsOf(db(), ref)).filter(({ id }) => id !== channel.id),
  listChannelHealth: async (channel) => {
    const { lastSentAt, doubtful, latest } = (await listChannelHealth(db(), [channel.id])).get(channel.id)!;
    return [lastSentAt, doubtful || undefined, latest].filter(Boolean);
  },
  topicsOf: (channel) => topics.topicsOf(db(), channel.id),
  topicsOfAll: async (channel) => [...(await topics.topicsOfAll(db(), [channel.id])).values()],
  listShown: async (channel) => [...(await listShown(db(), [channel.id], LONG_AGO)).values()],
  listGainers: async (channel) => {
    await db().delete(dismissals);
    await db().update(papers).set({ upvotes: 300 });
    await db().update(roundups).set({ status: 'sent' });
    // What they don't want says nothing of what I do.
    for (const ref of NEIGHBOURS) await saves.dismissPaper(db(), me(ref), paper, MONDAY);
    expect([...(await listGainers(db(), [mine.id], MONDAY)).keys()]).toEqual([mine.id]);
    return [...(await listGainers(db(), [channel.id], MONDAY)).values()];
  },
  listLikes: async (channel) => [...(await listLikes(db(), [saves.workspaceOf(channel)], LONG_AGO)).values()],
  countLikes: async (_channel, ref) => Object.values(await saves.countLikes(db(), me(ref), paper)).filter(Boolean),
  listOpinions: async (channel) => [...(await tastes.listOpinions(db(), [channel.id], MONDAY)).values()],
  listTastes: async (channel) => [...(await tastes.listTastes(db(), [channel.id], MONDAY)).values()],
  countSaid: async (_channel, ref) => Object.values(await forgetting.countSaid(db(), me(ref))).filter(Boolean),
  listSaved: (_channel, ref) => keeping.listSaved(db(), me(ref), 10, 0),
  listSavedHere: (_channel, ref) => keeping.listSavedHere(db(), me(ref), 10, 0),
  listReadHere: (_channel, ref) => reading.listReadHere(db(), me(ref), EVER),
  listRead: async (channel) => [...(await reading.listRead(db(), [{ channel, ...EVER }])).values()],
  listDoubtful: (channel) => outboxes.listDoubtful(db(), channel.id),
  listWaiting: async (channel) => [...(await ledger.listWaiting(db(), [channel.id])).values()],
  findRoundup: async (channel) => (await ledger.findRoundup(db(), channel, '2026-07-27', 'daily')) ?? [],
  lastSent: async (channel) => (await ledger.lastSent(db(), channel)) ?? [],
  listRoundups: (channel) => ledger.listRoundups(db(), channel, 10),
  lastChange: async (channel) => {
    await undos.keepChange(db(), mine, { id: 'abcd0123', was: undefined, left: mine }, MONDAY);
    return (await undos.lastChange(db(), channel)) ?? [];
  },
  listShowings: (channel) => ledger.listShowings(db(), channel, paper),
  listPostedElsewhere: async (channel) => {
    await Promise.all([db().update(roundups).set({ status: 'sent' }), db().update(outbox).set({ status: 'sent' })]);
    return listPostedElsewhere(db(), channel, undefined, paper);
  },
  listLost: async (channel) => {
    await lost.loseChannel(db(), mine, 'is_archived');
    return lost.listLost(db(), channel);
  },
};

/** What each change to my channel leaves as it was: everything of a neighbour's. */
const CHANGE: Record<string, () => Promise<unknown>> = {
  openChannel: () => aChannel(db(), { ref: { ...MINE, id: 'C2' } }),
  deleteChannel: () => channels.deleteChannel(db(), MINE),
  setSchedule: () => channels.setSchedule(db(), mine, { zone: 'Asia/Tokyo', at: '10:00', days: [1] }, MONDAY),
  setSize: () => channels.setSize(db(), mine, 3),
  setLayout: () => channels.setLayout(db(), mine, 'each'),
  setSilent: () => channels.setSilent(db(), mine, true),
  setQuietPosts: () => channels.setQuietPosts(db(), mine, true),
  setReading: () => channels.setReading(db(), mine, 'weekly', '2026-07-27'),
  moveReadingOn: async () => {
    for (const channel of [mine, ...theirs]) await channels.setReading(db(), channel, 'weekly', '2026-07-20');
    const before = await rows();
    await channels.moveReadingOn(db(), [{ channelId: mine.id, reading: 'weekly', on: '2026-07-26' }]);
    expect(await rows()).toBe(before);
    for (const channel of theirs) await channels.setReading(db(), channel, null, '');
  },
  setLinks: () => channels.setLinks(db(), mine, false),
  pauseChannel: () => channels.pauseChannel(db(), mine, 'by Ana'),
  pauseOnce: () => channels.pauseOnce(db(), mine, 'by Ana'),
  resumeChannel: () => channels.resumeChannel(db(), mine, MONDAY),
  renameChannel: () => channels.renameChannel(db(), MINE, 'another'),
  moveOn: () => channels.moveOn(db(), [mine], MONDAY),
  loseChannel: () => lost.loseChannel(db(), mine, 'is_archived'),
  loseWorkspace: () => lost.loseWorkspace(db(), MINE, 'app_uninstalled'),
  takeBack: async () => {
    await lost.loseChannel(db(), mine, 'is_archived');
    await lost.takeBack(db(), (await channels.findChannel(db(), MINE))!, MONDAY);
  },
  tellLater: () => lost.tellLater(db(), [mine]),
  followTopic: () => topics.followTopic(db(), mine, 'robots', 'ana', MONDAY),
  unfollowTopic: async () => topics.unfollowTopic(db(), mine, (await topics.topicsOf(db(), mine.id))[0]!),
  keepChange: () => undos.keepChange(db(), mine, { id: 'abcd0123', was: undefined, left: mine }, MONDAY),
  takeBackChange: async () => {
    const changed = await channels.setSize(db(), mine, 3);
    expect(await undos.takeBackChange(db(), changed, { id: 'abcd0123', was: mine, left: changed }, MONDAY)).toMatchObject({ size: 5 });
  },
  submitPaper: () => handedIn.submitPaper(db(), me(MINE), paper, MONDAY),
  savePaper: () => saves.savePaper(db(), me(MINE), paper, MONDAY),
  unsavePaper: () => saves.unsavePaper(db(), saves.personOf(me(MINE)), paper),
  votePaper: () => saves.votePaper(db(), me(MINE), paper, -1, MONDAY),
  dismissPaper: () => saves.dismissPaper(db(), me(MINE), paper, MONDAY),
  undismissPaper: () => saves.undismissPaper(db(), me(MINE), paper),
  notePaper: () => marks.notePaper(db(), me(MINE), paper, '', MONDAY),
  readPaper: () => marks.readPaper(db(), me(MINE), paper, MONDAY),
  forgetSaid: () => forgetting.forgetSaid(db(), me(MINE), digest),
  unreadPaper: () => marks.unreadPaper(db(), me(MINE), paper),
  setTaste: () => tastes.setTaste(db(), mine, false),
  resetTaste: () => tastes.resetTaste(db(), mine, MONDAY),
  failReplies: async () => failures.failReplies(db(), await doubtful(), 'gone'),
  failRest: async () => failures.failRest(db(), (await ledger.findRoundup(db(), mine, '2026-07-27', 'daily'))!.id, 'gone'),
  markFound: async () => outboxes.markFound(db(), mine.id, await doubtful()),
  sendAgain: async () => outboxes.sendAgain(db(), mine.id, await doubtful(), MONDAY),
};

describe('a neighbour with the same ids', () => {
  test.each(Object.entries(READ))('is told nothing by %s', async (_name, read) => {
    for (const [i, channel] of theirs.entries()) expect(await read(channel, NEIGHBOURS[i]!)).toEqual([]);
  });

  test.each(Object.entries(CHANGE))('keeps everything as it was after %s', async (_name, change) => {
    const before = await rows();
    await change();
    expect(await rows()).toBe(before);
  });

  test('has its own saves, votes and topics beside mine, and takes nothing of mine away', async () => {
    for (const ref of NEIGHBOURS) {
      expect(await saves.savePaper(db(), me(ref), paper, MONDAY)).toBe(true);
      await saves.unsavePaper(db(), saves.personOf(me(ref)), paper);
      await saves.votePaper(db(), me(ref), paper, -1, MONDAY);
      expect(await saves.dismissPaper(db(), me(ref), paper, MONDAY)).toBe(true);
      await saves.undismissPaper(db(), me(ref), paper);
    }
    // Mine says two things of one paper: that it isn't for the channel goes before.
    expect((await tastes.listOpinions(db(), [mine.id], MONDAY)).get(mine.id)).toMatchObject([{ paperId: paper, liked: false }]);
    for (const channel of theirs) {
      expect(await outboxes.sendAgain(db(), channel.id, await doubtful(), MONDAY)).toBe(false);
      await topics.unfollowTopic(db(), channel, (await topics.topicsOf(db(), mine.id))[0]!);
    }
    expect(await saves.countLikes(db(), me(MINE), paper)).toEqual({ saves: 1, votes: 1 });
    expect(await topics.topicsOf(db(), mine.id)).toHaveLength(1);
  });

  test('sees nothing of mine by any command', async () => {
    const rig = await openRig(db());
    await rig.ask('/paper submit 2607.10001', { channel: MINE });
    const [there] = NEIGHBOURS;
    const lines = ['/roundup me list', '/roundup me status', '/roundup me history', '/roundup status', '/roundup history', '/roundup list', '/roundup why 2607.10001', '/roundup preview', '/roundup taste', '/paper 2607.10001', '/paper saved', '/paper saved here', '/paper read-list month', '/paper export here', '/paper forget-me', '/paper trending'];
    for (const line of lines) {
      const { doc } = await rig.ask(line, { channel: there! });
      const words = wordsIn(doc);
      expect(words, line).not.toMatch(/Mine alone|In doubt|waiting for arXiv|submitted by|ollows? 1 topic|1 save|Saved by|Learnt from|mine/);
    }
    // Somebody who is said to be in all channels, also in mine.
    const home = wordsIn(await makeHome({ ...there!, person: me(there!).person, isIn: async (ids) => [...ids, 'C1'] }, there!.platform, rig.app.deps));
    expect(home.match(/^#reading$/gm)).toHaveLength(1);
    expect(home).not.toMatch(/attention|got through|mine/i);
  });
});

test('each query that takes a channel, a workspace or a person is tried here', () => {
  const folder = new URL('../../src/db/', import.meta.url);
  const queries = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && name !== 'installations.ts')
    .flatMap((name) => [...readFileSync(new URL(name, folder), 'utf8').matchAll(/^export async function (\w+)\(\s*db: Db,([^]*?)\): Promise/gm)])
    .filter(([, name, parameters]) => /\b(channel|channels|channelId|channelIds|workspace|workspaces|person|call|roundupId)\b\??:|ref: ChannelRef|: Channel\b|workspace \}/.test(parameters!) || (/\bowner: string/.test(parameters!) && !/lease|settleMessage|giveBack/i.test(name!)))
    .map(([, name]) => name!);
  expect(queries.length).toBeGreaterThan(25);
  // By a roundup's id, as the outbox has it: no one's words reach it.
  const byId = ['listPayloads', 'settleRoundups'];
  expect(queries.filter((name) => !(name in READ) && !(name in CHANGE) && !byId.includes(name))).toEqual([]);
});
