import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reasons, trendingScore, type Signals, type TrendingWindow } from '../../src/core/rank.ts';

const score = (signals: Partial<Signals>) => trendingScore({ sources: 1, ageDays: 0, ...signals }, 'day');

describe('the trending score', () => {
  test('more votes, faster votes, more agreement and less age come first', () => {
    expect(score({ upvotes: 100 })).toBeGreaterThan(score({ upvotes: 10 }));
    expect(score({ upvotes: 50, upvotesPerDay: 40 })).toBeGreaterThan(score({ upvotes: 50, upvotesPerDay: 2 }));
    expect(score({ upvotes: 50, sources: 2 })).toBeGreaterThan(score({ upvotes: 50 }));
    expect(score({ upvotes: 50 })).toBeGreaterThan(score({ upvotes: 50, ageDays: 3 }));
    expect(score({ upvotes: 50, team: 3 })).toBeGreaterThan(score({ upvotes: 50, team: -3 }));
  });

  test('what is not known is left out: it is not the same as zero', () => {
    expect(score({ upvotes: 100 })).toBeGreaterThan(score({ upvotes: 100, upvotesPerDay: 0 }));
  });

  test('code speaks for a paper, never against it', () => {
    expect(score({ upvotes: 100, stars: 2, starsPerDay: 0 })).toBeCloseTo(score({ upvotes: 100 }), 12);
    expect(score({ upvotes: 10, stars: 5_000 })).toBeGreaterThan(score({ upvotes: 10, stars: 500 }));
    expect(score({ upvotes: 10, stars: 500 })).toBeGreaterThan(score({ upvotes: 10 }));
  });

  test('an old favourite outlives a new paper in the month, not in the day', () => {
    const favourite: Signals = { upvotes: 250, sources: 1, ageDays: 12 };
    const fresh: Signals = { upvotes: 30, sources: 1, ageDays: 0.5 };
    expect(trendingScore(fresh, 'day')).toBeGreaterThan(trendingScore(favourite, 'day'));
    expect(trendingScore(favourite, 'month')).toBeGreaterThan(trendingScore(fresh, 'month'));
  });

  test('stays between 0 and 1 whatever comes', () => {
    const n = fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { nil: undefined });
    const signals = fc.record({ upvotes: n, upvotesPerDay: n, stars: n, starsPerDay: n, team: n, sources: fc.integer({ min: 1, max: 9 }), ageDays: fc.double({ min: -10, max: 1e4, noNaN: true }) });
    fc.assert(
      fc.property(signals, fc.constantFrom<TrendingWindow>('day', 'week', 'month'), (all, window) => {
        const value = trendingScore(all, window);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the reasons', () => {
  test.each<[Partial<Signals> & { sinceDays?: number }, string[]]>([
    [{ upvotes: 84, upvotesPerDay: 31, sinceDays: 1 }, ['84 upvotes, +31 since yesterday']],
    [{ upvotes: 1 }, ['1 upvote']],
    [{ upvotes: 40, upvotesPerDay: 5, sinceDays: 3 }, ['40 upvotes, +15 in 3 days']],
    [{ stars: 1204 }, ['1,204 GitHub stars']],
    [{ sources: 2 }, ['in 2 sources']],
    [{ upvotes: 9, team: 2 }, ['9 upvotes', 'liked by 2 of your team']],
    [{}, []],
    [{ upvotes: 90, ageDays: 4.3 }, ['90 upvotes', '4 days old']],
  ])('%j', (signals, expected) => {
    expect(reasons({ sources: 1, ageDays: 0, ...signals })).toEqual(expected);
  });
});
