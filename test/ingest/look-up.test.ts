import { describe, expect, test } from 'vitest';
import { silent } from '../../src/core/log.ts';
import { countPapers, saveRecords } from '../../src/db/papers.ts';
import { lookUpPaper, type LookUpDeps } from '../../src/ingest/look-up.ts';
import * as sources from '../../src/sources/index.ts';
import { useDb } from '../support/db.ts';
import { fixture, useLoopback } from '../sources/world.ts';

const db = useDb();
const server = useLoopback();

function makeDeps(more: Partial<LookUpDeps> = {}): LookUpDeps {
  let at = Date.parse('2026-07-14T12:00:00Z');
  return {
    ...{ db: db(), now: () => new Date(at), env: { ARXIV_API_URL: server().base }, fetch, log: silent, categories: [] },
    ...{ sources: Object.values(sources), signal: AbortSignal.timeout(10_000), wait: async (ms: number) => void (at += ms) },
    ...more,
  };
}

describe('a look-up', () => {
  test('asks arXiv for what is not known yet, once, and does not take it for news', async () => {
    server().respond = (_request, response) => void response.end(fixture('arxiv/200.id_0808.05394_1707.08567_s0_m100.xml'));
    expect(await lookUpPaper(makeDeps(), '1707.08567')).toMatchObject({ ref: '1707.08567', sources: ['arxiv'], listedAt: new Date('2017-07-28T00:00:00Z') });
    await lookUpPaper(makeDeps(), '1707.08567');
    expect(server().asked.length).toBe(1);
  });

  test('finds nothing where arXiv has nothing', async () => {
    server().respond = (_request, response) => void response.end(fixture('arxiv/200.id_0000.0000_s0_m100.xml'));
    expect(await lookUpPaper(makeDeps(), '2607.99999')).toBeUndefined();
    expect(await countPapers(db())).toBe(0);
  });

  test('fails in its own time when arXiv does not answer, and known papers are found all the same', async () => {
    server().respond = (_request, response) => void response.writeHead(503).end();
    await expect(lookUpPaper(makeDeps(), '2607.00001')).rejects.toMatchObject({ name: 'SourceError', message: expect.stringContaining('503') as unknown });
    server().respond = () => {};
    await expect(lookUpPaper(makeDeps({ signal: AbortSignal.timeout(100) }), '2607.00001')).rejects.toMatchObject({ name: 'TimeoutError' });
    await saveRecords(db(), [{ source: 'huggingface', id: '2607.00001', arxivId: '2607.00001', title: 'Known', abstract: '', authors: [], categories: [] }], new Date());
    expect(await lookUpPaper(makeDeps(), '2607.00001')).toMatchObject({ title: 'Known' });
  });
});
