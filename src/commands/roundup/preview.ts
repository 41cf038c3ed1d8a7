import { verb, type Deps } from '../../command.ts';
import type { Call } from '../../core/chat.ts';
import { note, say, text, type Action, type Block, type Doc } from '../../core/doc.ts';
import { listItem } from '../../core/roundup.ts';
import { dateInWords } from '../../core/schedule.ts';
import { clip, inQuotes } from '../../core/text.ts';
import type { Channel } from '../../db/channels.ts';
import { getPapers } from '../../db/papers.ts';
import { topicsOf } from '../../db/topics.ts';
import { suggestFollowing } from '../suggest.ts';
import { press } from '../words.ts';
import { lookAhead, type Outlook } from './forecast.ts';
import { findHere } from './here.ts';
import { fullTopic, readTopic, topicPress } from './said-topic.ts';
import { voiceOf } from './voice.ts';

type Made = Awaited<ReturnType<Deps['makeRoundup']>>;

/** Papers that show what a topic is like, where today has fewer. */
const SAMPLES = 3;

const EACH = note('Posted, each paper is a message of its own, with more of its abstract.');
const ONLY_YOU = note('Only you see this. Nothing was posted.');

export const preview = verb<{ topic: string }>({
  name: 'preview',
  summary: 'What would be posted here now, for your eyes only; with a topic: what that would bring',
  options: [{ name: 'topic', summary: 'A topic to try before subscribing', suggests: true }],
  who: 'anyone',
  audience: 'asker',
  parse: (words) => ({ topic: words }),
  complete: suggestFollowing,
  async run(call, deps) {
    const channel = await findHere(call.channel, deps);
    const voice = voiceOf(call.channel);
    const topic = await fullTopic(call.args.topic, deps);
    if (topic) return topicDoc(topic, channel, call, deps);
    const made = await deps.makeRoundup({ channel, ref: call.channel });
    if (made.items.length === 0) return say(voice('There is nothing new for this channel right now. /roundup history has what was posted.', 'There is nothing new for you right now. /roundup me history has what came.'));
    const doc = { ...titled(made), blocks: [...made.doc.blocks, ...(channel?.layout === 'each' ? [EACH] : []), ONLY_YOU] };
    return channel ? doc : { ...doc, actions: [press(voice('Subscribe this channel', 'Subscribe'), voice('Subscribe this channel', 'Subscribe: get this as your own digest'), 'roundup', 'subscribe'), ...(doc.actions ?? [])] };
  },
});

async function topicDoc(topic: string, channel: Channel | undefined, call: Call, deps: Deps): Promise<Doc> {
  const query = readTopic(topic, deps);
  const made = await deps.makeRoundup({ channel, ref: call.channel, topics: [query] });
  const outlook = await lookAhead(query, topic, channel, deps);
  const doc = made.items.length ? titled(made) : say(`Nothing of the last days matches ${inQuotes(topic)}. ${outlook.papers ? 'New papers come in every day.' : 'Check how it is spelled, or try fewer words.'}`);
  return {
    ...doc,
    summary: outlook.words.join(' '),
    blocks: [text(outlook.words.join(' ')), ...doc.blocks, ...(await samples(made, outlook, deps)), ONLY_YOU],
    actions: [...(await presses(topic, query, outlook, channel, call, deps)), ...(doc.actions ?? [])],
  };
}

// A preview is one message: what a thread would hold is one press away.
function titled({ doc: { replies: _, ...doc } }: Made): Doc {
  return { ...doc, title: `Preview: ${doc.title}` };
}

async function samples({ items }: Made, { best }: Outlook, deps: Deps): Promise<Block[]> {
  const shown = new Set(items.map(({ paper }) => paper.id));
  const papers = await getPapers(deps.db, best.filter((id) => !shown.has(id)).slice(0, Math.max(0, SAMPLES - items.length)));
  const listed = papers.map((paper) => listItem({ paper, why: paper.publishedOn ? [dateInWords(paper.publishedOn)] : [] }, undefined, false));
  return listed.length ? [note('Earlier papers that it would have brought:'), ...listed] : [];
}

async function presses(topic: string, query: string, { narrower }: Outlook, channel: Channel | undefined, call: Call, deps: Deps): Promise<Action[]> {
  const followed = channel ? (await topicsOf(deps.db, channel.id)).some((one) => one.query === query) : false;
  return [
    ...(followed ? [] : [press('Subscribe', `${voiceOf(call.channel)('Subscribe this channel to', 'Subscribe to a digest on')} ${clip(topic, 50)}`, 'roundup', await topicPress('subscribe', topic, deps))]),
    ...(narrower ? [press(`Without “${narrower.without}”`, `Without “${narrower.without}”: preview the topic`, 'roundup', await topicPress('preview', narrower.query, deps))] : []),
  ];
}
