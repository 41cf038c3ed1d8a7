// One item of Hugging Face's daily list, read leniently: only an id and a title are asked for.
import { z } from 'zod';
import { readPaperId } from '../core/paper-id.ts';
import { isDate } from '../core/schedule.ts';
import type { PaperRecord, SourceItem } from '../core/source.ts';
import { tidy } from '../core/text.ts';
import { complaint } from './complaint.ts';

/** `on`: the day of the list, where it is one day's. */
export function readDailyItem(item: unknown, on: string | undefined): Exclude<SourceItem, { cursor: unknown }> {
  const parsed = dailyItem.safeParse(item);
  if (!parsed.success) return { rejected: { ...idOf(item), why: complaint(parsed.error), raw: JSON.stringify(item) ?? '' } };
  const { paper, organization } = parsed.data;
  const lab = paper.organization ?? organization;
  const arxiv = readPaperId(paper.id);
  const record: PaperRecord = {
    source: 'huggingface',
    id: paper.id,
    ...(arxiv ? { arxivId: arxiv.arxivId } : { url: `https://huggingface.co/papers/${encodeURIComponent(paper.id)}` }),
    title: paper.title,
    abstract: tidy(paper.summary ?? ''),
    ...given('summary', tidy(paper.ai_summary ?? '')),
    authors: (paper.authors ?? []).filter(({ hidden }) => !hidden).map(({ name }) => tidy(name)).filter(Boolean),
    categories: [],
    // The item's own `publishedAt` is the paper's, moved by the offset of US Eastern time and still called UTC.
    ...given('publishedOn', dayOf(paper.publishedAt)),
    ...given('listedOn', dayOf(paper.submittedOnDailyAt) ?? on),
    ...given('githubUrl', paper.githubRepo),
    ...given('projectUrl', paper.projectPage),
    ...given('organization', lab && (tidy(lab.fullname ?? '') || tidy(lab.name))),
    ...given('upvotes', paper.upvotes),
    ...given('stars', paper.githubStars),
    withdrawn: Boolean(paper.withdrawnAt),
  };
  return { record };
}

// A field that is missing, null or of a new type is as good as not there.
const text = z.string().optional().catch(undefined);
const number = z.int().min(0).max(2_147_483_647).optional().catch(undefined);
const webAddress = z.url({ protocol: /^https?$/ }).optional().catch(undefined);
const organization = z.object({ name: z.string(), fullname: text }).optional().catch(undefined);
const author = z.object({ name: z.string(), hidden: z.boolean().optional().catch(undefined) });

const dailyItem = z.object({
  paper: z.object({
    id: z.string().min(1).max(255),
    title: z.string().transform(tidy).pipe(z.string().min(1)),
    summary: text,
    ai_summary: text,
    authors: z.array(z.unknown()).transform((all) => all.flatMap((one) => author.safeParse(one).data ?? [])).optional().catch(undefined),
    publishedAt: text,
    submittedOnDailyAt: text,
    withdrawnAt: text,
    upvotes: number,
    githubStars: number,
    githubRepo: webAddress,
    projectPage: webAddress,
    organization,
  }),
  organization,
});

function dayOf(instant: string | undefined): string | undefined {
  const day = instant?.slice(0, 10);
  return day && isDate(day) ? day : undefined;
}

function given<K extends keyof PaperRecord>(name: K, value: PaperRecord[K]): Partial<Pick<PaperRecord, K>> {
  return value === undefined || value === '' ? {} : ({ [name]: value } as Pick<PaperRecord, K>);
}

function idOf(item: unknown): { id?: string } {
  const id = (item as { paper?: { id?: unknown } } | null)?.paper?.id;
  return typeof id === 'string' ? { id: id.slice(0, 255) } : {};
}
