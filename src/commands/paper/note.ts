import { verb } from '../../command.ts';
import { say } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { clip, plain, tidy } from '../../core/text.ts';
import { notePaper } from '../../db/marks.ts';
import { press } from '../words.ts';
import { completePaper, getPaper, PAPER, readWhich, type Which } from './which.ts';

const LONGEST = 1_000;

export const note = verb<{ which: Which; words: string }>({
  name: 'note',
  summary: 'Your own note on a paper, for your eyes only; without words it is deleted',
  options: [
    PAPER,
    { name: 'words', summary: 'What you want to remember; nothing deletes the note' },
  ],
  who: 'anyone',
  audience: 'asker',
  parse(words) {
    const [, id = '', text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(words) ?? [];
    const which = readWhich(id);
    return which && { which, words: tidy(text) };
  },
  complete: completePaper,
  async run(call, deps) {
    const { which, words } = call.args;
    if (words.length > LONGEST) throw new UserError(`A note has at most ${LONGEST.toLocaleString('en-US')} characters, and this one has ${words.length.toLocaleString('en-US')}. Shorten it, and say it again.`);
    const paper = await getPaper(which, deps);
    const title = clip(plain(paper.title), 120);
    await notePaper(deps.db, call, paper.id, words, deps.now());
    if (!words) return say(`You have no note on “${title}” now.`);
    return {
      ...say(`Noted on “${title}”, for you alone. It stands in /paper saved and in what you export.`),
      actions: [press('Delete note', `Delete note on ${clip(title, 50)}`, 'paper', `note id:${paper.id}`), press('Save', `Save: ${clip(title, 50)}`, 'paper', `save id:${paper.id}`)],
    };
  },
});
