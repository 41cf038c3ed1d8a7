import { randomBytes } from 'node:crypto';
import { verb, type Deps } from '../../command.ts';
import type { Call } from '../../core/chat.ts';
import { note, say, type Action, type Doc } from '../../core/doc.ts';
import type { Choice } from '../../core/form.ts';
import { ownerOf } from '../../core/keys.ts';
import { findChannel, openChannel, resumeChannel, setLayout, setSchedule, setSize, type Channel } from '../../db/channels.ts';
import { personOf } from '../../db/saves.ts';
import { followTopic, topicLabel, topicsOf, type FollowedTopic } from '../../db/topics.ts';
import { keepChange } from '../../db/undo.ts';
import { suggestFollowing } from '../suggest.ts';
import { byWhom, nextRunInWords, press } from '../words.ts';
import { lookAhead } from './forecast.ts';
import { placeOf } from './forum-place.ts';
import { readLine, type OneLine } from './one-line.ts';
import { openPlace } from './open-place.ts';
import { previewPress } from './presses.ts';
import { roundupInWords } from './roundup-in-words.ts';
import { linksNote } from './links.ts';
import { subscribeForm, suggestZones } from './subscribe-form.ts';
import { readSubscription, startHere } from './subscription.ts';
import { voiceOf } from './voice.ts';

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
    return subscribeForm({ ...settings, topics: deps.config.topics, now: deps.now(), asksPlace: channel.postOf !== undefined && !known, own: channel.person !== undefined }, known ? await topicsOf(deps.db, known.id) : []);
  },
  foresee: foreseeIt,
  run: (call, deps) => setUp(call, deps, { resumes: true }),
});

type Asking = Call & { args: OneLine };

/** Makes the channel what the line says, opening it where there is none, and tells it, with an Undo. Throws UserError. */
export async function setUp(call: Asking, deps: Deps, { resumes }: { resumes: boolean }): Promise<Doc> {
  const { topic: asked, schedule, size, layout, here, known, followed, start } = await readSubscription(call, deps, placeOf);
  const query = asked?.query;
  const place = resumes ? await openPlace(call, here, known !== undefined, deps) : here;
  const owner = here.person === undefined ? {} : { owner: ownerOf(call) };

  let channel = known ?? (await openChannel(deps.db, place, { ...start, ...schedule, size: size ?? start.size, layout: layout ?? LOOK.layout, createdBy: personOf(call), ...owner }, deps.now()));
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
  const guessed = !known && here.person !== undefined && !call.args.when.split(' ').includes(channel.zone) && (await call.person.profile()).zone === undefined;
  const doc = await subscribedDoc({ channel, topics, topic, query, fresh: !known, added, keeps: resumes && query === undefined && topics.length > 0, narrowed: known !== undefined && followed.length === 0 && added, guessed }, call, deps);
  return changed ? { ...doc, actions: [press('Undo', 'Undo: set it as it was', 'roundup', `undo ${change}`), ...(doc.actions ?? [])] } : doc;
}

/** What the channel would get, as the confirmation says it, and what the topic would bring, as the preview does. Throws UserError. */
export async function foreseeIt(call: Asking, deps: Deps): Promise<string> {
  const { topic, schedule, size, layout, here, known, followed, start } = await readSubscription(call, deps);
  const settings = { ...LOOK, ...start, ...schedule, ...(size === undefined ? {} : { size }), ...(layout ? { layout } : {}) };
  const isNew = topic && !followed.some(({ query }) => query === topic.query);
  const topics = [...followed, ...(isNew ? [{ query: topic.said, name: null }] : [])];
  const ahead = topic ? (await lookAhead(topic.query, topic.said, known, deps, settings)).words : [];
  return [`${voiceOf(here)('This channel', 'You')} would get ${roundupInWords({ ...settings, person: here.person }, topics)}.`, ...ahead].join(' ');
}

/** Suggestions for the fields of the form. */
export async function suggestFor(typed: string, deps: Deps, option: string): Promise<(string | Choice)[]> {
  return option === 'zone' ? suggestZones(typed, MOST_ZONES) : suggestFollowing(typed, deps);
}

const FORUM = 'Each roundup is a post of its own, under the tags that are called as its topics or categories. Type commands in any post of the forum. /roundup layout each makes each paper a post.';

interface Subscribed {
  channel: Channel;
  /** All that it follows now, and the one that was asked for. */
  topics: FollowedTopic[];
  topic: FollowedTopic | undefined;
  query: string | undefined;
  fresh: boolean;
  added: boolean;
  /** It was asked for without a topic, and has some. */
  keeps: boolean;
  narrowed: boolean;
  /** The zone is nobody's word, but the settings'. */
  guessed: boolean;
}

async function subscribedDoc({ channel, topics, topic, query, fresh, added, keeps, narrowed, guessed }: Subscribed, call: Call, deps: Deps): Promise<Doc> {
  const label = topic ? topicLabel(topic) : '';
  const place = channel.forum ? 'This forum' : 'This channel';
  const voice = voiceOf(channel);
  const known = query !== undefined && !added ? `${voice(`${place} follows`, 'You follow')} ${label} already. ${voice('It gets', 'You get')}` : undefined;
  const lead = known ?? (!fresh && added ? `Added ${label}. ${voice(`${place} now gets`, 'You now get')}` : voice(`${place} gets`, 'You get'));
  const alone = keeps ? [note(`${voice('It keeps its topics', 'You keep your topics')}; /roundup${voice('', ' me')} unsubscribe takes one away, and with none left everything that trends ${voice('is posted', 'comes')}.`)] : [];
  const ahead = query !== undefined && added ? await lookAhead(query, label, channel, deps) : undefined;
  const actions: Action[] = [
    previewPress(voice),
    press(voice('Post one now', 'Send one now'), voice('Post one now in this channel', 'Send one now to your direct messages'), 'roundup', 'now'),
  ];
  return {
    ...say(
      `${lead} ${roundupInWords(channel, topics)}.`,
      note(`${voice(`Set${byWhom(call)}. Next roundup`, 'It comes as a direct message, and nobody else sees it. Next one')}: ${nextRunInWords(channel)}. Change it with /roundup${voice('', ' me')} schedule 09:00 Europe/Berlin weekdays.`),
      ...(channel.forum && fresh ? [note(FORUM)] : []),
      ...(narrowed ? [note(`Until now ${voice('it', 'you')} got everything that trends; from now on ${label} only.`)] : []),
      ...(guessed ? [note(`The hour is in ${channel.zone}, as nobody here knows your time zone. Say it once: /roundup me schedule Europe/Berlin.`)] : []),
      ...alone,
      ...(fresh && channel.owner === null && deps.can(channel.platform).links ? [linksNote(channel)] : []),
      ...(ahead?.days ? [note(ahead.words[0]!)] : []),
    ),
    actions,
  };
}
