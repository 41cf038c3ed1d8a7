// `/paper read` and `/paper unread`: what a person has read.
import { verb } from '../../command.ts';
import { say } from '../../core/doc.ts';
import { clip, plain } from '../../core/text.ts';
import { readPaper, unreadPaper } from '../../db/marks.ts';
import { press } from '../words.ts';
import { completePaper, getPaper, PAPER, parsePaper, type Which } from './which.ts';

export const read = verb<{ which: Which }>({
  name: 'read',
  summary: 'Mark a paper as read',
  options: [PAPER],
  who: 'anyone',
  audience: 'asker',
  parse: parsePaper,
  complete: completePaper,
  async run(call, deps) {
    const paper = await getPaper(call.args.which, deps);
    const title = clip(plain(paper.title), 120);
    await readPaper(deps.db, call, paper.id, deps.now());
    return { ...say(`Marked as read: “${title}”.`), actions: [press('Undo', `Undo: read ${clip(title, 50)}`, 'paper', `unread id:${paper.id}`)] };
  },
});

export const unread = verb<{ which: Which }>({
  name: 'unread',
  summary: 'Take back that you have read a paper',
  options: [PAPER],
  who: 'anyone',
  audience: 'asker',
  parse: parsePaper,
  complete: completePaper,
  async run(call, deps) {
    const paper = await getPaper(call.args.which, deps);
    await unreadPaper(deps.db, call, paper.id);
    return say(`No longer marked as read: “${clip(plain(paper.title), 120)}”.`);
  },
});
