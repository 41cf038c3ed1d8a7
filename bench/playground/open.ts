// The playground opened: a database in memory with the papers that ship with Paperround, the bot, and a page on the loopback.
import { readFileSync } from 'node:fs';
import { silent } from '../../src/core/log.ts';
import { openDb, type Db } from '../../src/db/connect.ts';
import { ingestSamples } from '../../src/ingest/samples.ts';
import * as sources from '../../src/sources/index.ts';
import { openWeb } from '../../src/web/server.ts';
import makeTemplate, { templateFile } from '../../test/support/template.ts';
import { startPlay, type Play } from './play.ts';
import { routesOf } from './routes.ts';

/** The morning on which it begins: among the days of the shipped papers. */
export const MORNING = new Date('2026-07-24T09:00:00Z');

export interface Playground {
  url: string;
  play: Play;
  stop(): Promise<void>;
}

/** `port` 0 is any free one. Throws when another has it. */
export async function openPlayground({ port = 0, fill = shippedPapers }: { port?: number; fill?: (db: Db) => Promise<unknown> } = {}): Promise<Playground> {
  // An empty database that was kept beside the packages opens five times as fast as a new one.
  await makeTemplate();
  const opened = await openDb({ memory: new Blob([readFileSync(templateFile())]) });
  await fill(opened.db);
  const play = await startPlay(opened.db, MORNING);
  const web = await openWeb(routesOf(play), { host: '127.0.0.1', port }, silent);
  return {
    url: web.url,
    play,
    async stop() {
      await web.stop();
      await play.stop();
      await opened.close();
    },
  };
}

function shippedPapers(db: Db): Promise<unknown> {
  return ingestSamples({ db, sources: Object.values(sources) });
}
