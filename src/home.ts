// A person's home in a workspace: the roundups of the channels that they are in, their own digest, and the papers that they saved.
import { mayManage, type Deps } from './command.ts';
import { pauseInWords } from './commands/roundup/states.ts';
import { roundupInWords } from './commands/roundup/roundup-in-words.ts';
import { HOW_TO_SAVE, instantInWords, nextRunInWords, pausedInWords, press } from './commands/words.ts';
import type { ChannelRef } from './core/chat.ts';
import type { PlatformIo } from './core/platform.ts';
import { note, text, type Action, type Block, type Doc } from './core/doc.ts';
import { UserError } from './core/errors.ts';
import { ownerOf } from './core/keys.ts';
import { titleSpan } from './core/roundup.ts';
import { dateInWords, localDate } from './core/schedule.ts';
import { clip, count, listed } from './core/text.ts';
import { listChannelHealth, type ChannelHealth } from './db/channel-health.ts';
import { findDigest, hasEnded, listChannelsOf, nameOf, type Channel } from './db/channels.ts';
import { getPapers } from './db/papers.ts';
import { listSaved } from './db/saved.ts';
import { topicLabel, topicsOf, topicsOfAll, type FollowedTopic } from './db/topics.ts';

/** With four blocks each on Slack, they leave a fifth of its hundred to the rest. */
const MOST_CHANNELS = 20;
const MOST_NAMED = 20;
const MOST_TOPICS = 5;
const MOST_SAVED = 5;

type Whose = Parameters<PlatformIo['home']>[0];
type Workspace = Pick<ChannelRef, 'platform' | 'workspace'>;

/** Every button carries the channel that it is for: whoever presses it is asked for anew whether they are in it. */
export async function makeHome(whose: Whose, platform: string, deps: Deps): Promise<Doc> {
  const place = { platform, workspace: whose.workspace };
  const { standing, zone } = await whose.person.profile();
  const channels = await channelBlocks(whose, place, { zone, manages: mayManage(standing, platform, deps) }, deps);
  const digest = await digestBlock(whose, place, zone, deps);
  const saved = await savedBlocks(whose, place, zone ?? deps.config.channel.zone, deps);
  const papers = [press('This week', 'This week: the papers that trend', 'paper', 'trending week'), press('Help', 'Help: what Paperround can do', 'roundup', 'help')];
  return {
    title: 'Roundups of your channels',
    summary: 'The roundups of your channels, your own digest, and the papers that you saved.',
    blocks: [...channels, digest, text({ text: 'Papers that you saved', bold: true }), ...saved],
    actions: saved.some(({ kind }) => kind === 'item') ? [press('All saved papers', 'All saved papers, with your notes', 'paper', 'saved'), ...papers] : papers,
  };
}

interface View {
  /** In which times are told; undefined: each channel's own. */
  zone: string | undefined;
  manages: boolean;
}

async function channelBlocks({ isIn, nameOf: nameFor }: Whose, place: Workspace, view: View, { db }: Deps): Promise<Block[]> {
  const all = await listChannelsOf(db, place);
  let theirs: Set<string>;
  try {
    theirs = new Set(all.length ? await isIn(all.map(({ externalId }) => externalId)) : []);
  } catch (error) {
    if (error instanceof UserError) return [text(error.message)];
    throw error;
  }
  const found = all.filter(({ externalId }) => theirs.has(externalId)).map((channel) => ({ ...channel, name: channel.name ?? nameFor?.(channel.externalId) ?? null }));
  if (found.length === 0) return [text('None of your channels gets a roundup yet. In a channel type ', { text: '/invite @Paperround', code: true }, ', then ', { text: '/roundup subscribe nlp', code: true }, '.')];
  const ids = found.map(({ id }) => id);
  const health = await listChannelHealth(db, ids);
  const troubled = (channel: Channel) => troublesOf(channel, health.get(channel.id)).length > 0;
  found.sort((a, b) => Number(troubled(b)) - Number(troubled(a)) || nameOf(a).localeCompare(nameOf(b), 'en', { numeric: true }));
  const topics = await topicsOfAll(db, ids);
  const rest = found.slice(MOST_CHANNELS);
  return [
    ...found.slice(0, MOST_CHANNELS).map((channel) => channelItem(channel, topics.get(channel.id) ?? [], health.get(channel.id), view)),
    ...(rest.length ? [note(`And ${count(rest.length, 'channel')} more: ${listed(shortened(rest.map(nameOf)))}. /roundup list there shows its roundup.`)] : []),
  ];
}

function channelItem(channel: Channel, topics: FollowedTopic[], health: ChannelHealth | undefined, { zone = channel.zone, manages }: View): Block {
  const gets = capital(roundupInWords(channel, briefly(topics)));
  const paused = channel.pausedWhy && !channel.pausedCode ? [`${capital(pausedInWords(channel))}.`] : [];
  const troubles = troublesOf(channel, health);
  const last = health?.lastSentAt ? `last post: ${instantInWords(health.lastSentAt, zone)}` : 'nothing posted lately';
  const button = (label: string, says: string, verb: string): Action => {
    const { call, ...action } = press(label, `${says} of ${nameOf(channel)}`, 'roundup', verb);
    return { ...action, call: { ...call, channel: channel.externalId } };
  };
  const resume = channel.pausedCode ? 'Check and resume' : 'Resume';
  const pause = channel.pausedWhy ? button(resume, `${resume} the roundup`, 'resume') : button('Pause', 'Pause the roundup', 'pause');
  return {
    kind: 'item',
    title: { text: nameOf(channel), bold: true },
    body: [...paused, ...troubles, `${gets}.`].join(' '),
    facts: [...(channel.pausedWhy ? [] : [`next: ${nextRunInWords(channel, zone)}`]), last],
    actions: [
      ...(manages ? [button('Change', 'Change the roundup', 'change'), pause] : []),
      button('Preview', 'Preview the roundup', 'preview'),
      button('Topics', 'Topics', 'list'),
      ...(troubles.length ? [button('Status', 'Status', 'status')] : []),
    ],
  };
}

// Theirs alone, in no channel: its buttons say `me`, and are for whoever presses them.
async function digestBlock({ person }: Whose, place: Workspace, zone: string | undefined, { db }: Deps): Promise<Block> {
  const digest = await findDigest(db, ownerOf({ channel: { ...place, id: '' }, person }));
  if (!digest || hasEnded(digest)) return note('A digest of your own, as a direct message: ', { text: '/roundup me subscribe nlp', code: true }, ' in any channel.');
  const [why, ...advice] = digest.pausedCode ? pauseInWords(digest) : [];
  const paused = why ? [`Paused: ${why}.`, ...advice] : digest.pausedWhy ? ['Paused.'] : [];
  const pause = digest.pausedWhy ? press('Resume', 'Resume your own digest', 'roundup', 'me resume') : press('Pause', 'Pause your own digest', 'roundup', 'me pause');
  return {
    kind: 'item',
    title: { text: 'Your own digest', bold: true },
    body: [...paused, `${capital(roundupInWords(digest, briefly(await topicsOf(db, digest.id))))}.`].join(' '),
    facts: digest.pausedWhy ? [] : [`next: ${nextRunInWords(digest, zone)}`],
    actions: [press('Change', 'Change your own digest', 'roundup', 'me change'), pause, press('Preview', 'Preview your own digest', 'roundup', 'me preview'), press('Topics', 'Topics of your own digest', 'roundup', 'me list')],
  };
}

/** What needs a person to look at it, in whole sentences. */
function troublesOf(channel: Channel, health: ChannelHealth | undefined): string[] {
  const [why, ...advice] = pauseInWords(channel);
  return [
    ...(channel.pausedCode ? [`Paused, as Paperround lost this channel: ${why}.`, ...advice] : []),
    ...(health?.doubtful ? [`Nobody knows whether ${count(health.doubtful, 'message')} got through.`] : []),
    ...(health?.latest?.status === 'failed' ? [`The latest roundup failed: ${health.latest.why ?? 'no reason given'}.`] : []),
  ];
}

async function savedBlocks({ person }: Whose, place: Workspace, zone: string, { db }: Deps): Promise<Block[]> {
  const rows = await listSaved(db, { channel: { ...place, id: '' }, person }, MOST_SAVED, 0);
  if (rows.length === 0) return [note(`None yet. ${HOW_TO_SAVE}`)];
  const papers = new Map((await getPapers(db, rows.map(({ paperId }) => paperId))).map((paper) => [paper.id, paper]));
  const day = (at: Date) => dateInWords(localDate(at, zone));
  return rows.map(({ paperId, savedAt, readAt, note: words }): Block => ({
    kind: 'item',
    title: titleSpan(papers.get(paperId)!),
    facts: [`saved ${day(savedAt)}`, readAt ? `read ${day(readAt)}` : 'not read yet', ...(words ? ['with your note'] : [])],
  }));
}

/** The first few, and how many more. */
function briefly(topics: FollowedTopic[]): FollowedTopic[] {
  const few = topics.slice(0, MOST_TOPICS).map((topic) => ({ ...topic, name: clip(topicLabel(topic), 50) }));
  const left = topics.length - few.length;
  return left > 0 ? [...few, { id: 0, query: '', name: `${left} more` }] : few;
}

function capital(words: string): string {
  return `${words[0]!.toUpperCase()}${words.slice(1)}`;
}

function shortened(names: string[]): string[] {
  const left = names.length - MOST_NAMED;
  return left > 0 ? [...names.slice(0, MOST_NAMED), `${left.toLocaleString('en-US')} others`] : names;
}
