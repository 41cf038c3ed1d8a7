import { randomBytes } from 'node:crypto';
import { verb, type Deps } from '../../command.ts';
import type { Call } from '../../core/chat.ts';
import { note, say, type Action, type Doc } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { ownerOf } from '../../core/keys.ts';
import { parseSchedule, type Schedule } from '../../core/schedule.ts';
import { tidy } from '../../core/text.ts';
import { findChannel, openChannel, resumeChannel, setSchedule, setSize, type Channel } from '../../db/channels.ts';
import { personOf } from '../../db/saves.ts';
import { suggestTitles } from '../../db/search/index.ts';
import { followTopic, suggestTopics, topicLabel, topicsOf, type FollowedTopic } from '../../db/topics.ts';
import { keepChange } from '../../db/undo.ts';
import { nextRunInWords, press } from '../words.ts';
import { lookAhead } from './forecast.ts';
import { readLine, type OneLine } from './one-line.ts';
import { openPlace } from './open-place.ts';
import { roundupInWords } from './roundup-in-words.ts';
import { fullTopic, readTopic } from './said-topic.ts';
import { checkSize } from './size.ts';
import { subscribeForm, suggestZones } from './subscribe-form.ts';
import { voiceOf } from './voice.ts';

const MOST_TOPICS = 20;
const MOST_SUGGESTED = 20;
/** A suggestion that is longer is cut by some platform. */
const PHRASE = 75;

export const subscribe = verb<OneLine>({
  name: 'subscribe',
  summary: 'Post a daily roundup here, of a topic or of everything that trends',
  options: [{ name: 'topic', summary: 'A topic such as nlp or "state space"; then, if you like: at 9 weekdays Europe/Berlin top 5', suggests: true }],
  who: 'manager',
  audience: 'channel',
  parse: readLine,
  complete: async (typed, deps, option) => (option === 'zone' ? suggestZones(typed, MOST_SUGGESTED) : suggest(typed, deps)),
  async form(call, deps) {
    return call.text ? undefined : subscribeForm((await findChannel(deps.db, call.channel)) ?? (await startHere(call, deps)));
  },
  async run(call, deps) {
    const { when, size } = call.args;
    const voice = voiceOf(call.channel);
    const said = await fullTopic(call.args.topic, deps);
    const query = said ? readTopic(said, deps) : undefined;
    const known = await findChannel(deps.db, call.channel);
    const start = known ?? (await startHere(call, deps));
    const schedule = when ? readWhen(when, start) : undefined;
    if (size !== undefined) checkSize(size);
    const followed = known ? await topicsOf(deps.db, known.id) : [];
    if (query && followed.length >= MOST_TOPICS) throw new UserError(`${voice('This channel follows', 'You follow')} ${MOST_TOPICS} topics already. Unsubscribe one first: /roundup${voice('', ' me')} list shows them.`);
    const place = await openPlace(call, known !== undefined, deps);

    let channel = known ?? (await openChannel(deps.db, place, { ...start, ...schedule, size: size ?? start.size, createdBy: personOf(call), ...(call.channel.person === undefined ? {} : { owner: ownerOf(call) }) }, deps.now()));
    const added = query !== undefined && (await followTopic(deps.db, channel, query, personOf(call), deps.now()));
    if (known && schedule) channel = await setSchedule(deps.db, channel, schedule, deps.now());
    if (known && size !== undefined) channel = await setSize(deps.db, channel, size);
    if (channel.pausedWhy) channel = await resumeChannel(deps.db, channel, deps.now());
    const topics = await topicsOf(deps.db, channel.id);
    const guessed = !known && call.channel.person !== undefined && !when.split(' ').includes(channel.zone) && (await call.person.profile()).zone === undefined;
    const topic = topics.find((one) => one.query === query);
    const change = randomBytes(4).toString('hex');
    const changed = !known || added || known.pausedWhy !== null || schedule !== undefined || size !== undefined;
    if (changed) await keepChange(deps.db, channel, { id: change, was: known, left: channel, ...(added && topic ? { topic: topic.id } : {}) }, deps.now());
    const doc = await subscribedDoc({ channel, topics, topic, query, fresh: !known, added, narrowed: known !== undefined && followed.length === 0 && added, guessed }, deps);
    return changed ? { ...doc, actions: [press('Undo', 'Take this subscription back', 'roundup', `undo ${change}`), ...(doc.actions ?? [])] } : doc;
  },
});

// Ready-made topics, then the titles of papers, as phrases.
async function suggest(typed: string, deps: Deps): Promise<string[]> {
  const topics = await suggestTopics(deps.db, typed, MOST_SUGGESTED);
  const titles = typed.trim() ? await suggestTitles(deps.db, typed, MOST_SUGGESTED - topics.length, deps.now()) : [];
  return [...topics, ...titles.map(({ title }) => `"${tidy(title).replaceAll('"', '')}"`).filter((phrase) => phrase.length <= PHRASE)];
}

/** A new channel's schedule and size: the settings', in the zone of who subscribes. */
async function startHere(call: Call, deps: Deps): Promise<Schedule & { size: number }> {
  const { zone = deps.config.channel.zone } = await call.person.profile();
  return { ...deps.config.channel, zone };
}

function readWhen(words: string, { zone, at, days }: Schedule): Schedule {
  const schedule = parseSchedule(words, { zone, at, days });
  if (!schedule) throw new UserError(`“${words}” is not a time, a zone or days. Say it like “at 9 weekdays Europe/Berlin”.`);
  return schedule;
}

interface Subscribed {
  channel: Channel;
  /** All that it follows now, and the one that was asked for. */
  topics: FollowedTopic[];
  topic: FollowedTopic | undefined;
  query: string | undefined;
  fresh: boolean;
  added: boolean;
  narrowed: boolean;
  /** The zone is nobody's word, but the settings'. */
  guessed: boolean;
}

async function subscribedDoc({ channel, topics, topic, query, fresh, added, narrowed, guessed }: Subscribed, deps: Deps): Promise<Doc> {
  const label = topic ? topicLabel(topic) : '';
  const voice = voiceOf(channel);
  const known = query !== undefined && !added ? `${voice('This channel follows', 'You follow')} ${label} already. ${voice('It gets', 'You get')}` : undefined;
  const lead = known ?? (!fresh && added ? `Added ${label}. ${voice('This channel now gets', 'You now get')}` : voice('This channel gets', 'You get'));
  const alone = query === undefined && topics.length > 0 ? [note(`${voice('It keeps its topics', 'You keep your topics')}; /roundup${voice('', ' me')} unsubscribe takes one away, and with none left everything that trends ${voice('is posted', 'comes')}.`)] : [];
  const ahead = query !== undefined && added ? await lookAhead(query, label, channel, deps) : undefined;
  const actions: Action[] = [
    press('Preview', voice('Preview the roundup of this channel', 'Preview your digest'), 'roundup', 'preview'),
    press(voice('Post one now', 'Send one now'), voice('Post a roundup in this channel now', 'Send a digest to your direct messages now'), 'roundup', 'now'),
  ];
  return {
    ...say(
      `${lead} ${roundupInWords(channel, topics)}.`,
      note(`${voice('Next roundup', 'It comes as a direct message, and nobody else sees it. Next one')}: ${nextRunInWords(channel)}. Change it with /roundup${voice('', ' me')} schedule 09:00 Europe/Berlin weekdays.`),
      ...(narrowed ? [note(`Until now ${voice('it', 'you')} got everything that trends; from now on ${label} only.`)] : []),
      ...(guessed ? [note(`The hour is in ${channel.zone}, as nobody here knows your time zone. Say it once: /roundup me schedule Europe/Berlin.`)] : []),
      ...alone,
      ...(ahead?.papers ? [note(ahead.words[0]!)] : []),
    ),
    actions,
  };
}
