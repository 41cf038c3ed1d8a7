// What a source of papers is, and what it hands over.
import type { Log } from './log.ts';
import type { Clock } from './schedule.ts';

/** Days, both inclusive, `YYYY-MM-DD`. */
export interface Window {
  from: string;
  to: string;
}

/** One paper as one source tells it, cleaned of markup but not judged. Missing means: the source doesn't say. */
export interface PaperRecord {
  source: string;
  /** The source's own id, up to 255 characters, as it came. */
  id: string;
  /** arXiv base id (`2607.01234`, `cs/0112017`) when the paper has one. */
  arxivId?: string;
  /** arXiv version, 1 and up. */
  version?: number;
  title: string;
  abstract: string;
  /** What the source's own model says of it in a sentence or two. */
  summary?: string;
  authors: string[];
  categories: string[];
  /** The day of first publication. */
  publishedOn?: string;
  /** The day of the version that it tells of. */
  revisedOn?: string;
  /** The day on which this source listed or announced it. */
  listedOn?: string;
  url?: string;
  githubUrl?: string;
  projectUrl?: string;
  organization?: string;
  /** Of the version that a journal published, and where, in the authors' words. */
  doi?: string;
  journalRef?: string;
  /** Current counts; absent is not zero. */
  upvotes?: number;
  stars?: number;
  /** True when the source says that the paper was withdrawn, false when it would say so and doesn't. */
  withdrawn?: boolean;
  /** Somebody asked for it by its id: that it is here says something of who asked. */
  asked?: true;
}

/** A row that could not be used: where (line or id), why, and the start of what it was. */
export interface Rejection {
  line?: number;
  id?: string;
  why: string;
  raw: string;
}

/** What comes out of a source: papers, what was rejected, and where to go on next time. */
export type SourceItem =
  | { record: PaperRecord }
  | { rejected: Rejection }
  | { cursor: Record<string, unknown> };

export interface SourceIo {
  fetch: typeof fetch;
  log: Log;
  now: Clock;
  /** Base URLs and tokens, by the names of the environment. */
  env: Record<string, string | undefined>;
  /** What the last good run left behind. */
  cursor: Record<string, unknown> | undefined;
  /** Waits until this source may be asked again, across all processes; call it before each request. */
  pace(): Promise<void>;
  signal: AbortSignal;
  /** The bytes of a file, for the sources that read one. */
  input?: AsyncIterable<Uint8Array>;
  /** Categories to follow, where the source has them. */
  categories: string[];
  /** Also take what was only cross-listed into these categories. */
  crossLists?: boolean;
  /** How long one request may take, in milliseconds; 30,000 unless told. */
  timeoutMs?: number;
}

export interface PaperSource {
  name: string;
  /** `live` sources are asked by the running bot; `file` sources read `io.input`. */
  kind: 'live' | 'file';
  /** Minutes between two live reads. */
  everyMinutes?: number;
  /** The least time between two requests over all processes, in milliseconds. */
  gapMs?: number;
  /** Yields what there is for the window (without one: what is new). Throws SourceError. */
  fetch(window: Window | undefined, io: SourceIo): AsyncIterable<SourceItem>;
  /** Looks papers up by arXiv id. Unknown ids are simply not in the answer. Throws SourceError. */
  lookUp?(arxivIds: string[], io: SourceIo): Promise<PaperRecord[]>;
}

const NAMES: Record<string, string> = { arxiv: 'arXiv', huggingface: 'Hugging Face', jsonl: 'a file', page: 'a page' };

/** What people call a source: `Hugging Face`. */
export function sourceName(name: string): string {
  return NAMES[name] ?? name;
}
