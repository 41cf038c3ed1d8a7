// What a person hands in: a paper that was looked up, listed today, with their name on it.
import type { Paper } from './paper.ts';
import type { PaperRecord } from './source.ts';

export const COMMUNITY = 'community';

/** `submittedBy` is a `submitterKey`. The paper's words are kept as they were looked up. */
export function makeSubmission(paper: Paper, submittedBy: string, now: Date): PaperRecord {
  return {
    source: COMMUNITY,
    id: paper.arxivId ?? paper.ref,
    ...(paper.arxivId ? { arxivId: paper.arxivId } : {}),
    ...(paper.version ? { version: paper.version } : {}),
    title: paper.title,
    abstract: paper.abstract,
    authors: paper.authors,
    categories: paper.categories,
    ...(paper.publishedOn ? { publishedOn: paper.publishedOn } : {}),
    listedOn: now.toISOString().slice(0, 10),
    submittedBy,
  };
}

/** Who handed a paper in, tied to their workspace: nobody else is told the name. */
export function submitterKey(workspace: string, name: string): string {
  return `${workspace}:${name}`;
}

/** The submitter's name, for those of the same workspace. */
export function submitterName(submittedBy: string | null, workspace: string): string | undefined {
  const start = submitterKey(workspace, '');
  return submittedBy?.startsWith(start) ? submittedBy.slice(start.length) : undefined;
}
