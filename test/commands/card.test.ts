// One paper's card: its abstract whole, versions, code, where it was posted here, BibTeX.
import { parse as parseBibtex } from '@retorquere/bibtex-parser';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Doc } from '../../src/core/doc.ts';
import { UserError } from '../../src/core/errors.ts';
import { findPaper } from '../../src/db/papers.ts';
import { outbox, roundups } from '../../src/db/schema.ts';
import { writeRoundups } from '../../src/db/roundups.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { aChannel, aPerson, havePapers, MONDAY, PLACE, wordsIn } from '../support/factories.ts';

const db = useDb();
const ELSEWHERE = { ...PLACE, id: 'C2', name: 'secret' };
let rig: Rig;

beforeEach(async () => {
  rig = await openRig(db());
});

const bibtexIn = (doc: Doc) => doc.blocks.flatMap((block) => (block.kind === 'code' ? [block.text] : []))[0]!;

describe('a card', () => {
  test('has the whole abstract, code and stars, both versions, and where the paper was published', async () => {
    const abstract = `We attend. ${'And more. '.repeat(180)}The end.`;
    await havePapers(db(), [
      { arxivId: '2607.11111', title: 'Attention', abstract, source: 'arxiv', version: 3, publishedOn: '2026-05-01', revisedOn: '2026-07-20', doi: '10.1000/182<x> 10.1000/183', journalRef: 'Phys. Rev. $\\alpha$ 76 (2026)', githubUrl: 'https://github.com/a/b', stars: 1_234 },
    ]);
    const { doc } = await rig.ask('/paper 2607.11111');
    const words = wordsIn(doc);
    expect(words).toContain(abstract);
    expect(words).toContain('arXiv 2607.11111, version 3 of 20 July 2026, first of 1 May 2026');
    expect(words).toContain('arXiv · PDF · Hugging Face · Code · DOI');
    expect(words).toContain('1,234 GitHub stars');
    expect(words).toContain('Published: Phys. Rev. α 76 (2026)');
    expect(JSON.stringify(doc)).toContain('https://doi.org/10.1000/182%3Cx%3E"');
  });

  test('of a first version, or of one whose days nobody told, says no more than is known', async () => {
    await havePapers(db(), [{ arxivId: '2607.11111', version: 1 }, { arxivId: '2607.22222', version: 4, publishedOn: '2026-07-01' }, { id: 'own/1', title: 'Own', arxivId: undefined, source: 'jsonl' }]);
    expect(await rig.read('/paper 2607.11111')).toContain('\narXiv 2607.11111 of 24 July 2026\n');
    expect(await rig.read('/paper 2607.22222')).toContain('\narXiv 2607.22222, version 4, first of 1 July 2026\n');
  });

  test('has BibTeX to copy that a parser reads, also of three thousand authors', async () => {
    await havePapers(db(), [{ arxivId: '2607.11111', title: 'Attention & {braces}', authors: ['Ada Lovelace'] }, { arxivId: '2607.22222', authors: Array.from({ length: 3_000 }, (_, i) => `Anna${i} Author${i}`) }]);
    const one = parseBibtex(bibtexIn((await rig.ask('/paper 2607.11111')).doc), { sentenceCase: false });
    expect(one.errors).toEqual([]);
    expect(one.entries[0]).toMatchObject({ type: 'misc', key: 'lovelace2026attention', fields: { title: 'Attention & braces', eprint: '2607.11111' } });
    const many = bibtexIn((await rig.ask('/paper 2607.22222')).doc);
    expect(many.length).toBeLessThan(1_500);
    expect(parseBibtex(many).entries[0]!.fields.author!.at(-1)).toEqual({ lastName: 'others' });
  });
});

test('a card says when the paper was posted in this channel, with the way there, and nothing of another channel', async () => {
  await havePapers(db(), [{ arxivId: '2607.11111', title: 'Attention' }]);
  const { id } = (await findPaper(db(), '2607.11111'))!;
  const [here, there] = [await aChannel(db()), await aChannel(db(), { ref: ELSEWHERE })];
  const slot = { kind: 'daily' as const, dueAt: MONDAY, title: 'A roundup', why: null, status: 'queued' as const, messages: [{ payload: {}, reply: false }], papers: [{ id, why: '', counts: { upvotes: null, stars: null } }], tryAt: MONDAY };
  for (const [channelId, on] of [[here.id, '2026-05-04'], [here.id, '2026-05-05'], [there.id, '2026-05-06']] as const) await writeRoundups(db(), [{ ...slot, channelId, on }], new Date(`${on}T09:00:00Z`));
  expect(await rig.read('/paper 2607.11111')).not.toContain('Posted here');
  await db().update(roundups).set({ status: 'sent' });
  await db().update(outbox).set({ status: 'sent', receipt: { id: '1', channel: 'C1', url: 'https://chat.example/p1' } });
  const { doc } = await rig.ask('/paper 2607.11111');
  expect(wordsIn(doc)).toContain('\nPosted here on 5 May 2026 and 4 May 2026.');
  expect(JSON.stringify(doc)).toContain('{"text":"5 May 2026","url":"https://chat.example/p1"}');
  expect(wordsIn(doc)).not.toContain('6 May');
  // In a thread it is that of its channel; in a channel without a roundup there is none.
  expect(await rig.read('/paper 2607.11111', { channel: { ...PLACE, id: 'T1', parent: PLACE.id } })).toContain('Posted here on 5 May');
  expect(await rig.read('/paper 2607.11111', { channel: { ...PLACE, id: 'C3' } })).not.toContain('Posted here');
  // Once its message is no longer kept, the day is.
  await db().delete(outbox);
  expect(await rig.read('/paper 2607.11111')).toContain('Posted here on 5 May 2026 and 4 May 2026.');
});

describe('in which other channels a paper was posted', () => {
  const given = async () => {
    await havePapers(db(), [{ arxivId: '2607.11111', title: 'Attention' }]);
    const { id } = (await findPaper(db(), '2607.11111'))!;
    const slot = { kind: 'daily' as const, dueAt: MONDAY, title: 'A roundup', why: null, status: 'queued' as const, messages: [{ payload: {}, reply: false }], papers: [{ id, why: '', counts: { upvotes: null, stars: null } }], tryAt: MONDAY };
    const refs = [PLACE, { ...PLACE, id: 'C2', name: '*random*' }, { platform: PLACE.platform, workspace: PLACE.workspace, id: 'C3' }, { ...PLACE, id: 'C4', name: 'closed' }, { ...PLACE, workspace: 'W2', id: 'C5', name: 'other-lab' }];
    for (const [n, ref] of refs.entries()) {
      const channel = await aChannel(db(), { ref });
      for (const day of [1, 6]) await writeRoundups(db(), [{ ...slot, channelId: channel.id, on: `2026-05-0${day + (n && 1)}` }], new Date(`2026-05-0${day + (n && 1)}T09:0${n}:00Z`));
    }
    const digest = await aChannel(db(), { ref: { ...PLACE, id: 'D-bea', person: 'bea' }, owner: 'paper:W1:bea' });
    await writeRoundups(db(), [{ ...slot, channelId: digest.id, on: '2026-05-08' }], MONDAY);
    await db().update(roundups).set({ status: 'sent' });
    await db().update(outbox).set({ status: 'sent', receipt: { id: '1', channel: 'C', url: 'https://chat.example/p1' } });
  };
  const isIn = async (ids: string[]) => ids.filter((id) => id !== 'C4');
  const asker = { person: aPerson('member', { isIn }) };

  test('is told who asks, of those that they are in, with the way there', async () => {
    await given();
    const { doc } = await rig.ask('/paper 2607.11111', asker);
    expect(wordsIn(doc)).toContain('\nPosted here on 6 May 2026 and 1 May 2026.\nAlso posted in a private channel on 7 May 2026 and #*random* on 7 May 2026.\n');
    expect(JSON.stringify(doc)).toContain('"#*random* on ",{"text":"7 May 2026","url":"https://chat.example/p1"}');
    expect(wordsIn(doc)).not.toMatch(/closed|other-lab|8 May/);
    expect(await rig.read('/paper 2607.11111', { ...asker, channel: { ...PLACE, id: 'C9' } })).toContain('\nPosted in a private channel on 7 May 2026, #*random* on 7 May 2026 and #reading on 6 May 2026.\n');
    expect(await rig.read('/paper 2607.11111', { ...asker, channel: { ...PLACE, workspace: 'W3' } })).not.toContain('osted in');
  });

  test('is nothing that a card shows to a channel, nor anybody whose channels can’t be told', async () => {
    await given();
    for (const line of ['/paper post 2607.11111', '/paper submit 2607.11111']) expect(await rig.read(line, asker), line).not.toMatch(/random|private channel/);
    const unknown = { person: aPerson('member', { isIn: () => Promise.reject(new UserError('Slack can’t tell right now.')) }) };
    for (const who of [unknown, { person: aPerson('member') }]) expect(await rig.read('/paper 2607.11111', who)).toMatch(/Posted here on 6 May 2026 and 1 May 2026\.\n(?!Also)/);
  });
});

test('saves and votes are those of this channel, and another channel learns not even a number', async () => {
  await havePapers(db(), [{ arxivId: '2607.11111' }]);
  for (const id of ['bea', 'kim']) await rig.ask('/paper save 2607.11111', { person: aPerson('member', { id }) });
  await rig.ask('/paper vote up 2607.11111', { channel: ELSEWHERE });
  expect(await rig.read('/paper 2607.11111')).toContain('saved by 2 people in this channel');
  expect(await rig.read('/paper 2607.11111')).not.toContain('vote');
  expect(await rig.read('/paper 2607.11111', { channel: ELSEWHERE })).toContain('+1 vote in this channel');
  expect(await rig.read('/paper 2607.11111', { channel: ELSEWHERE })).not.toContain('saved by');
});
