// What every page has: head, header with search, footer.
import { html, raw, type Html } from '../../core/html.ts';
import { ACKNOWLEDGEMENT } from '../../core/roundup.ts';
import { FEEDS, feedPath, type FeedPlace } from './paths.ts';
import { STYLE_PATH } from './style.ts';

export interface Shell {
  /** The page's own name, without the site's. */
  title: string;
  /** A sentence for search engines and for previews of links. */
  description: string;
  /** The path by which it should be known, below `publicUrl`; undefined for an answer that has none. */
  path?: string;
  publicUrl: string;
  /** What of it can be followed; the first is that of everybody. */
  feeds: FeedPlace[];
  /** Which entry of the navigation it is under. */
  place?: Place;
  /** What stands in the search box. */
  q?: string;
  main: Html;
}

export type Place = 'today' | 'week' | 'month' | 'topics';

export const SITE = 'Paperround';
export const ICON_PATH = '/icon.svg';
const NAVIGATION: [Place, string, string][] = [['today', 'Today', '/'], ['week', 'Week', '/papers/week'], ['month', 'Month', '/papers/month'], ['topics', 'Topics', '/topics']];

/** A whole document. */
export function page(shell: Shell): string {
  const { title, description, path, publicUrl, feeds, place, q = '', main } = shell;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${SITE}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
<meta property="og:site_name" content="${SITE}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
${path === undefined ? html`<meta name="robots" content="noindex">` : html`<link rel="canonical" href="${publicUrl}${path}">
<meta property="og:url" content="${publicUrl}${path}">`}
${feeds.flatMap((feed) => FEEDS.map(({ format, name, type }) => html`<link rel="alternate" type="${type}" title="${feed.name} (${name})" href="${feedPath(feed, format)}">
`))}<link rel="stylesheet" href="${STYLE_PATH}">
<link rel="icon" href="${ICON_PATH}" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#main">Skip to the papers</a>
<header class="top">
<a class="name" href="/">${SHEET}<span>${SITE}</span></a>
<nav aria-label="Papers"><ul>${NAVIGATION.map(([name, label, to]) => html`<li><a href="${to}"${place === name ? raw(' aria-current="page"') : undefined}>${label}</a></li>`)}</ul></nav>
<form class="search" role="search" action="/search" method="get">
<label class="unseen" for="q">Search papers</label>
<input id="q" name="q" type="search" maxlength="500" value="${q}" placeholder="Words or an arXiv id" autocomplete="off">
<button>Search</button>
</form>
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="foot">
${followLinks(feeds.at(-1))}
<p>Papers, votes and code as <a href="https://huggingface.co/papers">Hugging Face</a> and <a href="https://arxiv.org">arXiv</a> tell of them. ${ACKNOWLEDGEMENT} ${SITE} is not endorsed by either.</p>
<p>These pages set no cookie, run no script and ask nothing of any other site.</p>
</footer>
</body>
</html>
`.html;
}

function followLinks(feed: FeedPlace | undefined): Html | undefined {
  if (!feed) return undefined;
  return html`<p>Follow ${feed.name}: ${FEEDS.map(({ format, name }, i) => html`${i ? ', ' : ''}<a href="${feedPath(feed, format)}">${name}</a>`)}.</p>`;
}

const SHEET = html`<svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20"><path fill="none" stroke="currentColor" stroke-width="1.600" stroke-linejoin="round" d="M4.500 2h8l3.500 3.500V18h-11.500z"/><path fill="currentColor" d="M7.500 2h3.500v6.500L9.250 7 7.500 8.500z"/></svg>`;

/** The icon in the browser's tab. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><rect width="20" height="20" rx="4" fill="#0f5c63"/><path fill="#fff" d="M5 3h7l3 3v11H5z"/><path fill="#d9822b" d="M7 3h3v6L8.500 7.700 7 9z"/></svg>`;
