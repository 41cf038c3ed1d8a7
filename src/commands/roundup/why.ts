// The trace of one paper in one channel: posted when, or why not.
import { verb, type Deps } from '../../command.ts';
import { note, type Block, type Doc } from '../../core/doc.ts';
import type { Paper } from '../../core/paper.ts';
import { CANDIDATE_DAYS, titleSpan } from '../../core/roundup.ts';
import { dateInWords, localDate } from '../../core/schedule.ts';
import { sourceName } from '../../core/source.ts';
import { clip, listed, plain } from '../../core/text.ts';
import { matchable, mismatch, parseTopic } from '../../core/topic.ts';
import type { Channel } from '../../db/channels.ts';
import { listShowings } from '../../db/roundups.ts';
import { topicLabel, topicsOf } from '../../db/topics.ts';
import { getPaper, readWhich, type Which } from '../paper/which.ts';
import { instantInWords } from '../words.ts';
import { channelHere } from './here.ts';

const DAY = 86_400_000;

export const why = verb<{ which: Which }>({
  name: 'why',
  summary: 'Why a paper was or wasn’t posted here',
  options: [{ name: 'paper', summary: 'An arXiv id or link', required: true }],
  who: 'anyone',
  audience: 'asker',
  parse(words) {
    const which = readWhich(words);
    return which && { which };
  },
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
  if (shown.length) return shown.map(({ roundup, why: reason }) => `Posted here on ${dateInWords(roundup.on)}${reason ? `: ${reason}` : ''}.`);
  if (paper.withdrawn) return ['Not posted: it was withdrawn.'];
  const topics = await topicsOf(deps.db, channel.id);
  const against = topics.map((topic) => ({ topic, lack: mismatch(parseTopic(topic.query), matchable(paper)) }));
  if (topics.length && against.every(({ lack }) => lack)) return against.map(({ topic, lack }) => `Not of topic ${topicLabel(topic)}: ${lack}.`);
  const leaves = new Date(paper.listedAt.getTime() + CANDIDATE_DAYS * DAY);
  if (leaves < deps.now()) {
    const before = paper.listedAt < channel.createdAt ? ', before this channel subscribed' : '';
    return [`Not posted: it was last listed on ${dateInWords(localDate(paper.listedAt, channel.zone))}${before}, and other papers were ahead of it for the ${CANDIDATE_DAYS} days that it was new.`];
  }
  const made = await deps.makeRoundup({ channel, ref: { ...channel, id: channel.externalId, name: channel.name ?? '' }, size: 1000 });
  const rank = made.items.findIndex((item) => item.paper.id === paper.id) + 1;
  const matched = against.filter(({ lack }) => !lack).map(({ topic }) => `Matches ${topicLabel(topic)}.`);
  return [`Not posted yet: it would be number ${rank} of the next roundup, which has at most ${channel.size}.`, ...matched];
}
