// Feeds of papers: Atom, RSS 2.0 and JSON Feed, from the same entries.
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';
import { html, type Html } from '../../core/html.ts';
import { namedLinks } from '../../core/paper-facts.ts';
import { authorsInWords } from '../../core/roundup.ts';
import { clip, plain } from '../../core/text.ts';
import type { PublicPaper } from '../../db/public-papers.ts';
import { titleOf } from '../pages/papers.ts';
import { feedPath, FEEDS, paperPath, type FeedFormat, type FeedPlace } from '../pages/paths.ts';
import { ICON_PATH, SITE } from '../pages/shell.ts';

export interface FeedOf {
  place: FeedPlace;
  /** The page that lists the same. */
  path: string;
  description: string;
  papers: PublicPaper[];
  publicUrl: string;
  /** When it changed last, where it has no dated paper. */
  on: string;
}

/** As many as a reader that asks once a day doesn't miss. */
export const ENTRIES = 30;

/** More are on the paper's page. */
const MOST_AUTHORS = 20;

interface Entry {
  /** The same for ever, wherever these pages are reached. */
  id: string;
  url: string;
  title: string;
  authors: string[];
  content: string;
  summary: string;
  at: Date;
  tags: string[];
}

export function makeFeed(format: FeedFormat, feed: FeedOf): { type: string; body: string } {
  const entries = feed.papers.map((paper) => entryOf(paper, feed));
  const at = new Date(Math.max(Date.parse(feed.on), ...entries.map((entry) => entry.at.getTime())));
  const { type } = FEEDS.find((one) => one.format === format)!;
  return { type: `${type}; charset=utf-8`, body: WRITERS[format](feed, entries, at) };
}

const WRITERS: Record<FeedFormat, (feed: FeedOf, entries: Entry[], at: Date) => string> = { atom, rss, json };

function atom(feed: FeedOf, entries: Entry[], at: Date): string {
  const { self, home, title } = placeOf(feed, 'atom');
  return generateAtomFeed({
    id: self,
    title: { value: title, type: 'text' },
    subtitle: { value: feed.description, type: 'text' },
    updated: at,
    links: [{ rel: 'self', href: self, type: 'application/atom+xml' }, { rel: 'alternate', href: home, type: 'text/html' }],
    icon: `${feed.publicUrl}${ICON_PATH}`,
    generator: { text: SITE },
    entries: entries.map((entry) => ({
      id: entry.id,
      title: { value: entry.title, type: 'text' },
      links: [{ rel: 'alternate', href: entry.url, type: 'text/html' }],
      authors: (entry.authors.length ? entry.authors : [SITE]).map((name) => ({ name })),
      published: entry.at,
      updated: entry.at,
      summary: { value: entry.summary, type: 'text' },
      content: { value: entry.content, type: 'html' },
      categories: entry.tags.map((term) => ({ term })),
    })),
  });
}

function rss(feed: FeedOf, entries: Entry[], at: Date): string {
  const { self, home, title } = placeOf(feed, 'rss');
  // Readers take what stands in titles and descriptions for HTML.
  const escaped = (text: string) => html`${text}`.html;
  return generateRssFeed({
    title: escaped(title),
    link: home,
    description: escaped(feed.description),
    language: 'en',
    lastBuildDate: at,
    ttl: 60,
    atom: { links: [{ rel: 'self', href: self, type: 'application/rss+xml' }] },
    items: entries.map((entry) => ({
      title: escaped(entry.title),
      link: entry.url,
      description: entry.content,
      guid: { value: entry.id, isPermaLink: false },
      pubDate: entry.at,
      dc: { creators: entry.authors },
      categories: entry.tags.map((name) => ({ name })),
    })),
  });
}

function json(feed: FeedOf, entries: Entry[]): string {
  const { self, home, title } = placeOf(feed, 'json');
  const made = generateJsonFeed({
    title,
    home_page_url: home,
    feed_url: self,
    description: feed.description,
    icon: `${feed.publicUrl}${ICON_PATH}`,
    language: 'en',
    items: entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      title: entry.title,
      content_html: entry.content,
      summary: entry.summary,
      date_published: entry.at,
      ...(entry.authors.length ? { authors: entry.authors.map((name) => ({ name })) } : {}),
      ...(entry.tags.length ? { tags: entry.tags } : {}),
    })),
  }) as Record<string, unknown>;
  // A feed without entries has an empty list of them.
  return `${JSON.stringify({ ...made, items: made.items ?? [] }, null, 1)}\n`;
}

function placeOf({ place, path, publicUrl }: FeedOf, format: FeedFormat) {
  return { self: `${publicUrl}${feedPath(place, format)}`, home: `${publicUrl}${path}`, title: xmlText(`${SITE}: ${place.name}`) };
}

function entryOf(paper: PublicPaper, { publicUrl, on }: FeedOf): Entry {
  const url = `${publicUrl}${paperPath(paper)}`;
  return {
    id: paper.arxivId ? `https://arxiv.org/abs/${paper.arxivId}` : url,
    url,
    title: xmlText(clip(titleOf(paper), 300)),
    authors: paper.authors.slice(0, MOST_AUTHORS).map((name) => xmlText(plain(name))).filter(Boolean),
    content: xmlText(contentOf(paper).html),
    summary: xmlText(clip(plain(paper.abstract), 300)),
    at: new Date(`${paper.listedOn ?? paper.publishedOn ?? on}T00:00:00Z`),
    tags: paper.categories,
  };
}

function contentOf(paper: PublicPaper): Html {
  const links = namedLinks(paper).filter(({ url }) => /^https?:\/\//i.test(url));
  return html`<p>${authorsInWords(paper.authors, 6)}</p><p>${plain(paper.abstract) || 'It came without an abstract.'}</p><p>${links.map(({ name, url }, i) => html`${i ? ' · ' : ''}<a href="${url}">${name}</a>`)}</p>`;
}

/** Without the characters that no XML can hold, not even escaped: https://www.w3.org/TR/xml/#charsets */
function xmlText(text: string): string {
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
