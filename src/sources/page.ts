// The text of a trending-papers page: a banner, a subscribe line, the curators, a date, then title and abstract in turn.
import { createHash } from 'node:crypto';
import { SourceError } from '../core/errors.ts';
import type { PaperSource, SourceIo, SourceItem, Window } from '../core/source.ts';
import { tidy, titleKey } from '../core/text.ts';
import { readPageDate } from './page-date.ts';

/**
 * Papers without ids: the key of the title stands for one. They are listed on the window's last day, else on the
 * latest past day with the page's date. Throws SourceError for what is not the text of such a page.
 */
export const page: PaperSource = { name: 'page', kind: 'file', fetch: readPage };

async function* readPage(window: Window | undefined, io: SourceIo): AsyncGenerator<SourceItem> {
  if (!io.input) throw new SourceError('page needs a file to read', { retry: false });
  const lines = linesOf(await readText(io.input));
  const today = io.now().toISOString().slice(0, 10);
  const dated = lines.slice(0, HEADER_LINES).findIndex(({ text }) => readPageDate(text, today) !== undefined);
  if (dated < 0) throw notThePage('no line with a date, such as “Mar 14”, near its top');
  const listedOn = window?.to ?? readPageDate(lines[dated]!.text, today)!;
  let papers = 0;
  for (const item of pairUp(lines.slice(dated + 1))) {
    if ('why' in item) yield { rejected: { line: item.line, why: item.why, raw: item.text } };
    else {
      papers++;
      yield { record: { source: 'page', id: keyOf(item.title), ...item, authors: [], categories: [], listedOn } };
    }
  }
  if (!papers) throw notThePage('no title with an abstract under it');
}

/** The date comes after a banner of a few lines. */
const HEADER_LINES = 25;
/** A page of 100 papers has 200 kB. */
const LARGEST_PAGE = 20_000_000;
/** No title of 200,000 on arXiv is longer than 247; longer lines are abstracts. */
const LONGEST_TITLE = 300;
const LONGEST_ID = 255;

interface PageLine {
  line: number;
  text: string;
}

async function readText(input: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of input) {
    length += part.length;
    if (length > LARGEST_PAGE) throw notThePage(`more than ${LARGEST_PAGE / 1_000_000} MB`);
    parts.push(part);
  }
  const bytes = Buffer.concat(parts);
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) throw notUtf8('UTF-16');
  if (bytes.includes(0)) throw notThePage('bytes that no text has');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notUtf8('another encoding than UTF-8');
  }
}

function linesOf(text: string): PageLine[] {
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) throw notThePage('HTML; copy the text of the page instead');
  return text
    .split(/\r\n|\r|\n/)
    .map((one, at) => ({ line: at + 1, text: tidy(one) }))
    .filter((one) => one.text !== '');
}

type Pair = { title: string; abstract: string } | (PageLine & { why: string });

/** Title, abstract, title, abstract; a line that is missing costs its own paper and not those after it. */
function* pairUp(lines: PageLine[]): Generator<Pair> {
  let title: PageLine | undefined;
  for (const line of lines) {
    if (!title && line.text.length > LONGEST_TITLE) yield { ...line, why: 'an abstract without a title above it' };
    else if (!title) title = line;
    else if (looksLikeTitle(line.text)) {
      yield { ...title, why: 'a title without an abstract under it' };
      title = line;
    } else {
      yield { title: title.text, abstract: line.text };
      title = undefined;
    }
  }
  if (title) yield { ...title, why: 'a title without an abstract under it' };
}

function looksLikeTitle(text: string): boolean {
  return text.length <= LONGEST_TITLE && !/[.!?…]["'”’)\]]*$/.test(text);
}

/** Long keys are cut, and told apart by a digest of the whole. */
function keyOf(title: string): string {
  const key = titleKey(title) || title.toLowerCase();
  if ([...key].length <= LONGEST_ID) return key;
  return `${[...key].slice(0, LONGEST_ID - 13).join('')} ${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
}

function notThePage(what: string): SourceError {
  return new SourceError(`this is not the text of a trending-papers page: ${what}`, { retry: false });
}

function notUtf8(what: string): SourceError {
  return new SourceError(`the page is in ${what}; save it as UTF-8`, { retry: false });
}
