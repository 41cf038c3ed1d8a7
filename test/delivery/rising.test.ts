// Papers that a channel was shown and whose votes jumped since are named again in a later roundup, once for each jump.
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Doc } from '../../src/core/doc.ts';
import type { PaperRecord } from '../../src/core/source.ts';
import { findChannel, setQuietPosts } from '../../src/db/channels.ts';
import { roundups } from '../../src/db/schema.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, PLACE, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;

const GRIPPERS: Partial<PaperRecord> = { arxivId: '2607.10001', title: 'Grippers that feel', listedOn: '2026-07-27' };

/** As of the morning of that day the paper has so many votes. */
const votes = (day: string, upvotes: number, paper = GRIPPERS) => havePapers(db(), [{ ...paper, upvotes }], new Date(`2026-07-${day}T05:00:00Z`));
const news = (day: string, title: string) => havePapers(db(), [{ title, listedOn: `2026-07-${day}` }], new Date(`2026-07-${day}T05:00:00Z`));

/** The words of what is posted at nine on that day, the abstracts left out. */
async function postOf(day: string): Promise<string> {
  rig.clock.moveTo(`2026-07-${day}T09:00:30Z`);
  const before = rig.platform.posted.length;
  await rig.app.tick();
  return rig.platform.posted.slice(before).filter(({ parent }) => !parent).map(({ payload }) => wordsIn(payload.doc as Doc)).join('\n');
}

beforeEach(async () => {
  await votes('27', 31);
  rig = await openRig(db());
  // With a link to each post, as Slack and Discord have.
  const { adapter, posted } = rig.platform;
  const before = { ...adapter };
  adapter.post = async (message) => ({ ...(await before.post(message)), url: `https://chat.example/${posted.length}` });
  await rig.ask('/roundup subscribe');
  await rig.ask('/roundup schedule daily');
  expect(await postOf('28')).toContain('1. Grippers that feel\n31 upvotes');
});

describe('a paper whose votes jumped', () => {
  test('is named in the next roundup with the day, from and to, and the earlier post', async () => {
    await votes('29', 212);
    await news('29', 'Fresh news');
    const wednesday = await postOf('29');
    expect(wednesday).toMatch(/1\. Fresh news\n[^]*\nRising since Tuesday: Grippers that feel · 31 → 212 upvotes · Tuesday’s post\n/);
    expect(wednesday).not.toMatch(/\d\. Grippers/);
    const { doc } = rig.platform.posted.filter(({ parent }) => !parent).at(-1)!.payload as { doc: Doc };
    expect(doc.blocks.flatMap((block) => (block.kind === 'text' ? block.spans : []))).toContainEqual({ text: 'Tuesday’s post', url: 'https://chat.example/1' });
  });

  test('is named once, and again only after a further jump, from where it was named last', async () => {
    await votes('29', 212);
    await news('29', 'Fresh news');
    await postOf('29');
    await votes('30', 390);
    await news('30', 'Fresher news');
    expect(await postOf('30')).not.toContain('Rising');
    await votes('31', 450);
    await news('31', 'Freshest news');
    expect(await postOf('31')).toContain('Rising since Wednesday: Grippers that feel · 212 → 450 upvotes · Wednesday’s post');
  });

  test('is not named for a little more', async () => {
    await votes('29', 55);
    await news('29', 'Fresh news');
    expect(await postOf('29')).not.toContain('Rising');
  });

  test('is named for votes that nobody knew of when it was shown', async () => {
    const quiet: Partial<PaperRecord> = { arxivId: '2607.10002', title: 'A quiet start', source: 'arxiv', listedOn: '2026-07-28' };
    await havePapers(db(), [quiet], new Date('2026-07-29T04:00:00Z'));
    expect(await postOf('29')).toContain('1. A quiet start');
    await havePapers(db(), [{ ...quiet, source: 'huggingface', upvotes: 120 }], new Date('2026-07-30T04:00:00Z'));
    await news('30', 'Fresh news');
    expect(await postOf('30')).toContain('Rising since Wednesday: A quiet start · 120 upvotes, none known then · Wednesday’s post');
  });

  test('is named with the date where that was longer ago than a week', async () => {
    for (const day of ['29', '30', '31']) await postOf(day);
    await havePapers(db(), [{ ...GRIPPERS, upvotes: 212 }], new Date('2026-08-05T05:00:00Z'));
    await havePapers(db(), [{ title: 'Fresh news', listedOn: '2026-08-05' }], new Date('2026-08-05T05:00:00Z'));
    rig.clock.moveTo('2026-08-05T09:00:30Z');
    await rig.app.tick();
    const { doc } = rig.platform.posted.filter(({ parent }) => !parent).at(-1)!.payload as { doc: Doc };
    expect(wordsIn(doc)).toContain('Rising since 28 July: Grippers that feel · 31 → 212 upvotes · the post of 28 July');
  });

  test.each([
    ['somebody in the channel said that it is not for it', '/paper not-for-us 2607.10001'],
    ['somebody in the channel voted against it', '/paper vote down 2607.10001'],
    ['it is of none of the topics that the channel follows by now', '/roundup subscribe news'],
  ])('is not named where %s', async (_, line) => {
    await rig.ask(line);
    await votes('29', 212);
    await news('29', 'Fresh news');
    const post = await postOf('29');
    expect(post).toContain('Fresh news');
    expect(post).not.toContain('Rising');
  });

  test('is not named where it was withdrawn', async () => {
    await havePapers(db(), [{ ...GRIPPERS, upvotes: 212, withdrawn: true }], new Date('2026-07-29T05:00:00Z'));
    await news('29', 'Fresh news');
    expect(await postOf('29')).not.toContain('Grippers');
  });

  test('is not named by a roundup that failed, so the next one does', async () => {
    await votes('29', 212);
    await news('29', 'Fresh news');
    await postOf('29');
    await db().update(roundups).set({ status: 'failed' }).where(eq(roundups.on, '2026-07-29'));
    await news('30', 'Fresher news');
    expect(await postOf('30')).toContain('Rising since Tuesday: Grippers that feel · 31 → 212 upvotes');
  });
});

describe('on a day without new papers', () => {
  test('what rises is no post by itself, and is told with the next new papers', async () => {
    await votes('29', 212);
    expect(await postOf('29')).toBe('');
    await news('30', 'Fresh news');
    expect(await postOf('30')).toContain('Rising since Tuesday: Grippers that feel · 31 → 212 upvotes');
  });

  test('it stands in the line of a quiet day, where that is wanted', async () => {
    await setQuietPosts(db(), (await findChannel(db(), PLACE))!, true);
    await votes('29', 212);
    expect(await postOf('29')).toMatch(/No new papers for this channel on 29 July 2026: nothing new came in\.\nRising since Tuesday: Grippers that feel · 31 → 212 upvotes · Tuesday’s post$/);
    await votes('30', 220);
    expect(await postOf('30')).not.toContain('Rising');
  });
});

test('of many, the three that gained most are named', async () => {
  const many = [60, 300, 90, 500, 40].map((gained, i): [Partial<PaperRecord>, number] => [{ arxivId: `2607.2000${i}`, title: `Gained ${gained}`, listedOn: '2026-07-28' }, gained]);
  for (const [paper] of many) await votes('29', 1, paper);
  await postOf('29');
  for (const [paper, gained] of many) await votes('30', 1 + gained, paper);
  await news('30', 'Fresh news');
  expect([...(await postOf('30')).matchAll(/Rising since Wednesday: (Gained \d+)/g)].map(([, title]) => title)).toEqual(['Gained 500', 'Gained 300', 'Gained 90']);
});

test('/roundup why and history know of it', async () => {
  await votes('29', 212);
  expect(await rig.read('/roundup why 2607.10001')).toMatch(/Posted here on 28 July 2026: 31 upvotes[^]*It has risen since, 31 → 212 upvotes: the next roundup with new papers can name it again\./);
  await news('29', 'Fresh news');
  await postOf('29');
  const why = await rig.read('/roundup why 2607.10001');
  expect(why).toMatch(/Named here again, as rising, on 29 July 2026: 31 → 212 upvotes\.[^]*Posted here on 28 July 2026: 31 upvotes/);
  expect(why).not.toContain('It has risen since');
  expect(await rig.read('/roundup history')).toMatch(/29 July 2026\n.*\n1 paper\n/);
});
