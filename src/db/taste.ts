// What channels said of papers, read as their taste; and the switch of it.
import { eq, sql } from 'drizzle-orm';
import { makeTaste, MOST_OPINIONS, TASTE_DAYS, type Exemplar, type Opinion, type Stems } from '../core/taste.ts';
import type { Channel } from './channels.ts';
import { listOf, rowsOf, type Db } from './connect.ts';
import { channels } from './schema.ts';
import { readRarity, readStems } from './search/index.ts';

const DAY = 86_400_000;

/**
 * The taste of each of these channels that has one and hasn't switched it off, by channel id: in three queries, however
 * many they are.
 */
export async function listTastes(db: Db, channelIds: number[], now: Date): Promise<Map<number, Exemplar[]>> {
  const opinions = await listOpinions(db, channelIds, now);
  const stems = await readStems(db, [...new Set([...opinions.values()].flat().map(({ paperId }) => paperId))]);
  const rarity = await readRarity(db, stemsIn(stems));
  const tastes = new Map<number, Exemplar[]>();
  for (const [channelId, said] of opinions) {
    const taste = makeTaste(said, stems, rarity, now);
    if (taste.length > 0) tastes.set(channelId, taste);
  }
  return tastes;
}

/**
 * What was said in each of these channels, the newest first; channels without a word, or whose taste is off, are left
 * out. Of one person, "not for us" goes before saving and voting; people who disagree outweigh each other.
 */
export async function listOpinions(db: Db, channelIds: number[], now: Date): Promise<Map<number, Opinion[]>> {
  if (channelIds.length === 0) return new Map();
  const since = new Date(now.getTime() - TASTE_DAYS * DAY).toISOString();
  const said = (table: string, value: string, at: string, saved: boolean) => sql`
    select place.id, said.paper_id, said.person, ${sql.raw(value)} as value, ${sql.raw(String(saved))} as saved, said.${sql.raw(at)} as at
    from place join ${sql.raw(table)} said on said.workspace = place.workspace and said.channel = place.channel and said.${sql.raw(at)} > place.since`;
  const rows = await rowsOf<{ id: number; paper: number; liked: boolean; saved: boolean; at: number }>(
    db,
    sql`
      with place as (
        select id, platform || ':' || workspace as workspace, external_id as channel, greatest(taste_since, ${since}::timestamptz) as since
        from channels where id in (${listOf(channelIds)}) and taste
      ), people as (
        select id, paper_id, person, min(value) as value, bool_or(saved) as saved, max(at) as at from (
          ${said('saves', '1', 'saved_at', true)}
          union all ${said('votes', 'said.value', 'voted_at', false)}
          union all ${said('dismissals', '-1', 'dismissed_at', false)}
        ) acts group by id, paper_id, person
      ), opinions as (
        select id, paper_id, sum(value) > 0 as liked, bool_or(saved) as saved, max(at) as at,
          row_number() over (partition by id order by max(at) desc, paper_id desc) as n
        from people group by id, paper_id having sum(value) <> 0
      )
      select id::float8 as id, paper_id::float8 as paper, liked, saved, (extract(epoch from at) * 1000)::float8 as at
      from opinions where n <= ${MOST_OPINIONS} order by id, n`,
  );
  const opinions = new Map<number, Opinion[]>();
  for (const { id, paper, liked, saved, at } of rows) {
    const opinion = { paperId: paper, liked, saved, at: new Date(at) };
    const list = opinions.get(id);
    if (list) list.push(opinion);
    else opinions.set(id, [opinion]);
  }
  return opinions;
}

/** Switches a channel's taste on or off; nothing is forgotten. */
export async function setTaste(db: Db, channel: Channel, on: boolean): Promise<void> {
  await db.update(channels).set({ taste: on }).where(eq(channels.id, channel.id));
}

/** From now on the taste is learnt anew. Saves and votes stay with the people who made them. */
export async function resetTaste(db: Db, channel: Channel, now: Date): Promise<void> {
  await db.update(channels).set({ tasteSince: now }).where(eq(channels.id, channel.id));
}

function stemsIn(papers: ReadonlyMap<number, Stems>): number[] {
  return [...new Set([...papers.values()].flatMap((stems) => [...stems.keys()]))];
}
