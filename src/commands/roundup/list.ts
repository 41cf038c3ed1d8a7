import { wordlessVerb } from '../../command.ts';
import { note, text, type Block } from '../../core/doc.ts';
import { layoutInWords } from '../../core/layout.ts';
import { scheduleInWords } from '../../core/schedule.ts';
import { clip, count } from '../../core/text.ts';
import { lastSent } from '../../db/roundups.ts';
import { topicLabel, topicsOf } from '../../db/topics.ts';
import { instantInWords, nextRunInWords, press } from '../words.ts';
import { channelHere } from './here.ts';
import { readingInWords } from './reading.ts';
import { linksInWords } from './links.ts';

export const list = wordlessVerb({
  name: 'list',
  summary: 'What this channel follows, and when its next roundup comes',
  who: 'anyone',
  audience: 'asker',
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const topics = await topicsOf(deps.db, channel.id);
    const last = await lastSent(deps.db, channel);
    const follows = topics.length ? count(topics.length, 'topic') : 'everything that trends';
    const summary = `This ${channel.forum ? 'forum' : 'channel'} follows ${follows}: ${scheduleInWords(channel)}, at most ${count(channel.size, 'paper')}.`;
    return {
      title: 'This channel’s roundup',
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
        note(`Next roundup: ${nextRunInWords(channel)}.${last?.sentAt ? ` Last one: ${instantInWords(last.sentAt, channel.zone)}.` : ''}`),
        ...(deps.can(channel.platform).links ? [note(`${linksInWords(channel)} /roundup links ${channel.links ? 'off' : 'on'} changes that.`)] : []),
      ],
      actions: [
        press('Preview', 'Preview the roundup of this channel', 'roundup', 'preview'),
        channel.pausedWhy ? press('Resume', 'Resume the roundup of this channel', 'roundup', 'resume') : press('Pause', 'Pause the roundup of this channel', 'roundup', 'pause'),
      ],
    };
  },
});
