// Papers by arXiv id, whether or not they are known yet; and papers that people hand in.
import type { Paper } from '../core/paper.ts';
import type { PaperSource } from '../core/source.ts';
import { makeSubmission } from '../core/submission.ts';
import { findPaper, saveRecords } from '../db/papers.ts';
import { makeIo, type IngestDeps } from './io.ts';

export type LookUpDeps = IngestDeps & { sources: PaperSource[] };

/**
 * The paper of an arXiv id: from the table, else from the first source that looks papers up, and then it is in the
 * table. Undefined when there is none. Throws SourceError, or the signal's reason: a person is waiting, so it is
 * asked once, and `deps.signal` should bound the wait for a turn.
 */
export async function lookUpPaper(deps: LookUpDeps, arxivId: string): Promise<Paper | undefined> {
  const known = await findPaper(deps.db, arxivId);
  const source = deps.sources.find((one) => 'lookUp' in one);
  if (known || !source?.lookUp) return known;
  const records = await source.lookUp([arxivId], makeIo(source, deps));
  await saveRecords(deps.db, records, deps.now());
  return findPaper(deps.db, arxivId);
}

/** The paper, and whether anyone had told of it before. */
export interface Submitted {
  paper: Paper;
  known: boolean;
}

/** Takes a paper in on someone's word (a `submitterKey`). The first who did stays named. Throws as lookUpPaper does. */
export async function submitPaper(deps: LookUpDeps, arxivId: string, submittedBy: string): Promise<Submitted | undefined> {
  const known = await findPaper(deps.db, arxivId);
  const paper = known ?? (await lookUpPaper(deps, arxivId));
  if (!paper) return undefined;
  await saveRecords(deps.db, [makeSubmission(paper, submittedBy, deps.now())], deps.now());
  return { paper: (await findPaper(deps.db, arxivId))!, known: known !== undefined };
}
