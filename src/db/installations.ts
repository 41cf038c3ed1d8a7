// The workspaces that installed the app, and what it takes to speak there, sealed.
import { and, asc, eq, gt, isNotNull } from 'drizzle-orm';
import type { ChannelRef } from '../core/chat.ts';
import type { Installation } from '../core/platform.ts';
import { ConfigError } from '../core/errors.ts';
import type { Db } from './connect.ts';
import type { KeyRing } from './key-ring.ts';
import { installations } from './schema.ts';
import { seal, unseal } from './sealed.ts';

type Place = Pick<ChannelRef, 'platform' | 'workspace'>;

/** Keeps a workspace's secret in place of any older one. */
export async function saveInstallation(db: Db, keys: KeyRing, place: Place, { secret, by }: { secret: string; by: string }, now: Date): Promise<void> {
  const row = { sealed: seal(keys, secret, nameOf(place)), installedBy: by, installedAt: now, goneAt: null, goneCode: null };
  await db
    .insert(installations)
    .values({ platform: place.platform, workspace: place.workspace, ...row })
    .onConflictDoUpdate({ target: [installations.platform, installations.workspace], set: row });
}

/** Undefined when the workspace hasn't installed it, or took it out. Throws ConfigError when no key opens it. */
export async function readInstallation(db: Db, keys: KeyRing, place: Place): Promise<Installation | undefined> {
  const [row] = await db.select().from(installations).where(at(place));
  return row?.sealed ? { secret: unseal(keys, row.sealed, nameOf(place)).text, installedAt: row.installedAt } : undefined;
}

/** Throws the secret of this very installation away; false when it was replaced by a newer one, or is gone already. */
export async function endInstallation(db: Db, place: Place, installedAt: Date, code: string, now: Date): Promise<boolean> {
  const ended = await db
    .update(installations)
    .set({ sealed: null, goneAt: now, goneCode: code })
    .where(and(at(place), eq(installations.installedAt, installedAt), isNotNull(installations.sealed)))
    .returning({ workspace: installations.workspace });
  return ended.length > 0;
}

/** Forgets that there ever was one. */
export async function deleteInstallation(db: Db, place: Place): Promise<void> {
  await db.delete(installations).where(at(place));
}

const PAGE = 500;

/** Seals every secret of a platform under the newest key; returns how many there are. Throws one ConfigError for all that can't be opened. */
export async function resealInstallations(db: Db, keys: KeyRing, platform: string): Promise<number> {
  const problems: string[] = [];
  let total = 0;
  for (let after = ''; ; ) {
    const rows = await db
      .select()
      .from(installations)
      .where(and(eq(installations.platform, platform), gt(installations.workspace, after), isNotNull(installations.sealed)))
      .orderBy(asc(installations.workspace))
      .limit(PAGE);
    for (const { workspace, sealed } of rows) {
      try {
        await reseal(db, keys, { platform, workspace }, sealed!);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        problems.push(...error.problems);
      }
    }
    total += rows.length;
    if (rows.length < PAGE) break;
    after = rows.at(-1)!.workspace;
  }
  if (problems.length > MOST_TOLD) problems.splice(MOST_TOLD, Infinity, `So it is with ${problems.length - MOST_TOLD} more.`);
  if (problems.length > 0) throw new ConfigError(problems);
  return total;
}

const MOST_TOLD = 3;

async function reseal(db: Db, keys: KeyRing, place: Place, sealed: string): Promise<void> {
  const { text, old } = unseal(keys, sealed, nameOf(place));
  // Unless another process has sealed it, or somebody installed anew, meanwhile.
  if (old) await db.update(installations).set({ sealed: seal(keys, text, nameOf(place)) }).where(and(at(place), eq(installations.sealed, sealed)));
}

function at({ platform, workspace }: Place) {
  return and(eq(installations.platform, platform), eq(installations.workspace, workspace));
}

/** A secret opens for its own workspace alone. */
function nameOf({ platform, workspace }: Place): string {
  return `${platform} workspace ${workspace}`;
}
