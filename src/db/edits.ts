// Messages whose counts are brought up to date after they were posted.
import { eq, inArray, sql } from 'drizzle-orm';
import type { PostedMessage } from '../core/platform.ts';
import type { LiveCount } from '../core/live.ts';
import type { Counts } from '../core/rise.ts';
import { listOf, rowsOf, type Db } from './connect.ts';
import { edits, papers } from './schema.ts';

/** Hours from one look to the next: the first after the message was made, then further and further apart, four in all. */
const LOOKS = [4, 8, 16, 24] as const;
/** Nobody reads older posts. */
const EDITED_HOURS = 72;

const HOUR = 3_600_000;

/** A message that is due for a look. */
export interface Look {
  id: number;
  workspace: string;
  counts: LiveCount[];
  /** The counts as they stand in it. */
  stand: (number | null)[];
  /** Undefined where it is to stay as it is: it wasn't sent, is too old, or its channel is paused. */
  message: PostedMessage | undefined;
  /** No look comes after this one. */
  last: boolean;
}

/** From now on it is looked whether the counts of these messages have changed. */
export async function watchCounts(db: Db, messages: { messageId: number; counts: LiveCount[] }[], madeAt: Date): Promise<void> {
  if (messages.length === 0) return;
  const lookAt = new Date(madeAt.getTime() + LOOKS[0] * HOUR);
  await db.insert(edits).values(messages.map((message) => ({ ...message, lookAt })));
}

/**
 * Takes up to `most` messages of a platform that are due for a look, and moves each on to its next one: so no other
 * process takes it too, and what becomes of this look is no matter. `except`: workspaces that are to be left in peace.
 */
export async function takeLooks(db: Db, platform: string, except: string[], now: Date, most: number): Promise<Look[]> {
  const at = now.toISOString();
  const rows = await rowsOf<Row>(
    db,
    sql`
      with due as (
        select e.message_id from edits e join outbox o on o.id = e.message_id join channels c on c.id = o.channel_id
        where e.look_at <= ${at} and c.platform = ${platform} ${except.length ? sql`and c.workspace not in (${listOf(except)})` : sql``}
        order by e.look_at limit ${most} for update of e skip locked
      ), taken as (
        update edits e set looks = e.looks + 1, look_at = ${at}::timestamptz + (array[${listOf(LOOKS.slice(1))}]::integer[])[e.looks + 1] * interval '1 hour'
        from due where e.message_id = due.message_id
        returning e.message_id, e.counts, e.stand, e.look_at
      )
      select t.message_id::float8 as id, t.counts, t.stand, t.look_at is null as last, o.key, o.payload, o.receipt, c.platform, c.workspace, c.external_id as "externalId",
        o.status = 'sent' and o.receipt is not null and c.paused_why is null and o.sent_at > ${new Date(now.getTime() - EDITED_HOURS * HOUR).toISOString()} as open
      from taken t join outbox o on o.id = t.message_id join channels c on c.id = o.channel_id
      order by t.message_id`,
  );
  return rows.map(toLook);
}

/** What the message shows by now. */
export async function noteEdit(db: Db, id: number, stand: (number | null)[]): Promise<void> {
  await db.update(edits).set({ stand }).where(eq(edits.messageId, id));
}

/** This message is looked at no more. */
export async function endLooks(db: Db, id: number): Promise<void> {
  await db.delete(edits).where(eq(edits.messageId, id));
}

/** The counts of these papers now, by id; those that are gone are left out. */
export async function readCounts(db: Db, paperIds: number[]): Promise<Map<number, Counts>> {
  const rows = await db.select({ id: papers.id, upvotes: papers.upvotes, stars: papers.stars }).from(papers).where(inArray(papers.id, paperIds));
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

interface Row {
  id: number;
  counts: LiveCount[];
  stand: (number | null)[] | null;
  last: boolean;
  key: string;
  payload: PostedMessage['payload'];
  receipt: PostedMessage['receipt'] | null;
  platform: string;
  workspace: string;
  externalId: string;
  open: boolean | null;
}

function toLook({ id, counts, stand, last, key, payload, receipt, platform, workspace, externalId, open }: Row): Look {
  const message = open && receipt ? { key, payload, receipt, channel: { platform, workspace, id: externalId } } : undefined;
  return { id, workspace, counts, stand: stand ?? counts.map(({ was }) => was), message, last };
}
