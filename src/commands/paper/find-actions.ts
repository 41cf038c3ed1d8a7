// The buttons of a search's answer: other pages, orders and filters, and the way into the channel.
import type { Deps } from '../../command.ts';
import { orderInWords, subjectOf, type Asked } from '../../core/asked.ts';
import type { Call } from '../../core/chat.ts';
import { press, type Action } from '../../core/doc.ts';
import type { Paper } from '../../core/paper.ts';
import { clip, tidy } from '../../core/text.ts';
import { pageText, type Page } from './page.ts';
import { PAGE, type Found } from './search.ts';

export async function pageActions({ asked, offset }: Page, more: boolean, deps: Deps): Promise<Action[]> {
  const on = `${forWhat(asked, deps)}${orderInWords(asked)}`;
  return [
    ...(offset ? [press('Back', `Back to the papers before these ${on}`, 'paper', await pageText({ asked, offset: Math.max(0, offset - PAGE) }, deps))] : []),
    ...(more ? [press('More papers', `More papers ${on}`, 'paper', await pageText({ asked, offset: offset + PAGE }, deps))] : []),
  ];
}

/** What the same search can be asked in besides; each begins with its first page. */
export async function filterActions(asked: Asked, { papers, more }: Found, deps: Deps): Promise<Action[]> {
  const to = async (label: string, says: string, change: Partial<Asked>) => press(label, `${says} ${forWhat({ ...asked, ...change }, deps)}`, 'paper', await pageText({ asked: { ...asked, ...change }, offset: 0 }, deps));
  // One paper has no order.
  const sortable = papers.length > 1 || more;
  return [
    ...(asked.order ? [await to('Best match', 'Best match first', { order: undefined })] : []),
    ...(sortable && asked.order !== 'newest' ? [await to('Newest', 'Newest first', { order: 'newest' })] : []),
    ...(sortable && asked.order !== 'votes' ? [await to('Most voted', 'Most voted first', { order: 'votes' })] : []),
    ...(!asked.code ? [await to('With code', 'With code: papers', { code: true })] : asked.words ? [await to('All papers', 'All papers, with code or without,', { code: false })] : []),
  ];
}

/** None in direct messages, where there is no channel to post to. */
export async function postAction({ saidIn, channel }: Call, posted: Paper | Page, deps: Deps): Promise<Action[]> {
  if ((saidIn ?? channel).person !== undefined) return [];
  const [what, text] = 'asked' in posted ? [`this answer ${forWhat(posted.asked, deps)}`, await pageText(posted, deps, 'post search:')] : [clip(tidy(posted.title), 50), `post id:${posted.id}`];
  return [press('Post to channel', `Post to channel: ${what}`, 'paper', text)];
}

function forWhat(asked: Asked, { config }: Deps): string {
  return asked.words ? `for ${subjectOf(asked, config.topics)}` : 'with code';
}
