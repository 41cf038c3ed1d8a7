// The addresses of pages and feeds, below PUBLIC_URL.

export const FEEDS = [
  { format: 'atom', name: 'Atom', type: 'application/atom+xml' },
  { format: 'rss', name: 'RSS', type: 'application/rss+xml' },
  { format: 'json', name: 'JSON Feed', type: 'application/feed+json' },
] as const;

export type FeedFormat = (typeof FEEDS)[number]['format'];

/** Where a list of papers can be followed: `name` is what feed readers show. */
export interface FeedPlace {
  name: string;
  /** `/`, `/topics/nlp/`, `/search/` */
  below: string;
  /** The words of a search. */
  q?: string;
}

export function feedPath({ below, q }: FeedPlace, format: FeedFormat): string {
  return withQuery(`${below}feed.${format}`, { q });
}

/** The page of a paper. An arXiv id stands as it is, other ids escaped: they can be anything. */
export function paperPath({ id, ref, arxivId }: { id: number; ref: string; arxivId: string | null }): string {
  if (arxivId) return `/papers/${arxivId}`;
  // Browsers take these for the folder, even when they are escaped.
  return /^\.{1,2}$/.test(ref) ? `/papers/id:${id}` : `/papers/${encodeURIComponent(ref)}`;
}

export const dayPath = (on: string) => `/papers/date/${on}`;
export const weekPath = (week: string) => `/papers/week/${week}`;
export const monthPath = (month: string) => `/papers/month/${month}`;
export const topicPath = (name: string) => `/topics/${name}`;
export const searchPath = (q: string, page = 1) => withQuery('/search', { q, page: page > 1 ? page : undefined });

/** The path with those of the parameters that have a value. */
export function withQuery(path: string, parameters: Record<string, string | number | undefined>): string {
  const given = Object.entries(parameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]]));
  return given.length ? `${path}?${new URLSearchParams(given).toString()}` : path;
}
