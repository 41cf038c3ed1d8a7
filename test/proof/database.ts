// A fresh database for each schedule, copied from one that has the tables and the papers.
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { openDb } from '../../src/db/connect.ts';
import { havePapers } from '../support/factories.ts';
import makeTemplate, { templateFile } from '../support/template.ts';
import type { Database } from './plan.ts';

export interface Fresh {
  /** The variables by which the bot finds it. */
  env: Record<string, string>;
  drop(): Promise<void>;
}

/** More than any schedule shows in two days. */
const PAPERS = 24;

/** `url`: a Postgres server where databases may be made; needed only for schedules on Postgres. */
export async function openDatabases(folder: string, url: string | undefined, seenAt: Date) {
  const admin = url ? postgres(url, { max: 2, onnotice: () => {} }) : undefined;
  const mark = randomBytes(4).toString('hex');
  const template = `proof_${mark}`;
  let made = 0;
  let embedded: Promise<string> | undefined;
  let onServer: Promise<void> | undefined;

  async function makeEmbedded(): Promise<string> {
    await makeTemplate();
    const place = join(folder, 'template');
    const opened = await openDb({ folder: join(place, 'db'), restoreFrom: new Blob([readFileSync(templateFile())]) });
    await havePapers(opened.db, Array.from({ length: PAPERS }, (_, i) => ({ upvotes: 10 + i })), seenAt);
    await opened.close();
    return place;
  }

  async function makeOnServer(): Promise<void> {
    await admin!.unsafe(`create database ${template}`);
    const opened = await openDb({ url: urlOf(url!, template), connections: 1 });
    await havePapers(opened.db, Array.from({ length: PAPERS }, (_, i) => ({ upvotes: 10 + i })), seenAt);
    await opened.close();
  }

  return {
    async fresh(kind: Database): Promise<Fresh> {
      const name = `${template}_${++made}`;
      const data = join(folder, name);
      const drop = () => rmSync(data, { recursive: true, force: true });
      if (kind === 'embedded') {
        cpSync(await (embedded ??= makeEmbedded()), data, { recursive: true });
        return { env: { PAPERROUND_DATA: data }, drop: async () => drop() };
      }
      if (!admin) throw new Error('a schedule on Postgres needs --database URL or TEST_DATABASE_URL');
      await (onServer ??= makeOnServer());
      await admin.unsafe(`create database ${name} template ${template}`);
      return {
        env: { DATABASE_URL: urlOf(url!, name), PAPERROUND_DATA: data },
        drop: async () => {
          await admin.unsafe(`drop database ${name} with (force)`);
          if (existsSync(data)) drop();
        },
      };
    },
    async close(): Promise<void> {
      if (onServer) await admin!.unsafe(`drop database if exists ${template} with (force)`);
      await admin?.end();
    },
  };
}

export type Databases = Awaited<ReturnType<typeof openDatabases>>;

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
