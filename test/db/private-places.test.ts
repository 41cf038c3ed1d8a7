// What an earlier version kept of direct messages and of submissions, brought to where nobody else learns of it.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openBareDb, type BareDb } from '../support/db.ts';

const files = readdirSync('migrations').filter((name) => name.endsWith('.sql')).sort();
const at = files.findIndex((name) => name.endsWith('_private_places.sql'));

async function apply({ run }: BareDb, names: string[]): Promise<void> {
  for (const name of names) for (const statement of readFileSync(`migrations/${name}`, 'utf8').split('--> statement-breakpoint')) await run(statement);
}

test('direct messages become their person’s own workspace and digest, and names on papers their workspace’s', async () => {
  const db = await openBareDb();
  await apply(db, files.slice(0, at));
  const now = `'2026-07-27T09:00:00Z'`;
  await db.run(`
    insert into papers (id, ref, title, title_key, abstract, authors, categories, first_seen_at, listed_at, sources, text_source, submitted_by, updated_at) values
      (1, 'a', 'A', 'a', '', '[]', '{}', '2020-01-02T00:00:00Z', ${now}, '{arxiv,community}', 'arxiv', 'slack:T1:Ana: PhD', ${now}),
      (2, 'b', 'B', 'b', '', '[]', '{}', '2020-01-02T00:00:00Z', ${now}, '{arxiv,community}', 'arxiv', 'discord::Ana', ${now});
    insert into paper_records (paper_id, source, source_id, digest, submitted_by, first_seen_at, updated_at) values
      (1, 'arxiv', 'a', '', null, '2020-01-02T00:00:00Z', ${now}), (1, 'community', 'a', '', 'slack:T1:Ana: PhD', ${now}, ${now}),
      (2, 'arxiv', 'b', '', null, '2020-01-02T00:00:00Z', ${now}), (2, 'community', 'b', '', 'discord::Ana', ${now}, ${now});
    insert into saves (person, paper_id, workspace, channel, saved_at) values
      ('discord::77', 1, 'discord:', '9001', ${now}), ('discord:G1:77', 1, 'discord:G1', '200', ${now}),
      ('slack:T1:U1', 1, 'slack:T1', 'D1', ${now}), ('slack:T1:U2', 1, 'slack:T1', 'C1', ${now});
    insert into notes (person, paper_id, workspace, text, noted_at) values ('discord::77', 1, 'discord:', 'mine', ${now});
    insert into topics (id, query) values (1, 'attention');`);
  const channel = (id: number, platform: string, workspace: string, externalId: string, by: string) =>
    `insert into channels (id, platform, workspace, external_id, zone, at, days, size, next_due_at, next_due_on, created_by, created_at) values (${id}, '${platform}', '${workspace}', '${externalId}', 'UTC', '09:00', '{1}', 5, ${now}, '2026-07-28', '${by}', ${now});`;
  await db.run([
    channel(1, 'discord', '', '9001', 'discord::77'),
    channel(2, 'discord', 'G1', '200', 'discord:G1:77'),
    channel(3, 'slack', 'T1', 'D1', 'slack:T1:U1'),
    channel(4, 'slack', 'T1', 'C1', 'slack:T1:U1'),
    channel(5, 'terminal', '', 'terminal', 'terminal::you'),
    `insert into channel_topics (channel_id, topic_id, added_by, added_at) values (1, 1, 'discord::77', ${now});`,
  ].join('\n')); // prettier-ignore

  await apply(db, files.slice(at, at + 1));
  const { rows } = db;
  expect(await rows('select id::int, workspace, owner, created_by from channels order by id')).toEqual([
    { id: 1, workspace: '@77', owner: 'discord:@77:77', created_by: 'discord:@77:77' },
    { id: 2, workspace: 'G1', owner: null, created_by: 'discord:G1:77' },
    { id: 3, workspace: 'T1', owner: 'slack:T1:U1', created_by: 'slack:T1:U1' },
    { id: 4, workspace: 'T1', owner: null, created_by: 'slack:T1:U1' },
    { id: 5, workspace: '', owner: null, created_by: 'terminal::you' },
  ]);
  expect(await rows('select person, workspace, private from saves order by person')).toEqual([
    { person: 'discord:@77:77', workspace: 'discord:@77', private: true },
    { person: 'discord:G1:77', workspace: 'discord:G1', private: false },
    { person: 'slack:T1:U1', workspace: 'slack:T1', private: true },
    { person: 'slack:T1:U2', workspace: 'slack:T1', private: false },
  ]);
  expect(await rows('select person, workspace from notes')).toEqual([{ person: 'discord:@77:77', workspace: 'discord:@77' }]);
  expect(await rows('select added_by from channel_topics')).toEqual([{ added_by: 'discord:@77:77' }]);
  expect(await rows('select workspace, name, paper_id::int from submissions')).toEqual([{ workspace: 'slack:T1', name: 'Ana: PhD', paper_id: 1 }]);
  expect(await rows('select sources, submitted_by, listed_at < $$2020-02-01$$ as old from papers order by id')).toEqual([1, 2].map(() => ({ sources: ['arxiv'], submitted_by: null, old: true })));
  expect(await rows('select distinct source from paper_records')).toEqual([{ source: 'arxiv' }]);
  await db.close();
});
