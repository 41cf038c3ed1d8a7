// Finds what a process that was killed left unfinished, and finishes it: every slot ends.
import { sql } from 'drizzle-orm';
import { rowsOf, type Db } from './connect.ts';
import { settleRoundups, type Ended } from './roundups.ts';

/** Beyond this, a message is of a day that is over, and whoever should have sent it isn't there: no later try will help. */
const OVER_HOURS = 24;

/**
 * Ends what nobody else would end, and returns the roundups that came to their end by it: messages under a parent that
 * failed, messages of a day that is over (in doubt, if a try may have got through), roundups whose messages are all
 * settled, and slots that wait for nothing any more. Safe at any time and in several processes; a message under a lease is left alone.
 */
export async function reconcile(db: Db, now: Date): Promise<Ended[]> {
  const at = now.toISOString();
  const over = new Date(now.getTime() - OVER_HOURS * 3_600_000).toISOString();
  return db.transaction(async (tx) => {
    await tx.execute(sql`
      update outbox o set lease_owner = null, lease_until = null,
        status = case when o.status = 'leased' then 'in_doubt' else 'failed' end,
        error = coalesce(o.error, 'its day was over before it could be sent')
      from roundups r
      where r.id = o.roundup_id and r.status = 'queued' and greatest(r.due_at, o.try_at) < ${over}
        and (o.status = 'queued' or (o.status = 'leased' and (o.lease_until is null or o.lease_until <= ${at})))`);
    await tx.execute(sql`
      update outbox o set status = 'failed', error = parent.error
      from outbox parent
      where parent.id = o.parent_id and o.status = 'queued' and parent.status in ('failed', 'in_doubt')`);
    // A slot that waited for its sources, in a channel that was paused since, moved to another day, or is not served.
    const skipped = await rowsOf<Ended>(
      tx,
      sql`
      update roundups r set status = 'skipped',
        why = case when c.paused_why is not null then 'paused: ' || c.paused_why when c.next_due_on <> r.on then 'the schedule was changed' else 'missed: ' || r.why end
      from channels c
      where c.id = r.channel_id and r.status = 'waiting' and (c.paused_why is not null or c.next_due_on <> r.on or r.due_at < ${over})
      returning r.channel_id || '/' || r.on || '/' || r.kind as slot, r.status, r.why`,
    );
    return [...skipped, ...(await settleRoundups(tx))];
  });
}
