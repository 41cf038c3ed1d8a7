// All that /roundup can answer: of each verb, each way it can end.
import { sql } from 'drizzle-orm';
import { ChannelGone, NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../src/core/errors.ts';
import { findChannel } from '../../src/db/channels.ts';
import { finishRun, startRun } from '../../src/db/source-runs.ts';
import { writeRoundups } from '../../src/db/roundups.ts';
import { saveRecords } from '../../src/db/papers.ts';
import { discord, slack, terminal } from '../../src/platforms/index.ts';
import { aRecord } from '../support/factories.ts';
import type { Outcome, Stage } from './stage.ts';

const NLP = '/roundup subscribe nlp at 9 daily UTC';
const MINE = '/roundup me subscribe nlp at 9 daily UTC';
const DIRECT = [slack, discord];
const TUESDAY = '2026-07-28T09:00:30Z';
const LATER = '2026-07-28T09:05:30Z';

const shutOut = ({ adapter, platform }: Stage) => {
  const fix = platform === discord ? 'Give Paperround “Send Messages” in #reading: channel settings, Permissions.' : 'Type /invite @Paperround in the channel.';
  adapter.preflight = async () => ({ ok: false, code: 'not_in_channel', problem: 'Paperround is not in this channel.', fix });
};
const broken = ({ adapter }: Stage) => void (adapter.preflight = () => Promise.reject(new Error('no answer')));
const sent = (stage: Stage) => stage.tick(TUESDAY);
/** The roundup of Tuesday, the posting of which ends like this. */
const failing = (error: Error, ...ticks: string[]) => async (stage: Stage) => {
  stage.adapter.post = () => Promise.reject(error);
  for (const at of [TUESDAY, ...ticks]) await stage.tick(at);
};
const inDoubt = failing(new OutcomeUnknown('the answer was lost'), LATER);
const lost = failing(new NotAllowed('not_in_channel', 'Type /invite @Paperround in the channel.'));
const gone = failing(new ChannelGone('channel_not_found'));
const inForum = ({ place }: Stage) => void Object.assign(place, { parent: 'F1', postOf: { platform: place.platform, workspace: place.workspace, id: 'F1', name: 'papers', forum: true } });
/** Number of the message in doubt, which only its button knows. */
const looked = async (stage: Stage) => {
  await inDoubt(stage);
  await stage.say('/roundup status');
};
const read = async (stage: Stage, error?: string) => {
  const counts = { fetched: 1, inserted: 1, updated: 0, unchanged: 0, rejected: 0 };
  await stage.db.execute(sql`truncate source_runs`);
  for (const [source, at, failed] of [['arxiv', '2026-07-27T06:00:00Z', undefined], ['huggingface', '2026-07-27T05:00:00Z', undefined], ['huggingface', '2026-07-27T06:10:00Z', error], ...(error ? [['page', '2026-07-27T06:10:00Z', error] as const] : [])] as const) {
    const id = await startRun(stage.db, source, new Date(at));
    await finishRun(stage.db, id, { at: new Date(at), counts, ...(failed ? { error: failed } : {}) });
  }
};
const risen = async (stage: Stage) => {
  await stage.db.execute(sql`update papers set upvotes = null where ref = '2607.00005'`);
  await sent(stage);
  await saveRecords(stage.db, [aRecord({ arxivId: '2607.00005', title: 'What attention heads read', upvotes: 90 })], new Date('2026-07-29T06:00:00Z'));
  stage.clock.moveTo('2026-07-29T08:00:00Z');
};
const namedAgain = async (stage: Stage) => {
  await risen(stage);
  const fresh = aRecord({ arxivId: `2607.5000${['terminal', 'slack', 'discord'].indexOf(stage.platform.name)}`, title: 'Attention, at last', abstract: 'We pay it.', categories: ['cs.CL'], listedOn: '2026-07-29' });
  await saveRecords(stage.db, [fresh], new Date('2026-07-29T06:00:00Z'));
  await stage.tick('2026-07-29T09:00:30Z');
};
/** A roundup that is due and waits for its sources. */
const waiting = async (stage: Stage) => {
  stage.clock.moveTo(TUESDAY);
  const { id } = (await findChannel(stage.db, stage.place))!;
  const due = { channelId: id, on: '2026-07-28', kind: 'daily' as const, dueAt: new Date(TUESDAY), title: '', why: 'waiting for arXiv and Hugging Face', messages: [], papers: [], tryAt: new Date(TUESDAY) };
  await writeRoundups(stage.db, [{ ...due, status: 'waiting' as never }], new Date(TUESDAY));
};
const withoutThread = async (stage: Stage) => {
  const post = stage.adapter.post.bind(stage.adapter);
  stage.adapter.post = (message) => (message.parent ? Promise.reject(new PayloadRefused('Slack answered invalid_blocks: see the reference of its Web API')) : post(message));
  await sent(stage);
};
const withoutPaper = async (stage: Stage) => {
  const post = stage.adapter.post.bind(stage.adapter);
  stage.adapter.post = (message) => (JSON.stringify(message.payload).includes('Attention that forgets') ? Promise.reject(new PayloadRefused('Slack answered invalid_blocks: see the reference of its Web API')) : post(message));
  await sent(stage);
};
/** Mail is set up, and refuses like this. */
const withMail = (error?: Error) => ({ app }: Stage) => void (app.deps.askAddress = () => (error ? Promise.reject(error) : Promise.resolve()));
const withoutMail = async ({ app }: Stage) => void delete app.deps.askAddress;
const most = Array.from({ length: 20 }, (_, n) => `/roundup subscribe topic${'abcdefghijklmnopqrstuvwxyz'[n]}`);
const learnt = [NLP, '/paper save 2607.00001', '/paper vote up 2607.00002', '/paper not-for-us 2607.00008'];

export const ROUNDUP: Record<string, Outcome[]> = {
  subscribe: [
    { when: 'everything', say: '/roundup subscribe' },
    { when: 'a topic', say: '/roundup subscribe nlp' },
    { when: 'all in one line', say: '/roundup subscribe "state space models" -survey at 9 weekdays Europe/Berlin top 5 full' },
    { when: 'a topic in a channel that has everything', before: ['/roundup subscribe'], say: '/roundup subscribe nlp' },
    { when: 'one message a paper', say: '/roundup subscribe nlp at 9 each' },
    { when: 'a second topic', before: [NLP], say: '/roundup subscribe robotics' },
    { when: 'a topic that it has', before: [NLP], say: '/roundup subscribe nlp' },
    { when: 'everything in a channel with topics', before: [NLP], say: '/roundup subscribe everything' },
    { when: 'after a pause', before: [NLP, '/roundup pause'], say: '/roundup subscribe' },
    { when: 'a forum, from one of its posts', given: inForum, say: '/roundup subscribe nlp', on: [discord] },
    { when: 'the whole forum', given: async (stage) => (inForum(stage), stage.say('/roundup subscribe nlp')), say: '[The whole forum]', on: [discord] },
    { when: 'a forum where there is none', say: '/roundup subscribe nlp in this forum' },
    { when: 'by somebody who may not', say: '/roundup subscribe nlp', who: 'Gus', on: [slack, discord] },
    { when: 'where Paperround may not post', given: shutOut, say: '/roundup subscribe nlp' },
    { when: 'a quote that isn’t closed', say: '/roundup subscribe "open' },
    { when: 'a parenthesis that isn’t closed', say: '/roundup subscribe (vision or video' },
    { when: 'a parenthesis too many', say: '/roundup subscribe vision)' },
    { when: 'nothing in parentheses', say: '/roundup subscribe vision ()' },
    { when: 'nothing beside an or', say: '/roundup subscribe vision or' },
    { when: 'a lonely minus', say: '/roundup subscribe vision -' },
    { when: 'only what to leave out', say: '/roundup subscribe -survey' },
    { when: 'a category that there isn’t', say: '/roundup subscribe attention cat:cs.XX' },
    { when: 'a category far from all', say: '/roundup subscribe attention cat:zzzzzz' },
    { when: 'no author', say: '/roundup subscribe author:"."' },
    { when: 'nothing behind a colon', say: '/roundup subscribe cat:' },
    { when: 'something else than code', say: '/roundup subscribe has:video' },
    { when: 'no number of upvotes', say: '/roundup subscribe upvotes:many' },
    { when: 'only common words', say: '/roundup subscribe the' },
    { when: 'no word at all', say: '/roundup subscribe ???' },
    { when: 'too long a topic', say: `/roundup subscribe ${'attention '.repeat(31)}` },
    { when: 'too many topics', before: most, say: '/roundup subscribe robotics' },
    { when: 'a zone that there isn’t', say: '/roundup subscribe nlp at 9 Europe/Belin' },
    { when: 'too many papers', say: '/roundup subscribe nlp top 99' },
    { when: 'a setting on the lines of a form that is none', say: '/roundup subscribe nlp\n9\nUTC\nsoon\ntop 5\nlayout full' },
    { when: 'an hour of a form that there isn’t', say: '/roundup subscribe nlp\n25:00\nUTC' },
    { when: 'a button whose topic is no longer kept', say: '/roundup subscribe =abcdefghijklmnop' },
  ],
  change: [
    { when: 'the hour and the size', before: [NLP], say: '/roundup change at 8 top 5' },
    { when: 'of a paused roundup', before: [NLP, '/roundup pause'], say: '/roundup change at 8' },
    { when: 'nothing', before: [NLP], say: '/roundup change everything' },
    { when: 'a form that was opened before somebody else set other things', before: [NLP, '/roundup change top 5 full'], say: '/roundup change \n08:00\nUTC\nmondays\ntop 10\nlayout compact\nseen 09:00,UTC,1234567,10,compact' },
    { when: 'a form that was opened before somebody else set the same', before: [NLP, '/roundup change at 8 Asia/Tokyo weekdays top 5 full'], say: '/roundup change \n10:00\nEurope/Berlin\nmondays\ntop 3\nlayout each\nseen 09:00,UTC,1234567,10,compact' },
    { when: 'a form that was opened before somebody else set the same days', before: [NLP, '/roundup change weekdays'], say: '/roundup change \n\n\nmondays\n\n\nseen 09:00,UTC,1234567,10,compact' },
    { when: 'in a channel without a roundup', say: '/roundup change at 8' },
  ],
  undo: [
    { when: 'the first subscription', before: [NLP], say: '[Undo]' },
    { when: 'a change', before: [NLP, '/roundup change at 8 top 5 full'], say: '[Undo]' },
    { when: 'the first subscription, once there was a roundup', before: [NLP], given: sent, say: '[Undo]' },
    { when: 'where nothing can be taken back', before: [NLP], given: ({ db }) => db.execute(sql`delete from facts where key like 'undo:%'`), say: '/roundup undo' },
    { when: 'what is undone already', before: [NLP, '/roundup undo'], say: '/roundup undo' },
    { when: 'an earlier one than the last', before: [NLP], given: (stage) => stage.say('/roundup subscribe robotics'), say: '/roundup undo 00000000' },
    { when: 'what was changed again', before: [NLP, '/roundup size 7'], say: '/roundup undo' },
  ],
  unsubscribe: [
    { when: 'a topic', before: [NLP, '/roundup subscribe robotics'], say: '/roundup unsubscribe nlp' },
    { when: 'the last topic', before: [NLP], say: '/roundup unsubscribe nlp' },
    { when: 'all', before: [NLP], say: '/roundup unsubscribe all' },
    { when: 'a topic that it hasn’t', before: [NLP], say: '/roundup unsubscribe chess' },
    { when: 'a topic, where it has none', before: ['/roundup subscribe'], say: '/roundup unsubscribe chess' },
  ],
  list: [
    { when: 'two topics', before: [NLP, '/roundup subscribe "state space models" -survey'], say: '/roundup list' },
    { when: 'everything, posted before, silent, and what we read', before: ['/roundup subscribe everything at 9 daily UTC', '/roundup silent on', '/roundup reading weekly'], given: sent, say: '/roundup list' },
    { when: 'paused', before: [NLP, '/roundup pause'], say: '/roundup list' },
    { when: 'a lost channel', before: [NLP], given: gone, say: '/roundup list' },
    { when: 'a roundup that was ended', before: [NLP, '/roundup unsubscribe all'], say: '/roundup list' },
    { when: 'a forum', given: async (stage) => (inForum(stage), stage.say('/roundup subscribe nlp in this forum')), say: '/roundup list', on: [discord] },
    { when: 'a channel without a roundup', say: '/roundup list' },
  ],
  schedule: [
    { when: 'hour, zone and days', before: [NLP], say: '/roundup schedule 7:30pm Europe/Berlin mon,wed,fri' },
    { when: 'something else', before: [NLP], say: '/roundup schedule whenever' },
    { when: 'a time that there isn’t', before: [NLP], say: '/roundup schedule 25:00' },
    { when: 'a zone that there isn’t', before: [NLP], say: '/roundup schedule 09:00 Europe/Belin' },
    { when: 'nothing', before: [NLP], say: '/roundup schedule' },
  ],
  size: [
    { when: 'a number', before: [NLP], say: '/roundup size 3' },
    { when: 'one', before: [NLP], say: '/roundup size 1' },
    { when: 'too many', before: [NLP], say: '/roundup size 99' },
    { when: 'no number', before: [NLP], say: '/roundup size many' },
  ],
  layout: [
    { when: 'as it is', before: [NLP], say: '/roundup layout' },
    { when: 'full', before: [NLP], say: '/roundup layout full' },
    { when: 'each', before: [NLP], say: '/roundup layout each' },
  ],
  quiet: [
    { when: 'on', before: [NLP], say: '/roundup quiet on' },
    { when: 'off', before: [NLP], say: '/roundup quiet off' },
  ],
  silent: [
    { when: 'on', before: [NLP], say: '/roundup silent on' },
    { when: 'off', before: [NLP], say: '/roundup silent off' },
  ],
  taste: [
    { when: 'nothing learnt yet', before: [NLP], say: '/roundup taste' },
    { when: 'some learnt', before: learnt, say: '/roundup taste' },
    { when: 'off', before: learnt, say: '/roundup taste off' },
    { when: 'while it is off', before: [NLP, '/roundup taste off'], say: '/roundup taste' },
    { when: 'on again', before: [NLP, '/roundup taste off'], say: '/roundup taste on' },
    { when: 'reset', before: learnt, say: '/roundup taste reset' },
    { when: 'by somebody who may not', before: [NLP], say: '/roundup taste off', who: 'Gus', on: [slack, discord] },
  ],
  reading: [
    { when: 'as it is at first', before: [NLP], say: '/roundup reading' },
    { when: 'weekly', before: [NLP], say: '/roundup reading weekly' },
    { when: 'monthly', before: [NLP], say: '/roundup reading monthly' },
    { when: 'as it is', before: [NLP, '/roundup reading weekly'], say: '/roundup reading' },
    { when: 'as it is in a pause', before: [NLP, '/roundup reading weekly', '/roundup pause'], say: '/roundup reading' },
    { when: 'off', before: [NLP, '/roundup reading weekly'], say: '/roundup reading off' },
  ],
  links: [
    { when: 'as it is at first', before: [NLP], say: '/roundup links', on: [slack] },
    { when: 'off', before: [NLP], say: '/roundup links off', on: [slack] },
    { when: 'while they are off', before: [NLP, '/roundup links off'], say: '/roundup links', on: [slack] },
    { when: 'on', before: [NLP, '/roundup links off'], say: '/roundup links on', on: [slack] },
    { when: 'in a pause', before: [NLP, '/roundup pause'], say: '/roundup links', on: [slack] },
    { when: 'where there is no such thing', before: [NLP], say: '/roundup links off', on: [discord] },
  ],
  email: [
    { when: 'asked first', given: withMail(), say: '/roundup email you@lab.org nlp, cat:cs.CL at 9 weekdays Europe/Berlin top 5', after: withoutMail },
    { when: 'of everything', given: withMail(), say: '/roundup email you@lab.org', after: withoutMail },
    { when: 'to no address', given: withMail(), say: '/roundup email lab.org', after: withoutMail },
    { when: 'without one', given: withMail(), say: '/roundup email', after: withoutMail },
    { when: 'with a layout', given: withMail(), say: '/roundup email you@lab.org nlp layout full', after: withoutMail },
    { when: 'too often', given: withMail(new TryLater(3_600_000, '5 confirmations were sent for you today, which is the most in a day.')), say: '/roundup email you@lab.org nlp', after: withoutMail },
    { when: 'where it isn’t set up', say: '/roundup email you@lab.org nlp' },
  ],
  preview: [
    { when: 'of a channel', before: [NLP, '/roundup size 2'], say: '/roundup preview' },
    { when: 'of one that gets a message a paper', before: [NLP, '/roundup size 1', '/roundup layout each'], say: '/roundup preview' },
    { when: 'in a channel without a roundup', say: '/roundup preview' },
    { when: 'of a topic', say: '/roundup preview robotics' },
    { when: 'of a broad topic', given: many, say: '/roundup preview cat:math.CO' },
    { when: 'of a topic beside others', before: [NLP], say: '/roundup preview attention' },
    { when: 'of a topic of which only earlier days had papers', given: earlier, say: '/roundup preview cat:econ.GN' },
    { when: 'of a topic, where no papers came in for weeks', given: ({ clock }) => clock.moveTo('2026-10-01T09:00:00Z'), say: '/roundup preview attention' },
    { when: 'of a topic that nothing matches', say: '/roundup preview zebra' },
    { when: 'of a channel for which nothing is new', before: ['/roundup subscribe zebra at 9 daily UTC'], say: '/roundup preview' },
    { when: 'of what can’t be read', say: '/roundup preview "open' },
  ],
  now: [
    { when: 'an extra roundup', before: [NLP], say: '/roundup now' },
    { when: 'a second one', before: [NLP, '/roundup now'], say: '/roundup now' },
    { when: 'nothing new', before: ['/roundup subscribe zebra'], say: '/roundup now' },
    { when: 'where Paperround may not post', before: [NLP], given: shutOut, say: '/roundup now' },
  ],
  pause: [
    { when: 'a roundup', before: [NLP], say: '/roundup pause' },
    { when: 'what is paused already', before: [NLP, '/roundup pause'], say: '/roundup pause' },
  ],
  resume: [
    { when: 'after a pause', before: [NLP, '/roundup pause'], say: '[Resume]' },
    { when: 'what runs', before: [NLP], say: '/roundup resume' },
    { when: 'where Paperround may not post', before: [NLP, '/roundup pause'], given: shutOut, say: '/roundup resume' },
  ],
  repair: [
    { when: 'a channel of somebody else, or none', say: '/roundup repair 999999' },
    { when: 'one that is well', before: [NLP], given: aim, say: '[Go]' },
    { when: 'one that somebody paused', before: [NLP, '/roundup pause'], given: aim, say: '[Go]' },
    { when: 'one that is still lost', before: [NLP], given: async (stage) => (await lost(stage), shutOut(stage), aim(stage)), say: '[Go]' },
    { when: 'one that is back', before: [NLP], given: async (stage) => (await lost(stage), aim(stage)), say: '[Go]' },
  ],
  status: [
    { when: 'all is well', before: [NLP], given: read, say: '/roundup status' },
    { when: 'after a delivery', before: [NLP, '/roundup reading weekly'], given: sent, say: '/roundup status' },
    { when: 'paused', before: [NLP, '/roundup pause'], say: '/roundup status' },
    { when: 'lost', before: [NLP], given: async (stage) => (await lost(stage), shutOut(stage)), say: '/roundup status' },
    { when: 'in doubt', before: [NLP], given: inDoubt, say: '/roundup status' },
    { when: 'failed', before: [NLP], given: failing(new PayloadRefused('Slack answered invalid_blocks: see the reference of its Web API')), say: '/roundup status' },
    { when: 'on its way, and due', before: [NLP], given: failing(new TryLater(60_000, 'ratelimited')), say: '/roundup status' },
    { when: 'while it waits for its sources', before: [NLP], given: waiting, say: '/roundup status' },
    { when: 'a slot that is past', before: [NLP], given: ({ clock }) => clock.moveTo(TUESDAY), say: '/roundup status' },
    { when: 'while the platform can’t be asked, and a source fails', before: [NLP], given: async (stage) => (broken(stage), await read(stage, 'Hugging Face answered 503.')), say: '/roundup status' },
  ],
  history: [
    { when: 'nothing yet', before: [NLP], say: '/roundup history' },
    { when: 'posted', before: [NLP], given: sent, say: '/roundup history' },
    { when: 'posted, extra and skipped', before: [NLP], given: async (stage) => (await stage.say('/roundup now'), await stage.tick('2026-07-27T09:01:30Z'), await stage.tick(TUESDAY), await stage.tick('2026-07-29T09:00:30Z')), say: '/roundup history' },
    { when: 'on its way', before: [NLP], given: failing(new TryLater(60_000, 'ratelimited')), say: '/roundup history' },
    { when: 'being sent', before: [NLP], given: failing(new OutcomeUnknown('the answer was lost')), say: '/roundup history' },
    { when: 'posted without its thread', before: [NLP], given: withoutThread, say: '/roundup history', on: [slack, discord] },
    { when: 'in doubt', before: [NLP], given: inDoubt, say: '/roundup history' },
    { when: 'failed', before: [NLP], given: failing(new PayloadRefused('Slack answered invalid_blocks: see the reference of its Web API')), say: '/roundup history' },
    { when: 'days that were missed', before: [NLP], given: (stage) => stage.tick('2026-07-30T21:00:00Z'), say: '/roundup history' },
    { when: 'what we read in a week', before: [NLP, '/roundup reading weekly', '/paper read 2607.00001'], given: (stage) => stage.tick('2026-08-03T09:00:30Z'), say: '/roundup history' },
    { when: 'what we read in a month', before: [NLP, '/roundup reading monthly', '/paper read 2607.00001'], given: (stage) => stage.tick('2026-08-01T09:00:30Z'), say: '/roundup history' },
    { when: 'what nobody read, and what was not told', before: [NLP, '/roundup schedule mondays', '/roundup reading weekly'], given: (stage) => stage.tick('2026-08-17T09:00:30Z'), say: '/roundup history' },
  ],
  why: [
    { when: 'it was posted', before: [NLP], given: sent, say: '/roundup why 2607.00001' },
    { when: 'it was posted, and has risen since', before: [NLP], given: risen, say: '/roundup why 2607.00005' },
    { when: 'it is of no topic', before: ['/roundup subscribe robotics author:"Rosa Bonheur"'], say: '/roundup why 2607.00001' },
    { when: 'it lacks more than words', before: ['/roundup subscribe attention has:code upvotes:>90', '/roundup subscribe attention -passes', '/roundup subscribe title:tables cat:cs.CL upvotes:<3'], say: '/roundup why 2607.00005' },
    { when: 'others are ahead of it', before: [NLP, '/roundup size 1'], say: '/roundup why 2607.00004' },
    { when: 'the roundup is paused', before: [NLP, '/roundup pause'], say: '/roundup why 2607.00004' },
    { when: 'it was withdrawn', before: [NLP], say: '/roundup why 2607.00007' },
    { when: 'its days are over', before: [NLP], given: ({ clock }) => clock.moveTo('2026-08-10T08:00:00Z'), say: '/roundup why 2607.00001' },
    { when: 'its days were over before this channel was there', given: async ({ clock, say }) => (clock.moveTo('2026-08-10T08:00:00Z'), say(NLP)), say: '/roundup why 2607.00001' },
    { when: 'it was named again', before: [NLP], given: namedAgain, say: '/roundup why 2607.00005' },
    { when: 'it is on its way', before: [NLP], given: failing(new TryLater(60_000, 'ratelimited')), say: '/roundup why 2607.00001' },
    { when: 'it is in doubt', before: [NLP], given: inDoubt, say: '/roundup why 2607.00001' },
    { when: 'its message alone failed', before: ['/roundup subscribe nlp at 9 daily UTC each'], given: withoutPaper, say: '/roundup why 2607.00002', on: DIRECT },
    { when: 'the roundup failed', before: [NLP], given: failing(new PayloadRefused('Slack answered invalid_blocks: see the reference of its Web API')), say: '/roundup why 2607.00001' },
  ],
  resend: [
    { when: 'a message in doubt', before: [NLP], given: looked, say: '[Send again]' },
    { when: 'one that isn’t in doubt', before: [NLP], say: '/roundup resend 999999' },
  ],
  found: [
    { when: 'a message in doubt', before: [NLP], given: looked, say: '[It is there]' },
    { when: 'one that isn’t in doubt', before: [NLP], say: '/roundup found 999999' },
  ],
  me: [
    { when: 'no digest yet', say: '/roundup me', on: DIRECT },
    { when: 'a first one', say: '/roundup me subscribe nlp at 9 daily UTC', on: DIRECT },
    { when: 'where there are no direct messages', say: '/roundup me subscribe nlp', on: [terminal] },
    { when: 'while they can’t be reached', given: ({ adapter }) => void (adapter.tell = () => Promise.reject(new Error('no answer'))), say: '/roundup me subscribe nlp', on: DIRECT },
    { when: 'without a time zone', say: '/roundup me subscribe nlp', on: DIRECT },
    { when: 'a second topic', before: [MINE], say: '/roundup me robotics', on: DIRECT },
    { when: 'a topic that it has', before: [MINE], say: '/roundup me nlp', on: DIRECT },
    { when: 'everything, with topics', before: [MINE], say: '/roundup me subscribe everything', on: DIRECT },
    { when: 'a slip of the pen', before: [MINE], say: '/roundup me lits', on: DIRECT },
    { when: 'a verb that is used wrongly', before: [MINE], say: '/roundup me size many', on: DIRECT },
    { when: 'help', say: '/roundup me help', on: DIRECT },
    { when: 'undone', before: [MINE], say: '[Undo]', on: DIRECT },
    ...['list', 'change at 8 top 5', 'schedule 8:00', 'schedule whenever', 'size 3', 'layout', 'layout full', 'quiet off', 'silent on', 'taste', 'taste off', 'taste on', 'taste reset', 'preview', 'preview robotics', 'now', 'pause', 'status', 'history', 'why 2607.00001', 'unsubscribe nlp', 'unsubscribe chess', 'off', 'reading weekly', 'links off'].map((line) => ({ when: line, before: [MINE], say: `/roundup me ${line}`, on: DIRECT })),
    { when: 'its taste, once there is one', before: [MINE], given: async (stage) => (await stage.say('/roundup me paper save 2607.00001'), stage.say('/roundup me paper not-for-us 2607.00008')), say: '/roundup me taste', on: DIRECT },
    { when: 'its taste, while it is off', before: [MINE, '/roundup me taste off'], say: '/roundup me taste', on: DIRECT },
    { when: 'a second one now', before: [MINE, '/roundup me now'], say: '/roundup me now', on: DIRECT },
    { when: 'none now, as nothing is new', before: ['/roundup me subscribe zebra'], say: '/roundup me now', on: DIRECT },
    { when: 'nothing to preview', before: ['/roundup me subscribe zebra'], say: '/roundup me preview', on: DIRECT },
    { when: 'resumed', before: [MINE, '/roundup me pause'], say: '/roundup me resume', on: DIRECT },
    { when: 'resumed, though it runs', before: [MINE], say: '/roundup me resume', on: DIRECT },
    { when: 'history, after a morning', before: [MINE], given: sent, say: '/roundup me history', on: DIRECT },
    { when: 'why, after a morning', before: [MINE], given: sent, say: '/roundup me why 2607.00001', on: DIRECT },
    { when: 'a paper is saved under it', before: [MINE], say: '/roundup me paper save 2607.00001', on: DIRECT },
    { when: 'what was ended', before: [MINE, '/roundup me off'], say: '/roundup me', on: DIRECT },
    { when: 'the last topic of two is left', before: [MINE, '/roundup me robotics'], say: '/roundup me unsubscribe nlp', on: DIRECT },
  ],
  help: [
    { when: 'asked for', say: '/roundup help' },
    { when: 'a slip of the pen', say: '/roundup subscibe nlp' },
    { when: 'what /paper can do', say: '/roundup attention' },
    { when: 'something is broken', given: broken, say: '/roundup subscribe nlp' },
    { when: 'from outside of the channel, by somebody who has left it', given: left, say: '/roundup list' },
  ],
};

/** The button of the message that tells of a lost channel. */
function aim(stage: Stage): void {
  const { say, place } = stage;
  stage.say = async (line, who) => {
    return say(line === '[Go]' ? `/roundup repair ${(await findChannel(stage.db, place))!.id}` : line, who);
  };
}

function left(stage: Stage): void {
  const handle = stage.app.handle.bind(stage.app);
  stage.say = (line) => handle({ command: 'roundup', text: line.replace('/roundup ', ''), channel: stage.place, person: { id: 'ana', name: 'Ana', profile: async () => ({ standing: 'admin' }) }, isIn: async () => [] });
}

/** A month of papers on graphs, a third of them on trees. */
async function many({ db }: Stage): Promise<void> {
  const records = Array.from({ length: 300 }, (_, n) => aRecord({ arxivId: `2606.${String(n).padStart(5, '0')}`, title: n % 3 ? `Graphs of order ${n}` : `Trees of order ${n}`, abstract: n % 3 ? 'We count graphs.' : 'We count trees.', categories: ['math.CO'], listedOn: `2026-07-${String(1 + (n % 26)).padStart(2, '0')}` }));
  await saveRecords(db, records, new Date('2026-07-26T06:00:00Z'));
}

async function earlier({ db }: Stage): Promise<void> {
  await saveRecords(db, [aRecord({ arxivId: '2606.90001', title: 'Prices', abstract: 'We look at prices.', categories: ['econ.GN'], listedOn: '2026-07-10' })], new Date('2026-07-10T06:00:00Z'));
}
