import { randomBytes } from 'node:crypto';
import { verb, type Deps } from '../../command.ts';
import type { Call, ChannelRef } from '../../core/chat.ts';
import { note, say, type Action, type Doc } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import type { Choice } from '../../core/form.ts';
import { findChannel, openChannel, resumeChannel, setLayout, setSchedule, setSize, type Channel } from '../../db/channels.ts';
import { personOf } from '../../db/saves.ts';
import { followTopic, topicLabel, topicsOf, type FollowedTopic } from '../../db/topics.ts';
import { keepChange } from '../../db/undo.ts';
import { suggestFollowing } from '../suggest.ts';
import { byWhom, nextRunInWords, press } from '../words.ts';
import { readAsked, startHere } from './asked.ts';
import { lookAhead } from './forecast.ts';
import { placeOf } from './forum-place.ts';
import { readLine, type OneLine } from './one-line.ts';
import { roundupInWords } from './roundup-in-words.ts';
import { linksInWords } from './links.ts';
import { subscribeForm, suggestZones } from './subscribe-form.ts';

/** How a channel begins. */
const LOOK = { layout: 'compact', silent: false } as const;
const MOST_ZONES = 25;

export const subscribe = verb<OneLine>({
  name: 'subscribe',
  summary: 'Post a daily roundup here, of a topic or of everything that trends',
  options: [{ name: 'topic', summary: 'A topic such as nlp or "state space"; then, if you like: at 9 weekdays Europe/Berlin top 5 full', suggests: true }],
  who: 'manager',
  audience: 'channel',
  parse: readLine,
  complete: suggestFor,
  async form(call, deps) {
    const { channel } = call;
    const known = (await findChannel(deps.db, channel)) ?? (channel.postOf && (await findChannel(deps.db, channel.postOf)));
    const settings = known ?? (await startHere(call, deps));
    return subscribeForm({ ...settings, topics: deps.config.topics, now: deps.now(), asksPlace: channel.postOf !== undefined && !known }, known ? await topicsOf(deps.db, known.id) : []);
  },
  foresee: foreseeIt,
  run: (call, deps) => setUp(call, deps, { resumes: true }),
});

type Asking = Call & { args: OneLine };

/** Makes the channel what the line says, opening it where there is none, and tells it, with an Undo. Throws UserError. */
export async function setUp(call: Asking, deps: Deps, { resumes }: { resumes: boolean }): Promise<Doc> {
  const { topic: asked, schedule, size, layout, here, known, followed, start } = await readAsked(call, deps, placeOf);
  const query = asked?.query;
  if (resumes) await mayPost(here, deps);

  let channel = known ?? (await openChannel(deps.db, here, { ...start, ...schedule, size: size ?? start.size, layout: layout ?? LOOK.layout, createdBy: personOf(call) }, deps.now()));
  const added = query !== undefined && (await followTopic(deps.db, channel, query, personOf(call), deps.now()));
  if (known && schedule) channel = await setSchedule(deps.db, channel, schedule, deps.now());
  if (known && size !== undefined) channel = await setSize(deps.db, channel, size);
  if (known && layout) channel = await setLayout(deps.db, channel, layout);
  if (channel.pausedWhy && resumes) channel = await resumeChannel(deps.db, channel, deps.now());
  const topics = await topicsOf(deps.db, channel.id);
  const topic = topics.find((one) => one.query === query);
  const change = randomBytes(4).toString('hex');
  const changed = !known || added || known.pausedWhy !== channel.pausedWhy || schedule !== undefined || size !== undefined || layout !== undefined;
  if (changed) await keepChange(deps.db, channel, { id: change, was: known, left: channel, ...(added && topic ? { topic: topic.id } : {}) }, deps.now());
  const doc = await subscribedDoc({ channel, topics, topic, query, fresh: !known, added, narrowed: known !== undefined && followed.length === 0 && added }, call, deps);
  return changed ? { ...doc, actions: [press('Undo', 'Take this subscription back', 'roundup', `undo ${change}`), ...(doc.actions ?? [])] } : doc;
}

/** What the channel would get, as the confirmation says it, and what the topic would bring, as the preview does. Throws UserError. */
export async function foreseeIt(call: Asking, deps: Deps): Promise<string> {
  const { topic, schedule, size, layout, known, followed, start } = await readAsked(call, deps);
  const settings = { ...LOOK, ...start, ...schedule, ...(size === undefined ? {} : { size }), ...(layout ? { layout } : {}) };
  const isNew = topic && !followed.some(({ query }) => query === topic.query);
  const topics = [...followed, ...(isNew ? [{ query: topic.said, name: null }] : [])];
  const ahead = topic ? (await lookAhead(topic.query, topic.said, known, deps, settings)).words : [];
  return [`This channel would get ${roundupInWords(settings, topics)}.`, ...ahead].join(' ');
}

/** Suggestions for the fields of the form. */
export async function suggestFor(typed: string, deps: Deps, option: string): Promise<(string | Choice)[]> {
  return option === 'zone' ? suggestZones(typed, MOST_ZONES) : suggestFollowing(typed, deps);
}

async function mayPost(ref: ChannelRef, deps: Deps): Promise<void> {
  const preflight = await deps.preflight(ref);
  if (!preflight.ok) throw new UserError(`${preflight.problem} ${preflight.fix} Then subscribe again.`);
}

const FORUM = 'Each roundup is a post of its own, under those of the forum’s tags that are called as its topics or categories. Commands are typed in any post of the forum. /roundup layout each makes each paper a post.';

interface Subscribed {
  channel: Channel;
  /** All that it follows now, and the one that was asked for. */
  topics: FollowedTopic[];
  topic: FollowedTopic | undefined;
  query: string | undefined;
  fresh: boolean;
  added: boolean;
  narrowed: boolean;
}

async function subscribedDoc({ channel, topics, topic, query, fresh, added, narrowed }: Subscribed, call: Call, deps: Deps): Promise<Doc> {
  const label = topic ? topicLabel(topic) : '';
  const place = channel.forum ? 'This forum' : 'This channel';
  const lead = query !== undefined && !added ? `${place} follows ${label} already. It` : !fresh && added ? `Added ${label}. ${place} now` : place;
  const alone = query === undefined && topics.length > 0 ? [note('It keeps its topics; /roundup unsubscribe takes one away, and with none left everything that trends is posted.')] : [];
  const ahead = query !== undefined && added ? await lookAhead(query, label, channel, deps) : undefined;
  const actions: Action[] = [
    press('Preview', 'Preview the roundup of this channel', 'roundup', 'preview'),
    press('Post one now', 'Post a roundup in this channel now', 'roundup', 'now'),
  ];
  return {
    ...say(
      `${lead} gets ${roundupInWords(channel, topics)}.`,
      note(`Set${byWhom(call)}. Next roundup: ${nextRunInWords(channel)}. Change it with /roundup schedule 09:00 Europe/Berlin weekdays.`),
      ...(channel.forum && fresh ? [note(FORUM)] : []),
      ...(narrowed ? [note(`Until now it got everything that trends; from now on ${label} only.`)] : []),
      ...alone,
      ...(fresh && deps.can(channel.platform).links ? [note(`${linksInWords(channel)} /roundup links off changes that.`)] : []),
      ...(ahead?.papers ? [note(ahead.words[0]!)] : []),
    ),
    actions,
  };
}
