// Which paper someone means.
import type { Option } from '../../core/chat.ts';
import type { Deps } from '../../command.ts';
import { SourceError, UserError } from '../../core/errors.ts';
import type { Choice } from '../../core/form.ts';
import type { Paper } from '../../core/paper.ts';
import { readPaperId } from '../../core/paper-id.ts';
import { findPaper, getPapers } from '../../db/papers.ts';
import { suggestPapers } from '../suggest.ts';

/** A paper by row id (buttons: `id:123`), or by arXiv id or link (people). */
export type Which = { row: number } | { arxivId: string };

/** Undefined when the words are neither. */
export function readWhich(words: string): Which | undefined {
  const row = /^id:(\d{1,15})$/.exec(words.trim());
  if (row) return { row: Number(row[1]) };
  const id = readPaperId(words);
  return id ? { arxivId: id.arxivId } : undefined;
}

/** The option of verbs that are about one paper. */
export const PAPER: Option = { name: 'paper', summary: 'An arXiv id or link', required: true, suggests: true };

/** Suggestions for it. */
export const completePaper = (typed: string, deps: Deps): Promise<Choice[]> => suggestPapers(typed, deps);

/** Words that say which paper, and no more. */
export function parsePaper(words: string): { which: Which } | undefined {
  const which = readWhich(words);
  return which && { which };
}

/** The same, with `undo` before them where a button takes something back. */
export function parsePaperOrUndo(words: string): { which: Which; undo: boolean } | undefined {
  const said = parsePaper(words.replace(/^undo /, ''));
  return said && { ...said, undo: /^undo /.test(words) };
}

/** The paper, asked from arXiv when the table doesn't have it. Throws UserError when there is none. */
export async function getPaper(which: Which, deps: Deps): Promise<Paper> {
  if ('row' in which) {
    const [paper] = await getPapers(deps.db, [which.row]);
    if (!paper) throw new UserError('That paper is no longer here. Look it up again by its title.');
    return paper;
  }
  return (await findPaper(deps.db, which.arxivId)) ?? fromArxiv(which.arxivId, () => deps.lookUp(which.arxivId));
}

/** What arXiv says of an id, or a UserError: there is no such paper, or it can't be asked now. */
export async function fromArxiv(arxivId: string, ask: () => Promise<Paper | undefined>): Promise<Paper> {
  let paper: Paper | undefined;
  try {
    paper = await ask();
  } catch (error) {
    if (!(error instanceof SourceError) && !isTimeout(error)) throw error;
    throw new UserError(`${arxivId} is not here yet, and arXiv can’t be asked right now. Try again in a few minutes.`);
  }
  if (!paper) throw new UserError(`arXiv has no paper ${arxivId}. Check the id, or search for words of its title with /paper.`);
  return paper;
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
}
