// The trace of one paper in one channel: posted when, or why not.
import { verb, type Deps } from '../../command.ts';
import { note, type Block, type Doc } from '../../core/doc.ts';
import type { Paper } from '../../core/paper.ts';
import { jump } from '../../core/rise.ts';
import { CANDIDATE_DAYS, titleSpan } from '../../core/roundup.ts';
import { dateInWords, localDate } from '../../core/schedule.ts';
import { sourceName } from '../../core/source.ts';
import { clip, listed, plain } from '../../core/text.ts';
import { mismatch, readStoredTopic } from '../../core/topic.ts';
import { refOf, type Channel } from '../../db/channels.ts';
import { listGainers } from '../../db/rises.ts';
import { listShowings, type Showing } from '../../db/roundups.ts';
import { findSubmitter } from '../../db/submissions.ts';
import { topicLabel, topicsOf } from '../../db/topics.ts';
import { readMatchable } from '../../db/topic-words.ts';
import { completePaper, getPaper, PAPER, parsePaper, type Which } from '../paper/which.ts';
import { instantInWords, pausedInWords } from '../words.ts';
import { channelHere } from './here.ts';
import { voiceOf } from './voice.ts';

const DAY = 86_400_000;
/** Beyond this, a place in the list says nothing. */
const RANKED = 1_000;

export const why = verb<{ which: Which }>({
  name: 'why',
  summary: 'Why a paper was or wasn’t posted here',
  options: [PAPER],
  who: 'anyone',
  audience: 'asker',
  parse: parsePaper,
  complete: completePaper,
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const paper = await getPaper(call.args.which, deps);
    const verdict = await verdictOf(paper, channel, deps);
    return traceDoc(paper, channel, verdict);
  },
});

function traceDoc(paper: Paper, channel: Channel, verdict: string[]): Doc {
  const seen: Block = note(
    `First seen ${instantInWords(paper.firstSeenAt, channel.zone)}, last listed ${instantInWords(paper.listedAt, channel.zone)}, by ${listed(paper.sources.map(sourceName))}.`,
  );
  return {
    summary: `${clip(plain(paper.title), 160)}: ${verdict[0]!}`,
    blocks: [{ kind: 'item', title: titleSpan(paper), facts: verdict }, seen],
  };
}

// The same questions in the same order as a roundup asks them.
async function verdictOf(paper: Paper, channel: Channel, deps: Deps): Promise<string[]> {
  const shown = await listShowings(deps.db, channel, paper.id);
  const said = shown.flatMap((showing) => showingInWords(showing, channel));
  // A roundup that failed has shown nothing: the next one may have the paper again.
  if (shown.some(({ roundup }) => roundup.status !== 'failed')) return [...said, ...(await risenInWords(paper, channel, deps))];
  return [...(await notPosted(paper, channel, deps)), ...said];
}

async function notPosted(paper: Paper, channel: Channel, deps: Deps): Promise<string[]> {
  if (paper.withdrawn) return ['Not posted: it was withdrawn.'];
  const topics = await topicsOf(deps.db, channel.id);
  const read = readMatchable(paper);
  const against = topics.map((topic) => ({ topic, lack: mismatch(readStoredTopic(topic.query), read) }));
  const dropped = against.flatMap(({ topic, lack }) => (lack ? [`Not of topic ${topicLabel(topic)}: ${lack}.`] : []));
  const matched = against.flatMap(({ topic, lack }) => (lack ? [] : [`Matches ${topicLabel(topic)}.`]));
  if (topics.length && matched.length === 0) return dropped;
  const submission = await findSubmitter(deps.db, { channel: refOf(channel) }, paper.id);
  const listedAt = submission && submission.at > paper.listedAt ? submission.at : paper.listedAt;
  const leaves = new Date(listedAt.getTime() + CANDIDATE_DAYS * DAY);
  if (leaves < deps.now()) {
    const before = listedAt < channel.createdAt ? voiceOf(channel)(', before this channel subscribed', ', before you subscribed') : '';
    return [`Not posted: it was last listed on ${dateInWords(localDate(listedAt, channel.zone))}${before}, and other papers were ahead of it for the ${CANDIDATE_DAYS} days that it was new.`, ...matched, ...dropped];
  }
  const made = await deps.makeRoundup({ channel, ref: refOf(channel), size: RANKED });
  const rank = made.items.findIndex((item) => item.paper.id === paper.id) + 1;
  const place = rank ? `it would be number ${rank} of the next roundup` : `more than ${RANKED} papers are ahead of it for the next roundup`;
  const paused = channel.pausedWhy ? [`The roundup is ${pausedInWords(channel)}.`] : [];
  return [`Not posted yet: ${place}, which has at most ${channel.size}.`, ...paused, ...matched, ...dropped];
}

async function risenInWords(paper: Paper, channel: Channel, deps: Deps): Promise<string[]> {
  const gainers = await listGainers(deps.db, [channel.id], deps.now());
  const last = gainers.get(channel.id)?.find(({ paperId }) => paperId === paper.id);
  const risen = last && jump(last.counts, paper);
  return risen ? [`It has risen since, ${listed(risen.words)}: the next ${voiceOf(channel)('roundup', 'digest')} with new papers can name it again.`] : [];
}

function showingInWords({ roundup: { on, status, why: reason }, message, error, sentAt, why, rises }: Showing, channel: Channel): string[] {
  const voice = voiceOf(channel);
  const of = `the roundup of ${dateInWords(on)}`;
  const because = why ? `: ${why}` : '';
  if (status === 'failed') return [`It was in ${of}, which failed: ${reason ?? 'no reason given'}.`];
  if (message === 'failed') return [`It was in ${of}, and its message failed: ${error ?? 'no reason given'}.`];
  if (status === 'queued' && message !== 'sent') return [`It is in ${of}, which is on its way${because}.`];
  if (message === 'in_doubt') return [`It is in ${of}, and nobody knows whether that got through: see /roundup${voice('', ' me')} status.`];
  const shown = rises ? voice('Named here again, as rising,', 'Named to you again, as rising,') : voice('Posted here', 'Sent to you');
  return [`${shown} on ${dateInWords(on)}${because}.`, ...(sentAt ? [`Sent ${instantInWords(sentAt, channel.zone)}.`] : [])];
}
