// A file of papers, one JSON object a line: {id, title, abstract, authors?, date?, categories?, url?, upvotes?}
import { z } from 'zod';
import { readCategories } from '../core/category.ts';
import { readPaperId } from '../core/paper-id.ts';
import { isDate } from '../core/schedule.ts';
import type { PaperRecord, PaperSource, Rejection, SourceIo, SourceItem, Window } from '../core/source.ts';
import { SourceError } from '../core/errors.ts';
import { clip, tidy } from '../core/text.ts';
import { complaint } from './complaint.ts';
import { readLines } from './lines.ts';

/** Ids are kept as they come; those of arXiv are recognised besides. A window keeps the papers of its days only. */
export const jsonl: PaperSource = { name: 'jsonl', kind: 'file', fetch: readFile };

async function* readFile(window: Window | undefined, io: SourceIo): AsyncGenerator<SourceItem> {
  if (!io.input) throw new SourceError('jsonl needs a file to read', { retry: false });
  for await (const line of readLines(io.input)) {
    if ('why' in line) yield { rejected: { line: line.line, why: line.why, raw: line.start } };
    else if (line.text.trim()) {
      const read = readRow(line.text);
      if ('why' in read) yield { rejected: { line: line.line, ...read } };
      else if (isWithin(window, read.publishedOn)) yield { record: read };
    }
  }
}

/** One line as a record, or why it is none. */
export function readRow(text: string): PaperRecord | Omit<Rejection, 'line'> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { why: 'not JSON', raw: text };
  }
  const parsed = row.safeParse(value);
  if (!parsed.success) return { ...idOf(value), why: complaint(parsed.error), raw: text };
  const { id, date, url, upvotes } = parsed.data;
  const abstract = tidy(parsed.data.abstract ?? '');
  const title = tidy(parsed.data.title ?? '') || firstWords(abstract);
  if (!title) return { id, why: 'neither a title nor an abstract', raw: text };
  const arxiv = readPaperId(id);
  return {
    source: 'jsonl',
    id,
    ...arxiv,
    title,
    abstract,
    authors: (parsed.data.authors ?? []).map(tidy).filter(Boolean),
    categories: readCategories(parsed.data.categories ?? []),
    ...(date ? { publishedOn: date.slice(0, 10) } : {}),
    ...(url ? { url } : {}),
    ...(upvotes === undefined || upvotes === null ? {} : { upvotes }),
  };
}

const LONGEST_ID = 255;

const row = z.object({
  id: z
    .string()
    .min(1, 'is empty')
    .refine((id) => [...id].length <= LONGEST_ID, `longer than ${LONGEST_ID} characters`)
    // Such an id could not be kept as it came: databases take no NUL and no half of a surrogate pair.
    .refine((id) => id.isWellFormed() && !/\p{Cc}/u.test(id) && id.trim() !== '', 'has characters that no id can have'),
  title: z.string().nullish(),
  abstract: z.string().nullish(),
  authors: z.array(z.string()).nullish(),
  date: z.string().refine((date) => isDate(date.slice(0, 10)) && /^.{10}($|T)/.test(date), 'is not a date such as 2026-07-13').nullish(),
  categories: z.array(z.string()).nullish(),
  url: z.url({ protocol: /^https?$/, error: 'is not a web address' }).nullish(),
  upvotes: z.int().min(0).max(2_147_483_647).nullish(),
});

function firstWords(abstract: string): string {
  return clip(abstract, 80);
}

function isWithin(window: Window | undefined, day: string | undefined): boolean {
  return !window || (day !== undefined && day >= window.from && day <= window.to);
}

function idOf(value: unknown): { id?: string } {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? { id: id.slice(0, LONGEST_ID) } : {};
}
