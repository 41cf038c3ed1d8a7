// A team changes how its roundup is laid out, reads it, and does something with the second paper.
import { describe, expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { CHANNEL, GUILD } from '../support/discord-server.ts';
import { havePapers } from '../support/factories.ts';
import { channelJson } from '../support/discord-world.ts';
import { BOTH, openStage } from './stage.ts';

const db = useDb();
const FORUM = '200000000000000015';

async function havePapersOfToday(): Promise<void> {
  await havePapers(db(), [
    { title: 'Loud paper', upvotes: 120, abstract: 'We shout. It is heard by everybody.', categories: ['cs.CL'] },
    { title: 'Second paper', upvotes: 60, abstract: 'We whisper. It is heard by few.', categories: ['cs.CL'] },
    { title: 'Quiet paper', upvotes: 2, abstract: 'We say nothing.', categories: ['cs.CV'] },
  ]);
}

describe.each(BOTH)('a team on %s', (name) => {
  test('sets the layout full, gets the post with everything in it, and saves the second paper', async () => {
    await havePapersOfToday();
    const stage = await openStage(name, db());
    await stage.type('/roundup subscribe everything');
    expect((await stage.type('/roundup layout full')).toChannel[0]!.words).toContain('This channel’s roundup is now full');
    await stage.tickAt('2026-07-28T10:00:00Z');

    const [post, ...others] = stage.posts();
    expect(others).toEqual([]);
    expect(post!.thread).toEqual([]);
    expect(post!.words).toMatch(/1\. Loud paper[^]*120 upvotes|120 upvotes[^]*1\. Loud paper/);
    expect(post!.words).toContain('We whisper.');

    expect((await post!.press('Save', 'Gus', 'Second paper')).toAsker[0]!.words).toContain('Saved: “Second paper”.');
    expect((await stage.type('/paper saved', { who: 'Gus' })).toAsker[0]!.words).toContain('Second paper');
    expect((await post!.press('Not for us', 'Ana', 'Quiet paper')).toAsker[0]!.words).toContain('not for this channel: “Quiet paper”');
    expect((await post!.press('Details', 'Gus', 'Loud paper')).toAsker[0]!.words).toContain('It is heard by everybody.');
  });

  test('gets each paper as a message of its own, in the channel, and rates the one that it reads', async () => {
    await havePapersOfToday();
    const stage = await openStage(name, db());
    await stage.type('/roundup subscribe everything at 9 UTC daily each');
    await stage.tickAt('2026-07-28T09:00:00Z');
    const posts = stage.posts();
    expect(posts.map(({ thread }) => thread)).toEqual([[], [], [], []]);
    expect(posts[0]!.words).toContain('Each paper is a message of its own');
    expect(posts.slice(1).map(({ notice }) => notice.split('\n')[0]!.replace(/\.$/, ''))).toEqual(['1. Loud paper', '2. Second paper', '3. Quiet paper']);
    expect(posts[2]!.buttons).toEqual(['Save', 'More like this', 'Not for us', 'Details']);
    expect((await posts[2]!.press('Save', 'Gus')).toAsker[0]!.words).toContain('Saved: “Second paper”.');
  });

  test('gets each of those messages once though answers are lost', async () => {
    await havePapersOfToday();
    const stage = await openStage(name, db());
    await stage.type('/roundup subscribe everything at 9 UTC daily each');
    stage.loseNextAnswer();
    await stage.tickAt('2026-07-28T09:00:00Z');
    await stage.tickAt('2026-07-28T09:05:00Z');
    stage.loseNextAnswer();
    await stage.tickAt('2026-07-28T09:10:00Z');
    expect(stage.posts()).toHaveLength(4);
    expect(new Set(stage.posts().map(({ words }) => words)).size).toBe(4);
  });
});

test('Slack has no silence to switch on, and says so', async () => {
  await havePapersOfToday();
  const stage = await openStage('Slack', db());
  await stage.type('/roundup subscribe everything');
  const answer = await stage.type('/roundup silent on');
  expect(answer.toChannel).toEqual([]);
  expect(answer.toAsker[0]!.words).toContain('Messages can’t be silent here');
});

test('on Discord a roundup comes without a sound where the team wants that', async () => {
  await havePapersOfToday();
  const stage = await openStage('Discord', db());
  await stage.type('/roundup subscribe everything at 9 UTC daily');
  await stage.type('/roundup silent on');
  await stage.tickAt('2026-07-28T09:00:00Z');
  const { discord } = stage.world;
  const sent = discord.messages(CHANNEL).filter(({ nonce }) => nonce);
  expect([...sent, ...discord.messages(sent[0]!.id)].map(({ flags }) => flags)).toEqual([4096, 4096]);
});

test('a forum on Discord is subscribed from one of its posts, and gets a post with tags, in which everybody can go on', async () => {
  await havePapersOfToday();
  const stage = await openStage('Discord', db());
  const { discord } = stage.world;
  const ana = { user: '400000000000000001', permissions: ['ManageChannels' as const] };
  const forum = discord.world.add({ id: FORUM, guild_id: GUILD, type: 15, name: 'reading', needsTag: true, tags: [{ id: '1', name: 'NLP', moderated: false }, { id: '2', name: 'cs.CV', moderated: false }] });
  const post = discord.world.add({ id: '200000000000000016', guild_id: GUILD, type: 11, name: 'Hello', parent_id: FORUM });
  discord.gateway.dispatch('CHANNEL_CREATE', channelJson(forum));
  discord.gateway.dispatch('THREAD_CREATE', channelJson(post));

  const asked = await discord.slash('roundup subscribe', { topic: 'everything at 9 UTC daily' }, { ...ana, channel: post.id });
  const last = asked.ephemeral.at(-1)!;
  const [whole] = last.components[0]!.components!;
  expect(whole!.label).toBe('The whole forum');
  const done = await discord.press(whole!.custom_id!, { ...ana, channel: post.id });
  expect(done.public[0]!.content).toContain('This forum gets a roundup');

  await stage.tickAt('2026-07-28T09:00:00Z');
  const threads = [...discord.world.channels.values()].filter(({ parent_id: parent, id }) => parent === FORUM && id !== post.id);
  expect(threads.map(({ name, applied }) => [name, applied])).toEqual([['Trending papers, 28 July 2026', ['2']]]);
  expect(discord.messages(threads[0]!.id)).toHaveLength(2);

  await discord.slash('roundup layout', { layout: 'each' }, { ...ana, channel: threads[0]!.id });
  await havePapers(db(), [{ title: 'Fresh paper', listedOn: '2026-07-29', upvotes: 5 }, { title: 'Fresher paper', listedOn: '2026-07-29', upvotes: 50 }], new Date('2026-07-29T06:00:00Z'));
  await stage.tickAt('2026-07-29T09:00:00Z');
  const names = [...discord.world.channels.values()].filter(({ parent_id: parent }) => parent === FORUM).map(({ name }) => name);
  expect(names.slice(-2)).toEqual(['Fresh paper', 'Fresher paper']);
});
