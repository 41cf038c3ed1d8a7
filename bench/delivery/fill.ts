// A database with papers of this week and channels that are all due at the same minute.
import { sql } from 'drizzle-orm';
import type { Db } from '../../src/db/connect.ts';
import { ingestSamples } from '../../src/ingest/samples.ts';
import * as sources from '../../src/sources/index.ts';
import { followTopic } from '../../src/db/topics.ts';
import type { Channel } from '../../src/db/channels.ts';

/** Each channel follows one of these, a quarter of them everything. */
const TOPICS = ['attention', '"language models" -survey', 'cat:cs.CV', 'robots or agents', 'diffusion', 'reasoning', 'benchmark', 'has:code', 'video', 'speech or audio'];

/** The papers that ship with Paperround, as if they had been listed in the last five days. */
export async function fillPapers(db: Db): Promise<void> {
  await ingestSamples({ db, sources: Object.values(sources) });
  await db.execute(sql`update papers set listed_at = now() - (id % 120) * interval '1 hour'`);
}

/** `count` channels of a platform, named by `idOf`, due at `due`. */
export async function fillChannels(db: Db, platform: string, workspace: string, firstId: bigint | string, count: number, due: Date): Promise<void> {
  const externalId = typeof firstId === 'bigint' ? sql`(${firstId.toString()}::bigint + n)::text` : sql`${firstId}::text || n`;
  await db.execute(sql`
    insert into channels (platform, workspace, external_id, name, zone, at, days, size, next_due_at, next_due_on, created_by, created_at)
    select ${platform}, ${workspace}, ${externalId}, 'channel-' || n, 'UTC', ${due.toISOString().slice(11, 16)}, '{1,2,3,4,5,6,7}', 10,
      ${due.toISOString()}, ${due.toISOString().slice(0, 10)}, 'bench', ${due.toISOString()}
    from generate_series(0, ${count - 1}::int) n`);
  const [first] = (await db.query.channels.findMany({ limit: 1 })) as [Channel];
  for (const query of TOPICS) await followTopic(db, first, query, 'bench', due);
  await db.execute(sql`
    insert into channel_topics (channel_id, topic_id, added_by, added_at)
    select c.id, t.id, 'bench', now() from channels c join topics t on t.id % 13 = c.id % 13 where c.id % 4 > 0 on conflict do nothing`);
}
