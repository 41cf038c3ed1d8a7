// A roundup that somebody has ended: its settings are kept, and nothing comes.
import { note, say, type Doc } from '../../core/doc.ts';
import { scheduleInWords } from '../../core/schedule.ts';
import { count } from '../../core/text.ts';
import type { Channel } from '../../db/channels.ts';
import { press } from '../words.ts';
import { voiceOf } from './voice.ts';

export function endedDoc(channel: Channel): Doc {
  const voice = voiceOf(channel);
  return {
    ...say(
      voice(`This ${channel.forum ? 'forum' : 'channel'} gets no roundup any more: it was ended.`, 'You get no digest any more: it was ended.'),
      note(`Schedule and size are kept: ${scheduleInWords(channel)}, at most ${count(channel.size, 'paper')}.`),
    ),
    actions: [press('Subscribe again', 'Subscribe again to everything that trends', 'roundup', 'subscribe'), press('Preview', voice('Preview what would be posted', 'Preview what would come'), 'roundup', 'preview')],
  };
}
