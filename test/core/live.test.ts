// Counts keep their place through any renderer, and an edit touches nothing else.
import { describe, expect, test } from 'vitest';
import type { Payload, Platform } from '../../src/core/platform.ts';
import { isWorthAnEdit, markOf, takeMarks, unmarked, withCounts, type LiveCount } from '../../src/core/live.ts';
import { LAYOUTS, type Layout } from '../../src/core/layout.ts';
import type { Paper } from '../../src/core/paper.ts';
import { reasons } from '../../src/core/rank.ts';
import { roundupDoc } from '../../src/core/roundup.ts';
import { discord, slack } from '../../src/platforms/index.ts';
import { discordProblems } from '../support/discord-contract.ts';
import { aPaper } from '../support/factories.ts';
import { slackProblems } from '../support/slack-contract.ts';

const HOSTILE = 'Votes \u009184u\u0092 \u00915upvotes84\u00929 upvotes\u0094 for @everyone <!channel> *and* [links](x)';

/** The messages of a roundup of these papers, with marks or without. */
function messagesOf(platform: Platform, papers: Paper[], live: boolean, layout: Layout = 'compact'): Payload[] {
  const items = papers.map((paper) => {
    const counts = { ...(paper.upvotes === null ? {} : { upvotes: paper.upvotes }), ...(paper.stars === null ? {} : { stars: paper.stars }) };
    const mark = live ? markOf(paper) : undefined;
    const why = [...reasons({ ...counts, sources: 1, ageDays: 3 }, mark), 'matches attention'];
    if (mark && paper.upvotes === null) why[0] = mark('upvotes', '') + why[0];
    return { paper, why, topics: ['attention'] };
  });
  const doc = roundupDoc({ on: '2026-07-28', items, topics: ['attention'], notes: [], layout, threads: false });
  return [doc, ...(doc.next ?? [])].flatMap((part) => platform.render(part));
}

const papers = [
  aPaper({ title: HOSTILE, upvotes: 84, stars: 1_204 }),
  aPaper({ title: '84 upvotes', authors: ['Ada 84 upvotes'], upvotes: 84 }),
  aPaper({ title: 'Unknown so far' }),
];
const [both, votes, unknown] = papers.map(({ id }) => id) as [number, number, number];

describe.each([slack, discord])('on $name', (platform) => {
  const taken = () => takeMarks(messagesOf(platform, papers, true)[0]!);

  test('a marked message is posted as if there had been no marks', () => {
    expect(taken().payload).toEqual(messagesOf(platform, papers, false)[0]);
  });

  test('each count is found where it stands, that of a paper whose title reads like one too', () => {
    const { payload, counts } = taken();
    const words = ({ at, from, to }: LiveCount) => (at.reduce<never>((value, key) => value[key], payload as never) as string).slice(from, to);
    expect(counts.map((live) => [live.paper, live.of, live.was, words(live)])).toEqual([
      [both, 'upvotes', 84, '84 upvotes'],
      [both, 'stars', 1_204, '1,204 GitHub stars'],
      [votes, 'upvotes', 84, '84 upvotes'],
      [unknown, 'upvotes', null, ''],
    ]);
  });

  test('an edit says what it is now and what it was, and touches nothing else', () => {
    const { payload, counts } = taken();
    const before = JSON.stringify(payload);
    const edited = JSON.stringify(withCounts(payload, counts, [212, 1_204, 84, 30]));
    expect(edited).toBe(before.replace('84 upvotes · 1,204', '212 upvotes, 84 when posted · 1,204').replace(/(Unknown so far[^·]*?)3 days old/, '$130 upvotes, none known when posted · 3 days old'));
    expect(JSON.stringify(payload)).toBe(before);
    // Back to what it was: as it was posted.
    expect(withCounts(payload, counts, [84, 1_204, 84, null])).toEqual(payload);
  });

  test.each(LAYOUTS)('a message as long as can be, laid out %s, keeps to every limit when all its counts have grown', (layout) => {
    const many = Array.from({ length: 25 }, (_, i) => aPaper({ title: `${HOSTILE} ${'of a long title '.repeat(9)}${i}`, upvotes: i % 3 ? i : null, stars: i % 2 ? 2 * i : null }));
    const messages = messagesOf(platform, many, true, layout).map(takeMarks);
    expect(new Set(messages.flatMap(({ counts }) => counts.map(({ paper }) => paper))).size).toBe(25);
    for (const { payload, counts } of messages) {
      const edited = withCounts(payload, counts, counts.map(() => 99_999));
      expect(JSON.stringify(edited)).not.toMatch(/[\u0091-\u0094]/);
      expect(platform === slack ? slackProblems(edited) : discordProblems('message', edited)).toEqual([]);
    }
  });
});

test('a mark that was cut off leaves its words, and those behind it keep their places', () => {
  const mark = markOf({ id: 7, upvotes: 84, stars: 5 });
  const whole = mark('upvotes', '84 upvotes');
  const cut = `${whole.slice(0, -4)}…\nnext: ${mark('stars', '5 GitHub stars')}.`;
  const { payload, counts } = takeMarks({ text: cut });
  expect(payload.text).toBe('84 upvotes…\nnext: 5 GitHub stars.');
  expect(withCounts(payload, counts, [6]).text).toBe('84 upvotes…\nnext: 6 GitHub stars, 5 when posted.');
  for (let most = 0; most < whole.length; most++) expect(unmarked(`${whole.slice(0, most)}…`)).toMatch(/^[0-9a-z ]*…$/);
});

test.each<[string, (number | null)[], (number | null)[], boolean]>([
  ['nothing changed', [84, 5], [84, 5], false],
  ['less than a tenth more', [84, 5], [90, 5], false],
  ['a tenth more', [80], [88], true],
  ['fewer', [84], [60], true],
  ['one more of few', [2], [3], true],
  ['votes where none were known', [null], [4], true],
  ['none where none were known', [null], [null], false],
  ['none any more', [5], [null], false],
])('with %s a message is edited or not', (_, stand, now, worth) => {
  expect(isWorthAnEdit(stand, now)).toBe(worth);
});
