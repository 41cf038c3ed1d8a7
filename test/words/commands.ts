// Says a command's verbs in all ways that are listed, and holds the answers against the guide and against the files.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command } from '../../src/command.ts';
import { openTestDb, type TestDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { PAPERS } from './papers.ts';
import { keep, problemsIn } from './record.ts';
import { openTheatre, type Outcome, type Theatre } from './stage.ts';
import { outcomeWritten } from './written.ts';

export function testCommand(command: Command, outcomes: Record<string, Outcome[]>): void {
  let opened: TestDb;
  let theatre: Theatre;
  beforeAll(async () => {
    opened = await openTestDb();
    theatre = await openTheatre(opened.db);
  });
  afterAll(() => opened.close());

  test('all verbs are here', () => {
    expect(Object.keys(outcomes).sort()).toEqual(command.verbs.map(({ name }) => name).sort());
  });

  test.each(Object.entries(outcomes))('%s', async (verb, all) => {
    const paragraphs: string[] = [];
    const problems: string[] = [];
    // Each verb by itself, whatever was done to the papers for another.
    await opened.db.execute(sql`truncate papers, channels, source_runs restart identity cascade`);
    await havePapers(opened.db, PAPERS);
    for (const outcome of all) {
      const told = await theatre.tell(outcome);
      paragraphs.push(outcomeWritten(outcome, told));
      problems.push(...problemsIn(told).map((problem) => `${outcome.when}: ${problem}`));
    }
    await keep(`${command.name}-${verb}`, paragraphs);
    expect(problems).toEqual([]);
  });
}
