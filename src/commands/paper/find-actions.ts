// The buttons of a search's answer: other pages, orders and filters, and the way into the channel.
import type { Deps } from '../../command.ts';
import { orderInWords, subjectOf, type Asked } from '../../core/asked.ts';
import { press, type Action } from '../../core/doc.ts';
import { pageText, type Page } from './page.ts';
import { PAGE, type Found } from './search.ts';

export async function pageActions({ asked, offset }: Page, more: boolean, deps: Deps): Promise<Action[]> {
  const on = `${subjectOf(asked)}${orderInWords(asked)}`;
  return [
    ...(offset ? [press('Back', `Back to the papers before these for ${on}`, 'paper', await pageText({ asked, offset: Math.max(0, offset - PAGE) }, deps))] : []),
    ...(more ? [press('More papers', `More papers for ${on}`, 'paper', await pageText({ asked, offset: offset + PAGE }, deps))] : []),
  ];
}

/** What the same search can be asked in besides; each begins with its first page. */
export async function filterActions(asked: Asked, { papers, more }: Found, deps: Deps): Promise<Action[]> {
  const to = async (label: string, says: string, change: Partial<Asked>) => press(label, `${says} for ${subjectOf({ ...asked, ...change })}`, 'paper', await pageText({ asked: { ...asked, ...change }, offset: 0 }, deps));
  // One paper has no order.
  const sortable = papers.length > 1 || more;
  return [
    ...(asked.order ? [await to('Best match', 'Best match first', { order: undefined })] : []),
    ...(sortable && asked.order !== 'newest' ? [await to('Newest', 'Newest first', { order: 'newest' })] : []),
    ...(sortable && asked.order !== 'votes' ? [await to('Most voted', 'Most voted first', { order: 'votes' })] : []),
    ...(!asked.code ? [await to('With code', 'With code: papers', { code: true })] : asked.words ? [await to('All papers', 'All papers, with code or without,', { code: false })] : []),
  ];
}

export async function postAction(page: Page, deps: Deps): Promise<Action> {
  return press('Post to channel', `Post to channel: this answer for ${subjectOf(page.asked)}`, 'paper', await pageText(page, deps, 'post search:'));
}
