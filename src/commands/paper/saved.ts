// `/paper saved`: what I kept, and what people of this channel kept.
import { verb, type Deps } from '../../command.ts';
import type { Call } from '../../core/chat.ts';
import { note, say, type Action, type Block, type Doc } from '../../core/doc.ts';
import type { Paper } from '../../core/paper.ts';
import { paperRow } from '../../core/roundup.ts';
import { dateInWords, localDate } from '../../core/schedule.ts';
import { clip, count, tidy } from '../../core/text.ts';
import { getPapers } from '../../db/papers.ts';
import { listSaved, listSavedHere } from '../../db/saved.ts';
import { voiceOf } from '../roundup/voice.ts';
import { HOW_TO_SAVE, press } from '../words.ts';

const PAGE = 5;

export const saved = verb<{ here: boolean; page: number }>({
  name: 'saved',
  summary: 'What you saved, or what was saved in this channel',
  options: [
    { name: 'here', summary: 'The word here: what people saved in this channel' },
    { name: 'page', summary: 'A number; 1 has the newest' },
  ],
  who: 'anyone',
  audience: 'asker',
  parse(words) {
    const match = /^(here)?\s*([1-9]\d{0,4})?$/i.exec(words);
    return match ? { here: Boolean(match[1]), page: Number(match[2] ?? 1) } : undefined;
  },
  run: (call, deps) => (call.args.here ? savedHere(call, call.args.page, deps) : savedByMe(call, call.args.page, deps)),
});

async function savedByMe(call: Call, page: number, deps: Deps): Promise<Doc> {
  const rows = await listSaved(deps.db, call, PAGE + 1, (page - 1) * PAGE);
  if (rows.length === 0) {
    return page > 1 ? say('There are no more papers that you saved. /paper saved begins with the newest.') : say('You have saved no paper yet.', note(HOW_TO_SAVE));
  }
  const zone = deps.config.channel.zone;
  const blocks = await rowsOf(rows.slice(0, PAGE), page, deps, (paper, row) => ({
    why: [`saved ${dayOf(row.savedAt, zone)}`, row.readAt ? `read ${dayOf(row.readAt, zone)}` : 'not read yet'],
    note: row.note,
    actions: [row.readAt ? button('Unread', 'unread', paper) : button('Read', 'read', paper), button('Unsave', 'save undo', paper)],
  }));
  return { ...pageDoc('What you saved', blocks, page), actions: actions('saved', page, rows.length > PAGE) };
}

async function savedHere(call: Call, page: number, deps: Deps): Promise<Doc> {
  const rows = await listSavedHere(deps.db, call, PAGE + 1, (page - 1) * PAGE);
  const voice = voiceOf(call.channel);
  if (rows.length === 0) {
    if (page > 1) return say('There are no more papers that were saved here. /paper saved here begins with the newest.');
    return say(voice('Nobody has saved a paper in this channel yet. Press Save under one to be the first.', `You have saved no paper here yet. ${HOW_TO_SAVE}`));
  }
  const by = (people: number) => voice(`by ${count(people, 'person', 'people')}`, 'by you');
  const blocks = await rowsOf(rows.slice(0, PAGE), page, deps, (paper, { savers, readers }) => ({
    why: [`saved ${by(savers)} here`, ...(readers ? [`read ${by(readers)}`] : [])],
    actions: [call.channel.person === undefined ? button('Save', 'save', paper) : button('Unsave', 'save undo', paper)],
  }));
  return { ...pageDoc(voice('Saved in this channel', 'What you saved here'), blocks, page), actions: actions('saved here', page, rows.length > PAGE) };
}

interface Extra {
  why: string[];
  note?: string | null;
  actions: Action[];
}

async function rowsOf<Row extends { paperId: number }>(rows: Row[], page: number, deps: Deps, more: (paper: Paper, row: Row) => Extra): Promise<Block[]> {
  const papers = new Map((await getPapers(deps.db, rows.map(({ paperId }) => paperId))).map((paper) => [paper.id, paper]));
  return rows.flatMap((row, i): Block[] => {
    const paper = papers.get(row.paperId)!;
    const { why, note: words, actions: own } = more(paper, row);
    const item = paperRow(paper, (page - 1) * PAGE + i + 1, why);
    return [{ ...item, actions: [...own, ...(item.actions ?? [])] }, ...(words ? [note('Your note: ', words)] : [])];
  });
}

function pageDoc(title: string, blocks: Block[], page: number): Doc {
  const shown = blocks.filter(({ kind }) => kind === 'item').length;
  return { title, summary: `${title}, ${count(shown, 'paper')}${page > 1 ? `, page ${page}` : ', the newest first'}.`, blocks };
}

function actions(said: string, page: number, more: boolean): Action[] {
  return more ? [press('More papers', 'More papers that were saved', 'paper', `${said} ${page + 1}`)] : [];
}

function button(label: string, name: string, paper: Paper): Action {
  return press(label, `${label}: ${short(paper)}`, 'paper', `${name} id:${paper.id}`);
}

function short(paper: Paper): string {
  return clip(tidy(paper.title), 50);
}

function dayOf(at: Date, zone: string): string {
  return dateInWords(localDate(at, zone));
}
