import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonl } from '../../src/sources/index.ts';
import { readRow } from '../../src/sources/jsonl.ts';
import { LONGEST_LINE, readLines } from '../../src/sources/lines.ts';
import { bytesOf, makeIo, readAll } from './world.ts';

const read = (...parts: (string | Uint8Array)[]) => readAll(jsonl, undefined, makeIo({ input: bytesOf(...parts) }));
const row = (more: object) => JSON.stringify({ id: 'x', title: 'A title', abstract: 'An abstract.', ...more });

describe('a file of papers', () => {
  test('is read line by line, with everything that a line may say', async () => {
    const { records } = await read(
      row({ id: 'arXiv:2607.01234v2', authors: ['Ann', ' Bob '], date: '2026-07-13', categories: ['cs.CL', 'I.2.7'], url: 'https://example.org/x', upvotes: 0 }),
      '\n',
      row({ id: 'doc 17/Ü', date: '2026-07-13T10:00:00Z', authors: null }),
    );
    expect(records).toEqual([
      {
        ...{ source: 'jsonl', id: 'arXiv:2607.01234v2', arxivId: '2607.01234', version: 2, title: 'A title', abstract: 'An abstract.' },
        ...{ authors: ['Ann', 'Bob'], categories: ['cs.CL'], publishedOn: '2026-07-13', url: 'https://example.org/x', upvotes: 0 },
      },
      { source: 'jsonl', id: 'doc 17/Ü', title: 'A title', abstract: 'An abstract.', authors: [], categories: [], publishedOn: '2026-07-13' },
    ]);
  });

  test('may have a byte order mark, carriage returns, blank lines, and no end to its last line', async () => {
    const { records, rejected } = await read('\ufeff', row({ id: 'a' }), '\r\n\r\n  \n', row({ id: 'b' }), '\r\n', row({ id: 'c' }));
    expect(records.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(rejected).toEqual([]);
  });

  test('keeps papers of equal title apart, and the ids as they came', async () => {
    const ids = ['007', ' padded ', 'Ünïcödé', 'a'.repeat(255), '👩‍🔬'.repeat(60)];
    const { records } = await read(ids.map((id) => row({ id })).join('\n'));
    expect(records.map(({ id }) => id)).toEqual(ids);
  });

  test('has papers without a title, which take the first words of the abstract, and one with the title “0”', async () => {
    const { records } = await read([row({ title: ' ', abstract: 'Some words about it. '.repeat(20) }), row({ id: 'y', title: undefined }), row({ id: 'z', title: '0', abstract: null })].join('\n'));
    expect(records.map(({ title }) => title)).toEqual([expect.stringMatching(/^Some words about it\. .{20,70}…$/), 'An abstract.', '0']);
  });

  test('has lines that are rejected, each with its number and the reason, and the rest is taken', async () => {
    const bad: [string | Uint8Array, RegExp][] = [
      ['{"id":', /^not JSON$/],
      ['[1]', /expected object/],
      ['null', /expected object/],
      [row({ id: 17 }), /^id: expected string, received number/],
      [row({ id: undefined }), /^id: expected string, received undefined/],
      [row({ id: '' }), /^id: is empty/],
      [row({ id: 'a'.repeat(256) }), /^id: longer than 255 characters/],
      [row({ id: 'nul\u0000' }), /^id: has characters/],
      [row({ id: '\ud800' }), /^id: has characters/],
      [row({ title: ['x'] }), /^title: expected string/],
      [row({ authors: 'Ann' }), /^authors: expected array/],
      [row({ authors: [{ name: 'Ann' }] }), /^authors\.0: expected string/],
      [row({ date: '2026-02-30' }), /^date: is not a date/],
      [row({ date: 'yesterday' }), /^date: is not a date/],
      [row({ url: 'javascript:alert(1)' }), /^url: is not a web address/],
      [row({ upvotes: -1 }), /^upvotes: /],
      [row({ upvotes: 1.5 }), /^upvotes: /],
      [row({ title: ' ', abstract: '\u200b' }), /^neither a title nor an abstract$/],
      [Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), /^not valid UTF-8$/],
      [row({ abstract: 'a'.repeat(LONGEST_LINE) }), /^longer than 1048576 bytes$/],
    ];
    const { records, rejected } = await read(...bad.flatMap(([line]) => [line, '\n']), row({ id: 'good' }));
    expect(records.map(({ id }) => id)).toEqual(['good']);
    expect(rejected.map(({ line }) => line)).toEqual(bad.map((_, at) => at + 1));
    for (const [at, [, why]] of bad.entries()) expect(rejected[at]!.why).toMatch(why);
    expect(rejected.every(({ raw }) => raw.length > 0 && raw.length <= LONGEST_LINE)).toBe(true);
  });

  test('is read the same however its bytes are cut', async () => {
    const whole = Buffer.from(`\ufeff${[row({ id: 'ä' }), row({ id: '👩' }), '{', row({ id: 'c' })].join('\r\n')}`);
    const expected = await read(whole);
    expect(expected.records.map(({ id }) => id)).toEqual(['ä', '👩', 'c']);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: whole.length }), { maxLength: 8 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), whole.length];
        expect(await read(...at.slice(1).map((end, one) => whole.subarray(at[one], end)))).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  test('of any bytes whatever never fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60 })), async (parts) => {
        const { records } = await read(...parts);
        for (const record of records) expect(record.title).not.toBe('');
      }),
    );
  });

  test('of a terabyte would need a megabyte: a line that never ends is dropped as it comes', async () => {
    const chunk = Buffer.alloc(1 << 20, 'a');
    async function* endless() {
      for (let at = 0; at < 200; at++) yield chunk;
      yield Buffer.from(`\n${row({ id: 'after' })}`);
    }
    const lines = [];
    for await (const line of readLines(endless())) lines.push(line);
    expect(lines).toMatchObject([{ line: 1, why: expect.stringContaining('longer than') as unknown }, { line: 2 }]);
    expect(JSON.stringify(lines[0]).length).toBeLessThan(3000);
  });
});

test('any JSON value in a line is a paper or a reason', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record({ id: fc.string({ unit: 'binary' }), title: fc.string({ unit: 'binary' }), abstract: fc.string({ unit: 'binary' }) }, { requiredKeys: ['id'] })), (value) => {
      const read = readRow(JSON.stringify(value));
      if ('why' in read) expect(read.why).not.toBe('');
      else expect(JSON.stringify(read)).not.toContain('\\u0000');
    }),
  );
});
