// Papers as a Markdown list. The library escapes what strangers wrote.
import type { BlockContent, PhrasingContent } from 'mdast';
import { cslOf, type Cited } from './citation-item.ts';
import { authorsInWords } from './roundup.ts';
import { dateInWords } from './schedule.ts';

/** A list item for each paper: its title as a link, authors, date and arXiv id, and the note as a quotation. */
export async function toMarkdown(cited: Cited[]): Promise<string> {
  const { toMarkdown: write } = await import('mdast-util-to-markdown');
  const children = cited.map((one) => ({ type: 'listItem' as const, spread: false, children: itemOf(one) }));
  return write({ type: 'root', children: [{ type: 'list', ordered: false, spread: false, children }] }, { bullet: '-' });
}

function itemOf({ paper, note }: Cited): BlockContent[] {
  const { title, URL } = cslOf({ paper }, '');
  const facts = [authorsInWords(paper.authors, 6), paper.publishedOn ? dateInWords(paper.publishedOn) : '', paper.arxivId ? `arXiv ${paper.arxivId}` : ''].filter(Boolean).join(', ');
  const line: PhrasingContent[] = [{ type: 'link', url: URL, children: [text(title)] }, ...(facts ? [text(`. ${facts}`)] : [])];
  return [{ type: 'paragraph', children: line }, ...(note ? [{ type: 'blockquote' as const, children: [{ type: 'paragraph' as const, children: [text(note)] }] }] : [])];
}

function text(value: string) {
  return { type: 'text' as const, value };
}
