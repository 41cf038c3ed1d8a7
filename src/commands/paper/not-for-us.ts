import { verb } from '../../command.ts';
import { say } from '../../core/doc.ts';
import { clip, plain } from '../../core/text.ts';
import type { Channel } from '../../db/channels.ts';
import { dismissPaper, undismissPaper } from '../../db/saves.ts';
import { findHere } from '../roundup/here.ts';
import { voiceOf, type Voice } from '../roundup/voice.ts';
import { press } from '../words.ts';
import { completePaper, getPaper, PAPER, parsePaperOrUndo, type Which } from './which.ts';

export const notForUs = verb<{ which: Which; undo: boolean }>({
  name: 'not-for-us',
  summary: 'Papers like this one stand lower in this channel’s roundup',
  options: [PAPER],
  who: 'anyone',
  audience: 'asker',
  parse: parsePaperOrUndo,
  complete: completePaper,
  async run(call, deps) {
    const paper = await getPaper(call.args.which, deps);
    const voice = voiceOf(call.channel);
    const us = voice('this channel', 'you');
    const title = clip(plain(paper.title), 120);
    if (call.args.undo) {
      await undismissPaper(deps.db, call, paper.id);
      return say(`Taken back: “${title}” may be for ${us} after all.`);
    }
    const added = await dismissPaper(deps.db, call, paper.id, deps.now());
    const said = added ? `Noted, not for ${us}: “${title}”.` : `You had said so already: “${title}” is not for ${us}.`;
    return {
      ...say(`${said} ${effectOn(await findHere(call.channel, deps), voice)}`),
      actions: [press('Undo', `Undo: not for us ${clip(title, 50)}`, 'paper', `not-for-us undo id:${paper.id}`)],
    };
  },
});

function effectOn(channel: Channel | undefined, voice: Voice): string {
  if (!channel) return voice('It counts once this channel has a roundup: /roundup subscribe.', 'It counts once you have a digest: /roundup me subscribe.');
  if (!channel.taste) return voice('But this channel’s taste is off, so it changes nothing. /roundup taste on lets it count.', 'But your taste is off, so it changes nothing. /roundup me taste on lets it count.');
  return `Papers like it will stand lower in ${voice('this channel’s roundup', 'your digest')}; none is hidden.`;
}
