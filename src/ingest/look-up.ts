// Papers by arXiv id, whether or not they are known yet.
import type { Paper } from '../core/paper.ts';
import type { PaperSource } from '../core/source.ts';
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
  await saveRecords(deps.db, records.map((record) => ({ ...record, asked: true as const })), deps.now());
  return findPaper(deps.db, arxivId);
}
