import { wordlessVerb } from '../../command.ts';
import { note, text, type Block } from '../../core/doc.ts';
import { layoutInWords } from '../../core/layout.ts';
import { scheduleInWords } from '../../core/schedule.ts';
import { clip, count } from '../../core/text.ts';
import { hasEnded } from '../../db/channels.ts';
import { lastSent } from '../../db/roundups.ts';
import { topicLabel, topicsOf } from '../../db/topics.ts';
import { instantInWords, nextRunInWords, press } from '../words.ts';
import { endedDoc } from './ended.ts';
import { channelHere } from './here.ts';
import { voiceOf } from './voice.ts';
import { pausePress, previewPress, resumePress } from './presses.ts';
import { readingInWords } from './reading.ts';
import { linksNote } from './links.ts';

export const list = wordlessVerb({
  name: 'list',
  summary: 'What this channel follows, and when its next roundup comes',
  who: 'anyone',
  audience: 'asker',
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    if (hasEnded(channel)) return endedDoc(channel);
    const voice = voiceOf(channel);
    const topics = await topicsOf(deps.db, channel.id);
    const last = await lastSent(deps.db, channel);
    const follows = topics.length ? count(topics.length, 'topic') : 'everything that trends';
    const summary = `${voice(`This ${channel.forum ? 'forum' : 'channel'} follows`, 'You follow')} ${follows}: ${scheduleInWords(channel)}, at most ${count(channel.size, 'paper')}.`;
    return {
      title: voice('This channel’s roundup', 'Your own digest'),
      summary,
      blocks: [
        text(summary),
        ...topics.map((topic): Block => ({
          kind: 'item',
          title: { text: topicLabel(topic), bold: true },
          ...(topic.name ? { facts: [topic.query] } : {}),
          actions: [press('Unsubscribe', `Unsubscribe ${clip(topicLabel(topic), 60)}`, 'roundup', `unsubscribe #${topic.id}`)],
        })),
        note(`Layout: ${layoutInWords(channel.layout)}.${channel.silent ? ' Posted without a sound.' : ''}`),
        ...(channel.reading ? [note(`What we read: ${readingInWords(channel)}.`)] : []),
        note(`${voice('Next roundup', 'Next one')}: ${nextRunInWords(channel)}.${last?.sentAt ? ` Last one: ${instantInWords(last.sentAt, channel.zone)}.` : ''}`),
        ...(channel.owner === null && deps.can(channel.platform).links ? [linksNote(channel)] : []),
      ],
      actions: [
        previewPress(voice),
        channel.pausedWhy ? resumePress(voice) : pausePress(voice),
        ...(channel.owner === null ? [] : [press('Turn off', 'Turn off your digest', 'roundup', 'off')]),
      ],
    };
  },
});
