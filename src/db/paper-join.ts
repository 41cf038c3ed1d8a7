// A page gives its papers no ids. When exactly one arXiv paper has the title, the two are one.
import { sql } from 'drizzle-orm';
import { rowsOf, type Db } from './connect.ts';
import type { Slot } from './paper-match.ts';
import { forgetPapers } from './search/index.ts';

/**
 * Joins pages' papers to the arXiv papers of the same title, where these were just written, whichever came first.
 * A title that several arXiv papers share (“Rejoinder”) joins nothing. Returns who was kept, by who is gone.
 */
export async function joinPages(tx: Db, slots: Slot[]): Promise<Map<number, number>> {
  const mayJoin = slots.filter(({ paper, titleKey }) => titleKey && (paper.arxivId || paper.sources.join() === 'page'));
  const titles = mayJoin.map(({ titleKey }) => titleKey);
  const pairs = await rowsOf<{ gone: number | string; kept: number | string }>(
    tx,
    sql`select page.id as gone, min(other.id) as kept
        from jsonb_array_elements_text(${JSON.stringify([...new Set(titles)])}::jsonb) as t(title_key)
        join papers page on page.title_key = t.title_key and page.arxiv_id is null and page.sources = '{page}'
        join papers other on other.title_key = t.title_key and other.arxiv_id is not null
        group by page.id having count(*) = 1 order by page.id`,
  );
  const joined = new Map(pairs.map(({ gone, kept }) => [Number(gone), Number(kept)]));
  for (const [gone, kept] of joined) await joinPapers(tx, kept, gone);
  return joined;
}

/** Makes one paper of two: everything that refers to the one that goes refers to the one that is kept. */
export async function joinPapers(tx: Db, kept: number, gone: number): Promise<void> {
  await tx.execute(sql`
    update papers p set
      sources = (select array_agg(distinct s collate "C" order by s collate "C") from unnest(p.sources || g.sources) s),
      first_seen_at = least(p.first_seen_at, g.first_seen_at), listed_at = greatest(p.listed_at, g.listed_at)
    from papers g where p.id = ${kept} and g.id = ${gone}`);
  await tx.execute(sql`update paper_records set paper_id = ${kept} where paper_id = ${gone}`);
  // The keys of these hold the paper, so what both have stays as the kept one has it; the rest goes with its paper.
  await tx.execute(sql`
    insert into paper_snapshots (paper_id, source, taken_at, upvotes, stars)
    select ${kept}, source, taken_at, upvotes, stars from paper_snapshots where paper_id = ${gone} on conflict do nothing`);
  await tx.execute(sql`
    insert into roundup_papers (roundup_id, channel_id, paper_id, position, message, why, counts, rises)
    select roundup_id, channel_id, ${kept}, position, message, why, counts, rises from roundup_papers where paper_id = ${gone} on conflict do nothing`);
  await tx.execute(sql`
    insert into saves (person, paper_id, workspace, channel, private, saved_at)
    select person, ${kept}, workspace, channel, private, saved_at from saves where paper_id = ${gone} on conflict do nothing`);
  await tx.execute(sql`
    insert into votes (person, paper_id, workspace, channel, private, value, voted_at)
    select person, ${kept}, workspace, channel, private, value, voted_at from votes where paper_id = ${gone} on conflict do nothing`);
  await tx.execute(sql`
    insert into dismissals (person, paper_id, workspace, channel, dismissed_at)
    select person, ${kept}, workspace, channel, dismissed_at from dismissals where paper_id = ${gone} on conflict do nothing`);
  await tx.execute(sql`
    insert into notes (person, paper_id, workspace, text, noted_at)
    select person, ${kept}, workspace, text, noted_at from notes where paper_id = ${gone} on conflict do nothing`);
  await tx.execute(sql`
    insert into reads (person, paper_id, workspace, channel, read_at)
    select person, ${kept}, workspace, channel, read_at from reads where paper_id = ${gone} on conflict do nothing`);
  await tx.execute(sql`
    insert into submissions (person, paper_id, workspace, channel, private, name, submitted_at)
    select person, ${kept}, workspace, channel, private, name, submitted_at from submissions where paper_id = ${gone} on conflict do nothing`);
  await forgetPapers(tx, [gone]);
  await tx.execute(sql`delete from papers where id = ${gone}`);
}
