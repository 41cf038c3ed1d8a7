import { verb, type Deps } from '../../command.ts';
import type { Call, ChannelRef } from '../../core/chat.ts';
import { note, say, type Doc } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { scheduleInWords } from '../../core/schedule.ts';
import { count, listed } from '../../core/text.ts';
import { findChannel, openChannel, resumeChannel, type Channel } from '../../db/channels.ts';
import { personOf } from '../../db/saves.ts';
import { followTopic, suggestTopics, topicLabel, topicsOf } from '../../db/topics.ts';
import { nextRunInWords, press } from '../words.ts';
import { lookAhead } from './forecast.ts';
import { fullTopic, readTopic } from './said-topic.ts';

const MOST_TOPICS = 20;

export const subscribe = verb<{ topic: string }>({
  name: 'subscribe',
  summary: 'Post a daily roundup here, of a topic or of everything that trends',
  options: [{ name: 'topic', summary: 'Words, "phrases", a ready-made topic such as nlp; empty for everything', suggests: true }],
  who: 'manager',
  audience: 'channel',
  parse: (words) => ({ topic: words }),
  complete: (typed, deps) => suggestTopics(deps.db, typed, 20),
  async run(call, deps) {
    const said = await fullTopic(call.args.topic, deps);
    const query = said ? readTopic(said, deps) : undefined;
    await mayPost(call.channel, deps);
    const known = await findChannel(deps.db, call.channel);
    let channel = known ?? (await open(call, deps));
    const before = await topicsOf(deps.db, channel.id);
    if (query && before.length >= MOST_TOPICS) throw new UserError(`This channel follows ${MOST_TOPICS} topics already. Unsubscribe one first: /roundup list shows them.`);
    const added = query !== undefined && (await followTopic(deps.db, channel, query, personOf(call), deps.now()));
    if (channel.pausedWhy) channel = await resumeChannel(deps.db, channel, deps.now());
    return subscribedDoc(channel, query, { fresh: !known, added, narrowed: Boolean(known) && before.length === 0 && added }, deps);
  },
});

async function mayPost(ref: ChannelRef, deps: Deps): Promise<void> {
  const preflight = await deps.preflight(ref);
  if (!preflight.ok) throw new UserError(`${preflight.problem} ${preflight.fix} Then subscribe again.`);
}

async function open(call: Call, deps: Deps): Promise<Channel> {
  const { zone = deps.config.channel.zone } = await call.person.profile();
  return openChannel(deps.db, call.channel, { ...deps.config.channel, zone, createdBy: personOf(call) }, deps.now());
}

async function subscribedDoc(
  channel: Channel,
  query: string | undefined,
  was: { fresh: boolean; added: boolean; narrowed: boolean },
  deps: Deps,
): Promise<Doc> {
  const topics = await topicsOf(deps.db, channel.id);
  const label = topicLabel({ query: query ?? '', name: topics.find((topic) => topic.query === query)?.name ?? null });
  const about = topics.length ? `on ${listed(topics.map(topicLabel))}` : 'of everything that trends';
  const lead = query !== undefined && !was.added ? `This channel follows ${label} already. It` : !was.fresh && was.added ? `Added ${label}. This channel now` : 'This channel';
  const summary = `${lead} gets a roundup ${about}: ${scheduleInWords(channel)}, at most ${count(channel.size, 'paper')}.`;
  const alone = query === undefined && topics.length > 0 ? [note('It keeps its topics; /roundup unsubscribe takes one away, and with none left everything that trends is posted.')] : [];
  const ahead = query !== undefined && was.added ? await lookAhead(query, label, channel, deps) : undefined;
  const narrowed = was.narrowed ? [note(`Until now it got everything that trends; from now on ${label} only.`)] : [];
  return {
    ...say(summary, note(`Next roundup: ${nextRunInWords(channel)}. Change it with /roundup schedule 09:00 Europe/Berlin weekdays.`), ...narrowed, ...alone, ...(ahead?.papers ? [note(ahead.words[0]!)] : [])),
    actions: [
      press('Preview', 'Preview the roundup of this channel', 'roundup', 'preview'),
      press('Post one now', 'Post a roundup in this channel now', 'roundup', 'now'),
    ],
  };
}
