// Channels, schedules and topics, and on request people's own digests and what they said of papers, as a document: written by export, read back by import.
import { z } from 'zod';
import type { Config } from './config.ts';
import { EMAIL } from './core/email.ts';
import { UserError, wordsOf } from './core/errors.ts';
import { LAYOUTS } from './core/layout.ts';
import { READINGS } from './core/reading.ts';
import { localDate, parseZone, scheduleInWords } from './core/schedule.ts';
import { count } from './core/text.ts';
import { parseTopic } from './core/topic.ts';
import { findChannel, listChannels, openChannel, pauseChannel, resumeChannel, setLayout, setLinks, setQuietPosts, setReading, setSchedule, setSilent, setSize, type Channel } from './db/channels.ts';
import type { Db } from './db/connect.ts';
import { compareSaid, listAllSaid, restoreSaid } from './db/said.ts';
import { setTaste } from './db/taste.ts';
import { followTopic, topicsOf, unfollowTopic } from './db/topics.ts';

const channelShape = z.strictObject({
  platform: z.string(),
  workspace: z.string(),
  id: z.string().min(1),
  name: z.string().optional(),
  owner: z.string().min(1).optional(),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as "09:00"'),
  zone: z.string(),
  days: z.array(z.int().min(1).max(7)).min(1),
  size: z.int().min(1).max(25),
  layout: z.enum(LAYOUTS).optional(),
  silent: z.boolean().optional(),
  forum: z.boolean().optional(),
  quiet: z.boolean().optional(),
  taste: z.boolean().optional(),
  reading: z.enum(READINGS).optional(),
  links: z.boolean().optional(),
  paused: z.string().optional(),
  topics: z.array(z.string()),
});

const saidShape = z.strictObject({
  kind: z.enum(['save', 'vote', 'note', 'read', 'not-for-us', 'submission']),
  person: z.string().min(1),
  workspace: z.string().min(1),
  channel: z.string(),
  paper: z.string().min(1),
  at: z.iso.datetime(),
  words: z.string(),
  private: z.literal(true).optional(),
}).refine(({ kind, words }) => kind !== 'vote' || /^-?1$/.test(words), 'a vote’s words are "1" or "-1"');

const transferShape = z.strictObject({ version: z.literal(1), channels: z.array(channelShape), people: z.array(saidShape).optional() });

export type Transfer = z.infer<typeof transferShape>;
export type ChannelSettings = z.infer<typeof channelShape>;

export interface ImportPlan {
  channel: string;
  /** In words; none: it is as the file says. */
  changes: string[];
}

/** With `people` also everybody's own digests, what they saved, voted, noted and read, and who gets mail: not for a file that others see. */
export async function exportSettings(db: Db, { people = false } = {}): Promise<Transfer> {
  const settings: ChannelSettings[] = [];
  for (const channel of await listChannels(db)) if (people || !isOnesOwn(channel)) settings.push(await settingsOf(db, channel));
  return { version: 1, channels: settings, ...(people ? { people: await listAllSaid(db) } : {}) };
}

/** Checks a document; ready-made topics may stand under their names. Throws UserError that names every fault. */
export function readTransfer(document: unknown, config: Pick<Config, 'topics'>): Transfer {
  const read = transferShape.safeParse(document);
  if (!read.success) throw new UserError(read.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`).join('\n'));
  const faults: string[] = [];
  for (const channel of read.data.channels) {
    channel.days = [...new Set(channel.days)].sort();
    channel.topics = channel.topics.map((topic) => config.topics.find(({ name }) => name === topic)?.query ?? topic);
    for (const check of [() => parseZone(channel.zone), ...channel.topics.map((topic) => () => parseTopic(topic))]) {
      try {
        check();
      } catch (error) {
        faults.push(`${labelOf(channel)}: ${wordsOf(error)}`);
      }
    }
  }
  if (faults.length) throw new UserError(faults.join('\n'));
  return read.data;
}

/** What an import would change, channel by channel. */
export async function planImport(db: Db, wanted: Transfer): Promise<ImportPlan[]> {
  const plans: ImportPlan[] = [];
  for (const channel of wanted.channels) {
    const known = await findChannel(db, channel);
    const changes = known ? differences(await settingsOf(db, known), channel) : [`new: ${scheduleInWords(channel)}, ${channel.size} papers, ${channel.topics.join('; ') || 'everything'}`];
    if (changes.length) plans.push({ channel: labelOf(channel), changes });
  }
  const { added, leftOut } = await compareSaid(db, wanted.people ?? []);
  const changes = [added ? `+ ${count(added, 'save, vote, note or mark', 'saves, votes, notes and marks')}` : '', leftOut ? `left out: ${leftOut} of papers that are not here` : ''].filter(Boolean);
  if (changes.length) plans.push({ channel: 'people', changes });
  return plans;
}

/** Makes it so, all or nothing. */
export async function applyImport(db: Db, wanted: Transfer, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    for (const settings of wanted.channels) await applyChannel(tx, settings, 'import', now);
    await restoreSaid(tx, wanted.people ?? []);
  });
}

/** Makes the channel be as these settings say, opening it where there is none; `by` is noted as who did. */
export async function applyChannel(db: Db, settings: ChannelSettings, by: string, now: Date): Promise<void> {
  const { owner, zone, at, days, size, layout = 'compact', silent = false, topics, paused, quiet = false, taste = true, reading = null, links = true } = settings;
  let channel = await openChannel(db, settings, { zone, at, days, size, createdBy: by, ...(owner === undefined ? {} : { owner }) }, now);
  if (scheduleInWords(channel) !== scheduleInWords(settings)) channel = await setSchedule(db, channel, { zone, at, days }, now);
  if (channel.size !== size) channel = await setSize(db, channel, size);
  if (channel.layout !== layout) channel = await setLayout(db, channel, layout);
  if (channel.silent !== silent) channel = await setSilent(db, channel, silent);
  if (channel.quietPosts !== quiet) channel = await setQuietPosts(db, channel, quiet);
  if (channel.taste !== taste) await setTaste(db, channel, taste);
  if (channel.reading !== reading) channel = await setReading(db, channel, reading, localDate(now, channel.zone));
  if (channel.links !== links) channel = await setLinks(db, channel, links);
  if (paused && channel.pausedWhy !== paused) await pauseChannel(db, channel, paused);
  if (!paused && channel.pausedWhy) await resumeChannel(db, channel, now);
  const before = await topicsOf(db, channel.id);
  for (const topic of before) if (!topics.includes(topic.query)) await unfollowTopic(db, channel, topic);
  for (const query of topics) await followTopic(db, channel, query, by, now);
}

// A digest and an inbox are somebody's, and no team's.
function isOnesOwn({ owner, platform }: Channel): boolean {
  return owner !== null || platform === EMAIL.platform;
}

async function settingsOf(db: Db, channel: Channel): Promise<ChannelSettings> {
  const { platform, workspace, externalId, name, owner, at, zone, days, size, layout, silent, forum, pausedWhy, quietPosts, taste, reading, links } = channel;
  return {
    ...{ platform, workspace, id: externalId, at, zone, days, size },
    ...(name ? { name } : {}),
    ...(owner === null ? {} : { owner }),
    ...(layout === 'compact' ? {} : { layout }),
    ...(silent ? { silent } : {}),
    ...(forum ? { forum } : {}),
    ...(quietPosts ? { quiet: true } : {}),
    ...(taste ? {} : { taste: false }),
    ...(reading ? { reading } : {}),
    ...(links ? {} : { links: false }),
    ...(pausedWhy ? { paused: pausedWhy } : {}),
    topics: (await topicsOf(db, channel.id)).map((topic) => topic.query),
  };
}

function differences(is: ChannelSettings, wanted: ChannelSettings): string[] {
  const changes: string[] = [];
  if (scheduleInWords(is) !== scheduleInWords(wanted)) changes.push(`schedule: ${scheduleInWords(is)} -> ${scheduleInWords(wanted)}`);
  if (is.size !== wanted.size) changes.push(`size: ${is.size} -> ${wanted.size}`);
  if ((is.layout ?? 'compact') !== (wanted.layout ?? 'compact')) changes.push(`layout: ${is.layout ?? 'compact'} -> ${wanted.layout ?? 'compact'}`);
  if (Boolean(is.silent) !== Boolean(wanted.silent)) changes.push(`silent: ${wanted.silent ? 'on' : 'off'}`);
  if (Boolean(is.quiet) !== Boolean(wanted.quiet)) changes.push(`posts on quiet days: ${wanted.quiet ? 'on' : 'off'}`);
  if ((is.taste ?? true) !== (wanted.taste ?? true)) changes.push(`taste: ${wanted.taste === false ? 'off' : 'on'}`);
  if (is.reading !== wanted.reading) changes.push(`what we read: ${wanted.reading ?? 'off'}`);
  if ((is.links ?? true) !== (wanted.links ?? true)) changes.push(`previews of links: ${wanted.links === false ? 'off' : 'on'}`);
  if (is.paused !== wanted.paused) changes.push(wanted.paused ? `paused: ${wanted.paused}` : 'resumed');
  for (const topic of wanted.topics.filter((one) => !is.topics.includes(one))) changes.push(`+ ${topic}`);
  for (const topic of is.topics.filter((one) => !wanted.topics.includes(one))) changes.push(`- ${topic}`);
  return changes;
}

function labelOf(channel: Pick<ChannelSettings, 'platform' | 'workspace' | 'id' | 'name'>): string {
  return `${channel.platform}/${channel.workspace}/${channel.name ?? channel.id}`;
}
