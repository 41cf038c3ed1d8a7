// arXiv: the feed of what was announced, and the query API for look-ups and old days.
// Its terms: one request every three seconds over one connection, and thanks for the use of its interoperability.
import { SourceError } from '../core/errors.ts';
import type { PaperRecord, PaperSource, SourceIo, SourceItem, Window } from '../core/source.ts';
import { explainFeed, parseEntries, parseAnnouncements } from './arxiv-feed.ts';
import { get } from './http.ts';

/**
 * Without a window, what was announced since the last read: `new`, and `cross` as well with `io.crossLists`. With
 * one, what was submitted in those days. `ARXIV_API_URL` replaces the hosts of both, at `/rss/…` and `/api/query`.
 */
export const arxiv: PaperSource = {
  name: 'arxiv',
  kind: 'live',
  everyMinutes: 60,
  gapMs: 3000,
  fetch: (window, io) => (window ? readWindow(window, io) : readAnnounced(io)),
  lookUp,
};

/** Entries a page. The API allows 2,000, but long answers are the ones that come back empty. */
const PAGE_SIZE = 200;
/** The API refuses to count further: https://info.arxiv.org/help/api/user-manual.html */
const MOST_ENTRIES = 30_000;

async function* readAnnounced(io: SourceIo): AsyncGenerator<SourceItem> {
  if (!io.categories.length) return;
  const url = new URL(`/rss/${io.categories.join('+')}`, io.env.ARXIV_API_URL || 'https://rss.arxiv.org');
  const last = io.cursor?.url === url.href && typeof io.cursor.etag === 'string' ? io.cursor.etag : undefined;
  const answer = await get(url, io, last ? { 'if-none-match': last } : {}, explainFeed);
  // At weekends and on holidays the feed is valid and empty, or unchanged: no news is not an error.
  if (answer.status === 200) yield* parseAnnouncements(answer.text, io.crossLists ?? false);
  const etag = answer.headers.get('etag') ?? last;
  if (etag) yield { cursor: { url: url.href, etag } };
}

async function* readWindow(window: Window, io: SourceIo): AsyncGenerator<SourceItem> {
  const days = `submittedDate:[${digits(window.from)}0000 TO ${digits(window.to)}2359]`;
  const categories = io.categories.map((code) => `cat:${code}`).join(' OR ');
  const query = { search_query: categories ? `(${categories}) AND ${days}` : days, sortBy: 'submittedDate', sortOrder: 'ascending' };
  const followed = new Set(io.categories);
  for (let start = 0, total = 1; start < total; ) {
    const page = await askApi(io, { ...query, start: String(start), max_results: String(PAGE_SIZE) });
    total = page.total;
    if (total > MOST_ENTRIES) {
      throw new SourceError(`arXiv has ${total} papers for these days, and gives at most ${MOST_ENTRIES}; take fewer days`, { retry: false });
    }
    if (start < total && !page.items.length) throw new SourceError(`arXiv answered with an empty page at ${start} of ${total}`);
    for (const { item, primary } of page.items) {
      if (io.crossLists || !followed.size || !primary || followed.has(primary)) yield item;
    }
    start += page.items.length;
  }
}

async function lookUp(arxivIds: string[], io: SourceIo): Promise<PaperRecord[]> {
  const found: PaperRecord[] = [];
  for (let at = 0; at < arxivIds.length; at += PAGE_SIZE) {
    const ids = arxivIds.slice(at, at + PAGE_SIZE);
    const page = await askApi(io, { id_list: ids.join(','), start: '0', max_results: String(ids.length) });
    if (page.total > 0 && !page.items.length) throw new SourceError(`arXiv answered with an empty page at 0 of ${page.total}`);
    found.push(...page.items.flatMap(({ item }) => ('record' in item ? item.record : [])));
  }
  return found;
}

async function askApi(io: SourceIo, parameters: Record<string, string>) {
  const url = new URL('/api/query', io.env.ARXIV_API_URL || 'https://export.arxiv.org');
  url.search = new URLSearchParams(parameters).toString();
  const answer = await get(url, io, {}, explainFeed);
  return parseEntries(answer.text);
}

function digits(on: string): string {
  return on.replaceAll('-', '');
}
