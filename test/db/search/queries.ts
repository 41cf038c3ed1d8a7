// What a search asks of the database, to be explained.
import type { SQL } from 'drizzle-orm';
import type { Db } from '../../../src/db/connect.ts';

export async function queriesOf(db: Db, ask: (db: Db) => Promise<unknown>): Promise<SQL[]> {
  const asked: SQL[] = [];
  const noting = (to: Db): Db =>
    new Proxy(to, {
      get: (target, name) => {
        if (name === 'transaction') return (act: (tx: Db) => unknown) => target.transaction((tx) => act(noting(tx as unknown as Db)) as Promise<unknown>);
        if (name === 'execute') return (query: SQL) => (asked.push(query), target.execute(query));
        return Reflect.get(target, name) as unknown;
      },
    });
  await ask(noting(db));
  return asked;
}
