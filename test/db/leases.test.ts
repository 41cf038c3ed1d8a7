import { expect, test } from 'vitest';
import { takeLease } from '../../src/db/leases.ts';
import { useDb } from '../support/db.ts';

const db = useDb();
const at = (seconds: number) => new Date(Date.parse('2026-07-14T12:00:00Z') + seconds * 1000);

test('a lease of a process that died before the clock jumped back is not waited for', async () => {
  expect(await takeLease(db(), 'shard:0', 'ann', at(7200), at(7215))).toBeUndefined();
  expect(await takeLease(db(), 'shard:0', 'bob', at(7190), at(7205))).toEqual(at(7215));
  expect(await takeLease(db(), 'shard:0', 'bob', at(0), at(15))).toBeUndefined();
  expect(await takeLease(db(), 'shard:0', 'ann', at(1), at(16))).toEqual(at(15));
});
