// Hugging Face Daily Papers: what people submitted, voted for and starred. https://huggingface.co/papers
import { SourceError } from '../core/errors.ts';
import { addDays } from '../core/schedule.ts';
import type { PaperSource, SourceIo, SourceItem, Window } from '../core/source.ts';
import { get, quotaReset, type SourceAnswer } from './http.ts';
import { readDailyItem } from './huggingface-item.ts';

/**
 * For a window, each day's list. Without one, the lists of the last seven days once more (they grow for hours, and
 * their votes and stars for days), then what is trending whatever its day. `HF_ENDPOINT` replaces the host, and
 * `HF_TOKEN` raises the quota.
 */
export const huggingface: PaperSource = {
  name: 'huggingface',
  kind: 'live',
  everyMinutes: 60,
  fetch: readLists,
};

const DAYS_AGAIN = 7;
/** The endpoint takes 1 to 100; its default of 50 cuts busy days off. */
const PAGE_SIZE = 100;
/** Far beyond the busiest day: only a server whose list never ends gets there. */
const MOST_PAGES = 20;

type Ask = (url: URL) => Promise<SourceAnswer>;

async function* readLists(window: Window | undefined, io: SourceIo): AsyncGenerator<SourceItem> {
  const ask = makeAsk(io);
  const today = io.now().toISOString().slice(0, 10);
  const { from, to } = window ?? { from: addDays(today, 1 - DAYS_AGAIN), to: today };
  // A paper can stand in two days' lists. The latest comes first and is the one that counts.
  const seen = new Set<string>();
  for (let on = to; on >= from; on = addDays(on, -1)) {
    for await (const items of readPages(address(io, { date: on }), ask)) yield* readItems(items, on, seen);
  }
  if (window) return;
  const trending = await ask(address(io, { sort: 'trending' }));
  yield* readItems(parseList(trending.text), undefined, seen);
}

function* readItems(items: unknown[], on: string | undefined, seen: Set<string>): Generator<SourceItem> {
  for (const item of items) {
    const read = readDailyItem(item, on);
    if ('record' in read) {
      if (seen.has(read.record.id)) continue;
      seen.add(read.record.id);
    }
    yield read;
  }
}

function address(io: SourceIo, query: Record<string, string>): URL {
  const url = new URL('/api/daily_papers', io.env.HF_ENDPOINT || 'https://huggingface.co');
  url.search = new URLSearchParams({ ...query, limit: String(PAGE_SIZE) }).toString();
  return url;
}

/** The pages of one list: along the `Link` headers, or counting until a page brings nothing new. */
async function* readPages(first: URL, ask: Ask): AsyncGenerator<unknown[]> {
  const had = new Set<string>();
  let url: URL | undefined = first;
  for (let page = 0; url && page < MOST_PAGES; page++) {
    const answer: SourceAnswer = await ask(url);
    const items = parseList(answer.text).filter((item) => isNew(had, JSON.stringify(item)));
    if (!items.length) return;
    yield items;
    url = nextPage(first, answer.headers.get('link'), page + 1);
  }
}

function isNew(had: Set<string>, item: string): boolean {
  return had.size < had.add(item).size;
}

function nextPage(first: URL, link: string | null, page: number): URL | undefined {
  const next = /<([^>]+)>\s*;[^,]*\brel="?next"?/.exec(link ?? '')?.[1];
  // The token goes along, so a link to elsewhere is not followed.
  if (next && URL.canParse(next, first.href) && new URL(next, first).origin === first.origin) return new URL(next, first);
  const counted = new URL(first);
  counted.searchParams.set('p', String(page));
  return counted;
}

/** Asks one thing after the other, and stops of its own accord when the answer says that the quota is used up. */
function makeAsk(io: SourceIo): Ask {
  const token = io.env.HF_TOKEN;
  const headers = { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  let reset: number | undefined;
  return async (url) => {
    if (reset !== undefined) throw new SourceError(`${url.host} allows no more requests for now`, { retryAfterMs: reset });
    const answer = await get(url, io, headers, explain);
    reset = quotaReset(answer.headers);
    return answer;
  };
}

function parseList(text: string): unknown[] {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw new SourceError('Hugging Face answered with something that is not whole JSON', { cause });
  }
  if (!Array.isArray(answer)) throw new SourceError('Hugging Face answered in another shape than a list');
  return answer;
}

/** The words of an error, in any of the shapes the API uses: a text, several, or objects with a message. */
function explain(body: string): string | undefined {
  try {
    const { error, errors } = JSON.parse(body) as { error?: unknown; errors?: { message?: unknown }[] };
    const words = [error, ...(errors ?? []).map(({ message }) => message)].flat().filter((word) => typeof word === 'string');
    return words.join('; ') || undefined;
  } catch {
    return undefined;
  }
}
