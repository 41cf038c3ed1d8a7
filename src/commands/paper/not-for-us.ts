import { verb } from '../../command.ts';
import { say } from '../../core/doc.ts';
import { clip, plain } from '../../core/text.ts';
import type { Channel } from '../../db/channels.ts';
import { dismissPaper, undismissPaper } from '../../db/saves.ts';
import { findHere } from '../roundup/here.ts';
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
    const title = clip(plain(paper.title), 120);
    if (call.args.undo) {
      await undismissPaper(deps.db, call, paper.id);
      return say(`Taken back: “${title}” may be for this channel after all.`);
    }
    const added = await dismissPaper(deps.db, call, paper.id, deps.now());
    const said = added ? `Noted, not for this channel: “${title}”.` : `You had said so already: “${title}” is not for this channel.`;
    return {
      ...say(`${said} ${effectOn(await findHere(call.channel, deps))}`),
      actions: [press('Undo', `Take back: not for us ${clip(title, 50)}`, 'paper', `not-for-us undo id:${paper.id}`)],
    };
  },
});

function effectOn(channel: Channel | undefined): string {
  if (!channel) return 'It counts once this channel has a roundup: /roundup subscribe.';
  if (!channel.taste) return 'But this channel’s taste is off, so it changes nothing. /roundup taste on lets it count.';
  return 'Papers like it will stand lower in this channel’s roundup; none is hidden.';
}
