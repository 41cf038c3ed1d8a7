import { describe, expect, test } from 'vitest';
import { takeTurns } from '../../src/db/budgets.ts';
import { useDb } from '../support/db.ts';

describe('turns', () => {
  const db = useDb();
  const at = (ms: number) => new Date(Date.parse('2026-07-27T09:00:00Z') + ms);
  const budget = { name: 'discord:requests', perSecond: 10 };

  test('follow each other at the budget’s pace, whoever takes them', async () => {
    expect(await takeTurns(db(), budget, 1, at(0))).toEqual(at(0));
    expect(await takeTurns(db(), budget, 5, at(10))).toEqual(at(100));
    expect(await takeTurns(db(), budget, 1, at(20))).toEqual(at(600));
  });

  test('that nobody took in time are not made up for', async () => {
    await takeTurns(db(), budget, 1, at(0));
    expect(await takeTurns(db(), budget, 2, at(5_000))).toEqual(at(5_000));
    expect(await takeTurns(db(), budget, 1, at(5_000))).toEqual(at(5_200));
  });

  test('are never the same for two who ask at once', async () => {
    const taken = await Promise.all(Array.from({ length: 30 }, () => takeTurns(db(), budget, 3, at(0))));
    expect(taken.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => at(i * 300).getTime()));
  });

  test('of one budget say nothing of another’s', async () => {
    await takeTurns(db(), budget, 100, at(0));
    expect(await takeTurns(db(), { name: 'slack:requests', perSecond: 10 }, 1, at(0))).toEqual(at(0));
  });

  test('are not waited for until yesterday’s clock comes round again', async () => {
    await takeTurns(db(), budget, 1, at(3 * 3_600_000));
    expect(await takeTurns(db(), budget, 1, at(0))).toEqual(at(0));
    expect(await takeTurns(db(), budget, 1, at(0))).toEqual(at(100));
  });
});
