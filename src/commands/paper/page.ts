// One page of a search's answer, as its buttons carry it.
import type { Deps } from '../../command.ts';
import { readAsked, writeAsked, type Asked } from '../../core/asked.ts';
import { fitsButton } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { longText, shorten } from '../../db/facts.ts';

export interface Page {
  asked: Asked;
  /** How many papers come before it. */
  offset: number;
}

/** A button says `more:5 words`, or `more:5 =name` for words that don't fit one; people say the words. */
export async function readPage(said: string, deps: Deps): Promise<Page> {
  const match = /^more:(\d{1,6}) ([\s\S]+)$/.exec(said);
  if (!match) return { asked: readAsked(said), offset: 0 };
  const named = match[2]!.startsWith('=') ? await longText(deps.db, match[2]!.slice(1)) : match[2]!;
  if (!named) throw new UserError('That search is too old to go on with. Search again with /paper.');
  return { asked: readAsked(named), offset: Number(match[1]) };
}

/** What a button for this page says, behind another verb where `prefix` has one. */
export async function pageText({ asked, offset }: Page, deps: Deps, prefix = ''): Promise<string> {
  const words = writeAsked(asked);
  const text = `${prefix}more:${offset} ${words}`;
  return fitsButton(text) ? text : `${prefix}more:${offset} =${await shorten(deps.db, words, deps.now())}`;
}
