// For what a roundup waits, as the settings have it.
import type { Config } from './config.ts';
import { latestList, noListWhy as whyNoList } from './core/announcements.ts';
import type { Awaited } from './delivery/settled.ts';

/** Why arXiv lists nothing on a date; nothing is said where arXiv isn't read. */
export function noListWhy({ sources, arxivHolidays }: Config) {
  return (on: string) => (sources.includes('arxiv') ? whyNoList(on, arxivHolidays) : undefined);
}

/** The sources that a roundup waits for; arXiv says when its lists come. */
export function awaited({ sources, arxivHolidays }: Config): Awaited[] {
  return sources.map((source) => (source === 'arxiv' ? { source, listDue: (at: Date) => latestList(at, arxivHolidays) } : { source }));
}
