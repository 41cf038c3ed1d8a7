// `/roundup why` where each paper is a message of its own: it speaks of that message, not of the roundup's first.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Doc } from '../../src/core/doc.ts';
import { OutcomeUnknown, PayloadRefused } from '../../src/core/errors.ts';
import type { OutboxMessage } from '../../src/core/platform.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, wordsIn } from '../support/factories.ts';

const db = useDb();
const PAPERS = [
  { arxivId: '2607.10001', title: 'Loud paper', upvotes: 90 },
  { arxivId: '2607.10002', title: 'Second paper', upvotes: 60 },
  { arxivId: '2607.10003', title: 'Quiet paper', upvotes: 2 },
];
let rig: Rig;

beforeEach(async () => {
  await havePapers(db(), PAPERS, new Date('2026-07-27T05:00:00Z'));
  rig = await openRig(db());
  await rig.ask('/roundup subscribe everything at 9 UTC daily each');
});

/** Tuesday's roundup; what is thrown for a message isn't posted. */
async function tuesday(refuse: (message: OutboxMessage) => Error | undefined = () => undefined): Promise<void> {
  const post = rig.platform.adapter.post.bind(rig.platform.adapter);
  rig.platform.adapter.post = async (message) => {
    const error = refuse(message);
    if (error) throw error;
    return { ...(await post(message)), url: `https://chat.example/${titleIn(message)}` };
  };
  for (const at of ['09:00:30', '09:06:00', '09:12:00', '09:20:00']) {
    rig.clock.moveTo(`2026-07-28T${at}Z`);
    await rig.app.tick();
  }
}

const titleIn = ({ payload }: OutboxMessage) => /Loud|Second|Quiet|Trending/.exec(wordsIn(payload.doc as Doc))?.[0];
const why = (n: number) => rig.read(`/roundup why 2607.1000${n}`);

describe('of one message a paper', () => {
  test('each was posted, and its card leads to its own message', async () => {
    await tuesday();
    for (const n of [1, 2, 3]) expect(await why(n)).toContain('Posted here on 28 July 2026');
    const { doc } = await rig.ask('/paper 2607.10002');
    expect(JSON.stringify(doc)).toContain('"https://chat.example/Second"');
  });

  test('the one that was refused says so, and is nowhere said to have been posted', async () => {
    await tuesday((message) => (titleIn(message) === 'Second' ? new PayloadRefused('too long') : undefined));
    expect(await why(1)).toContain('Posted here on 28 July 2026');
    expect(await why(2)).toMatch(/It was in the roundup of 28 July 2026, and its message failed: .*too long/);
    expect(await why(2)).not.toContain('Posted here');
    expect(await rig.read('/paper 2607.10002')).not.toContain('Posted here');
    expect(await rig.read('/paper 2607.10003')).toContain('Posted here on 28 July 2026');
  });

  test('the one whose answer was lost is in doubt alone', async () => {
    await tuesday((message) => (titleIn(message) === 'Quiet' ? new OutcomeUnknown('the answer was lost') : undefined));
    expect(await why(3)).toContain('nobody knows whether that got through: see /roundup status');
    for (const n of [1, 2]) expect(await why(n)).toContain('Posted here on 28 July 2026');
  });

  test('a head that is in doubt puts no doubt on the papers below it', async () => {
    await tuesday((message) => (titleIn(message) === 'Trending' ? new OutcomeUnknown('the answer was lost') : undefined));
    for (const n of [1, 2, 3]) expect(await why(n)).toContain('Posted here on 28 July 2026');
  });

  test('a paper with no message yet is said to be ahead, with its place', async () => {
    expect(await why(2)).toContain('it would be number 2 of the next roundup, which has at most 10.');
  });
});
