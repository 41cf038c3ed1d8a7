// Papers that people handed in: news for those who may know of it, as nobody listed them.
import { and, asc, eq, gt, inArray, lte, or } from 'drizzle-orm';
import type { Call } from '../core/chat.ts';
import type { Db } from './connect.ts';
import { personOf, placeKey, placeOf } from './saves.ts';
import { submissions } from './schema.ts';

export interface Submission {
  paperId: number;
  /** Who handed it in, as the platform calls them. */
  name: string;
  at: Date;
}

/** The first time counts as when; it is known where it was said last. */
export async function submitPaper(db: Db, call: Pick<Call, 'channel' | 'person'>, paperId: number, now: Date): Promise<void> {
  const { id, name = id } = call.person;
  const place = await placeOf(db, call);
  await db
    .insert(submissions)
    .values({ person: personOf(call), paperId, ...place, name, submittedAt: now })
    .onConflictDoUpdate({ target: [submissions.person, submissions.paperId], set: { ...place, name } });
}

/** Who handed the paper in first, of those whom a reader in the call's channel may know of. */
export async function findSubmitter(db: Db, call: Pick<Call, 'channel'>, paperId: number): Promise<Submission | undefined> {
  const { workspace, channel } = await placeOf(db, call);
  const [first] = await db
    .select({ paperId: submissions.paperId, name: submissions.name, at: submissions.submittedAt })
    .from(submissions)
    .where(and(eq(submissions.paperId, paperId), eq(submissions.workspace, workspace), or(eq(submissions.private, false), eq(submissions.channel, channel))))
    .orderBy(asc(submissions.submittedAt))
    .limit(1);
  return first;
}

/** What was handed in after `since` and not after `now`, the first first: under the workspace's key, in a private channel under its `placeKey`. */
export async function listSubmissions(db: Db, workspaces: string[], since: Date, now: Date): Promise<Map<string, Submission[]>> {
  if (workspaces.length === 0) return new Map();
  const rows = await db
    .select()
    .from(submissions)
    .where(and(inArray(submissions.workspace, workspaces), gt(submissions.submittedAt, since), lte(submissions.submittedAt, now)))
    .orderBy(asc(submissions.submittedAt));
  const found = new Map<string, Submission[]>();
  for (const { paperId, name, submittedAt, ...place } of rows) {
    const key = place.private ? placeKey(place) : place.workspace;
    found.set(key, [...(found.get(key) ?? []), { paperId, name, at: submittedAt }]);
  }
  return found;
}
