// The web edition alone, in a process of its own, as the bench asks it: DATABASE_URL or PAPERROUND_DATA, KEEP_MS.
import { readConfig } from '../../src/config.ts';
import { openDb } from '../../src/db/connect.ts';
import { silent } from '../../src/core/log.ts';
import { openEdition } from '../../src/web/edition/index.ts';
import { openWeb } from '../../src/web/server.ts';

const config = readConfig(process.env, []);
const opened = await openDb(config.database);
const log = { ...silent, error: (data: object, text: string) => console.error(text, data) };
// Each request of the bench comes from a reader of its own.
const edition = openEdition({ db: opened.db, now: () => new Date(), log, publicUrl: 'https://papers.lab.org', isProxy: () => true, topics: config.topics, keepMs: Number(process.env.KEEP_MS) });
const web = await openWeb([], { host: '127.0.0.1', port: 0 }, log, edition);
process.once('SIGTERM', () => void web.stop().then(() => opened.close()));
console.log(web.url);
