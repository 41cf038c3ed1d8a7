import type { Layout } from '../../core/layout.ts';
import { scheduleInWords } from '../../core/schedule.ts';
import { count, listed } from '../../core/text.ts';
import type { Channel } from '../../db/channels.ts';
import { topicLabel, type FollowedTopic } from '../../db/topics.ts';
import { voiceOf, type Whose } from './voice.ts';

const LOOKS: Record<Layout, string> = { compact: '', full: ', in full', each: ', one message a paper' };

/** `a roundup on nlp and robotics: weekdays at 09:00, Europe/Berlin, at most 10 papers`: all that a channel has set. */
export function roundupInWords(channel: Pick<Channel, 'zone' | 'at' | 'days' | 'size' | 'layout' | 'silent'> & Whose, topics: Pick<FollowedTopic, 'query' | 'name'>[]): string {
  const about = topics.length ? `on ${listed(topics.map(topicLabel))}` : 'of everything that trends';
  return `${voiceOf(channel)('a roundup', 'a digest')} ${about}: ${scheduleInWords(channel)}, at most ${count(channel.size, 'paper')}${LOOKS[channel.layout]}${channel.silent ? ', without a sound' : ''}`;
}
