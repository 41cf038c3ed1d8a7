import { wordlessVerb } from '../../command.ts';
import { say } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { refOf } from '../../db/channels.ts';
import { channelHere, checkMayPost } from './here.ts';
import { voiceOf } from './voice.ts';

export const now = wordlessVerb({
  name: 'now',
  summary: 'Post an extra roundup here now, once a day',
  who: 'manager',
  audience: 'asker',
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const voice = voiceOf(channel);
    await checkMayPost(refOf(channel), 'try', deps);
    switch (await deps.postNow(channel)) {
      case 'queued':
        return say(voice('An extra roundup is on its way. The daily one comes at its own hour.', 'An extra digest is on its way to your direct messages. The daily one comes at its own hour.'));
      case 'already':
        throw new UserError(voice('This channel has had its extra roundup today. /roundup preview shows what is new since.', 'You have had your extra digest today. /roundup me preview shows what is new since.'));
      case 'nothing new':
        return say(voice('There is nothing new for this channel right now, so nothing was posted.', 'There is nothing new for you right now, so nothing was sent.'));
    }
  },
});
