// arXiv's feeds: Atom from its query API, RSS or Atom for what was announced. Order and prefixes have changed before,
// so elements are found by their local names alone.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { canonicalCategory, readCategories } from '../core/category.ts';
import { SourceError } from '../core/errors.ts';
import { readPaperId, type PaperId } from '../core/paper-id.ts';
import { isDate } from '../core/schedule.ts';
import type { PaperRecord, Rejection, SourceItem } from '../core/source.ts';
import { tidy } from '../core/text.ts';

export interface Page {
  /** How many entries the whole answer has, over all pages. */
  total: number;
  items: { item: { record: PaperRecord } | { rejected: Rejection }; primary: string | undefined }[];
}

/** A page of the query API. Throws SourceError for anything but a feed, and for a feed that holds an error. */
export function parseEntries(text: string): Page {
  const feed = parseFeed(text);
  const error = errorOf(feed);
  if (error !== undefined) throw new SourceError(`arXiv says: ${error}`);
  const total = Number(textOf(feed.totalResults) || NaN);
  if (Number.isNaN(total)) throw new SourceError('arXiv answered with a feed that does not say how many entries it has');
  return {
    total,
    items: feed.entry.map((entry) => ({ item: readEntry(entry), primary: canonicalCategory(termOf(entry.primary_category)) })),
  };
}

/** What a daily feed announces: `new` papers, and cross-listed ones as well if they are wanted; never mere replacements. */
export function parseAnnouncements(text: string, crossLists: boolean): SourceItem[] {
  const feed = parseFeed(text);
  return [...feed.item, ...feed.entry]
    .filter((entry) => {
      const type = announceType(entry);
      return type === 'new' || type === undefined || (crossLists && type === 'cross');
    })
    .map(readAnnouncement);
}

/** The words of an error answer: the summary of its one entry, or plain text such as `Rate exceeded.` */
export function explainFeed(body: string): string | undefined {
  if (!body.trimStart().startsWith('<')) return tidy(body.slice(0, 200)) || undefined;
  try {
    return errorOf(parseFeed(body));
  } catch {
    return undefined;
  }
}

type Node = string | { [name: string]: Node | Node[] | undefined };
type Entry = { [name: string]: Node | Node[] | undefined };
interface Feed {
  totalResults: Node | undefined;
  entry: Entry[];
  item: Entry[];
}

const LISTS = new Set(['entry', 'item', 'author', 'category', 'link']);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  // `0` is a title, and ids are strings.
  parseTagValue: false,
  parseAttributeValue: false,
  // Without this, numeric references such as `&#233;` stay as they are.
  htmlEntities: true,
  isArray: (name) => LISTS.has(name),
  // A feed of 2,000 abstracts has tens of thousands of `&lt;`; documents can define no entities of their own here.
  processEntities: { enabled: true, maxTotalExpansions: 1_000_000, maxExpandedLength: 50_000_000 },
});

function parseFeed(text: string): Feed {
  if (/^\s*rate exceeded/i.test(text)) throw new SourceError('arXiv says: Rate exceeded.', { retryAfterMs: 60_000 });
  if (XMLValidator.validate(text) !== true) throw new SourceError('arXiv answered with something that is not whole XML');
  const parsed = parser.parse(text) as { feed?: Partial<Feed>; rss?: { channel?: Partial<Feed> } };
  const feed = parsed.feed ?? parsed.rss?.channel;
  if (feed === undefined) throw new SourceError('arXiv answered with XML that is not a feed');
  return { totalResults: feed.totalResults, entry: feed.entry ?? [], item: feed.item ?? [] };
}

function errorOf(feed: Feed): string | undefined {
  const error = feed.entry.find((entry) => textOf(entry.id).includes('/api/errors'));
  return error && tidy(textOf(error.summary));
}

function readEntry(entry: Entry): Page['items'][number]['item'] {
  const address = textOf(entry.id);
  const id = readPaperId(address);
  const title = tidy(textOf(entry.title));
  if (!id || !title) return { rejected: rejection(entry, address, id) };
  const abstract = tidy(textOf(entry.summary));
  return {
    record: {
      ...base(id, title, abstract, entry),
      authors: list(entry.author).map((author) => tidy(textOf((author as Entry).name))).filter(Boolean),
      ...dayAs('publishedOn', textOf(entry.published)),
      ...dayAs('revisedOn', textOf(entry.updated)),
      withdrawn: saysWithdrawn(abstract, textOf(entry.comment)),
    },
  };
}

function readAnnouncement(entry: Entry): SourceItem {
  const guid = textOf(entry.guid ?? entry.id);
  const id = readPaperId(guid.replace(/^oai:arXiv\.org:/i, '')) ?? readPaperId(textOf(entry.link));
  const title = tidy(textOf(entry.title));
  if (!id || !title) return { rejected: rejection(entry, guid, id) };
  const abstract = tidy(textOf(entry.description ?? entry.summary).replace(/^[\s\S]*?\bAbstract:\s*/, ''));
  const day = announcedOn(textOf(entry.pubDate ?? entry.published));
  return {
    record: {
      ...base(id, title, abstract, entry),
      authors: tidy(list(entry.creator).map(textOf).join(', ')).split(/,\s+/).filter(Boolean),
      ...(announceType(entry) === 'new' ? dayAs('publishedOn', day) : {}),
      ...dayAs('listedOn', day),
      // The feed has no comments, where most withdrawals are announced: it can say so, but not deny it.
      ...(saysWithdrawn(abstract, '') ? { withdrawn: true } : {}),
    },
  };
}

function base(id: PaperId, title: string, abstract: string, entry: Entry) {
  return {
    source: 'arxiv',
    id: id.arxivId,
    arxivId: id.arxivId,
    ...(id.version ? { version: id.version } : {}),
    title,
    abstract,
    categories: readCategories(list(entry.category).map(termOf)),
    ...wordsAs('doi', entry.doi ?? entry.DOI),
    ...wordsAs('journalRef', entry.journal_ref ?? entry.journal_reference),
  };
}

/** A withdrawal is a new version whose comment, or abstract, says so; `withdrawn from a workshop` is none. */
export function saysWithdrawn(abstract: string, comment: string): boolean {
  const isNotice = (text: string) => NOTICES.some((notice) => notice.test(text));
  return isNotice(tidy(comment)) || (abstract.length < LONGEST_NOTICE && isNotice(abstract));
}

/** In a longer abstract, the words are about something else. */
const LONGEST_NOTICE = 600;

const NOTICES = [
  /(?:^|[.;]\s+)(?:(?:pre-?print|paper)\s+)?withdrawn\b(?! (?:from|at)\b)/i,
  /^(?:paper )?withdrawal\b/i,
  /\b(?:paper|article|submission|manuscript|pre-?print|work|it) (?:has been|was|is|had to be|is being) (?:\w+ )?withdrawn\b(?! from (?!(?:the )?archive|arxiv))/i,
];

function announceType(entry: Entry): string | undefined {
  const said = textOf(entry.announce_type) || /Announce Type:\s*([a-z-]+)/.exec(textOf(entry.description ?? entry.summary))?.[1];
  return said || undefined;
}

/** The calendar day as arXiv writes it, which is US Eastern: `Mon, 03 Aug 2026 00:00:00 -0400` or `2026-08-03T00:00:00-04:00`. */
function announcedOn(instant: string): string {
  if (/^\d{4}-/.test(instant)) return instant.slice(0, 10);
  const date = /\b(\d{1,2} [A-Z][a-z]{2} \d{4})\b/.exec(instant)?.[1];
  return date ? new Date(`${date} UTC`).toISOString().slice(0, 10) : '';
}

function dayAs<K extends 'publishedOn' | 'revisedOn' | 'listedOn'>(name: K, instant: string): Partial<Record<K, string>> {
  const day = instant.slice(0, 10);
  return isDate(day) ? ({ [name]: day } as Record<K, string>) : {};
}

function wordsAs<K extends 'doi' | 'journalRef'>(name: K, node: Entry[string]): Partial<Record<K, string>> {
  const words = tidy(textOf(node)).slice(0, LONGEST_REFERENCE);
  return words ? ({ [name]: words } as Record<K, string>) : {};
}

/** arXiv's fields are a line each; anything longer is no reference. */
const LONGEST_REFERENCE = 500;

function rejection(entry: Entry, id: string, read: PaperId | undefined): Rejection {
  return { id: id.slice(0, 255), why: read ? 'no title' : 'no arXiv id', raw: JSON.stringify(entry) };
}

function list(node: Node | Node[] | undefined): Node[] {
  return node === undefined ? [] : Array.isArray(node) ? node : [node];
}

// A feed's category is an attribute in Atom, and text in RSS.
function termOf(node: Node | Node[] | undefined): string {
  const first = list(node)[0];
  return typeof first === 'object' ? textOf(first['@term']) || textOf(first) : (first ?? '');
}

/** The text of an element, with or without attributes of its own. */
function textOf(node: Node | Node[] | undefined): string {
  const first = list(node)[0];
  return typeof first === 'object' ? textOf(first['#text']) : (first ?? '');
}
