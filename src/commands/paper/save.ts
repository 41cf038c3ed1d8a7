import { verb } from '../../command.ts';
import { say } from '../../core/doc.ts';
import { clip, plain } from '../../core/text.ts';
import { personOf, savePaper, unsavePaper } from '../../db/saves.ts';
import { press } from '../words.ts';
import { completePaper, getPaper, PAPER, parsePaperOrUndo, type Which } from './which.ts';

export const save = verb<{ which: Which; undo: boolean }>({
  name: 'save',
  summary: 'Keep a paper; your team’s saves count in what trends here',
  options: [PAPER],
  who: 'anyone',
  audience: 'asker',
  parse: parsePaperOrUndo,
  complete: completePaper,
  async run(call, deps) {
    const paper = await getPaper(call.args.which, deps);
    const title = clip(plain(paper.title), 120);
    if (call.args.undo) {
      await unsavePaper(deps.db, personOf(call), paper.id);
      return say(`No longer saved: “${title}”.`);
    }
    const added = await savePaper(deps.db, call, paper.id, deps.now());
    return {
      ...say(added ? `Saved: “${title}”.` : `You had saved this already: “${title}”.`),
      actions: [press('Undo', `Undo: save ${clip(title, 50)}`, 'paper', `save undo id:${paper.id}`)],
    };
  },
});
