import { describe, expect, test } from 'vitest';
import { findChannel, listChannels, pauseChannel } from '../src/db/channels.ts';
import { followTopic } from '../src/db/topics.ts';
import { applyImport, exportSettings, planImport, readTransfer, type Transfer } from '../src/transfer.ts';
import { forgetSaid } from '../src/db/forget.ts';
import { notePaper, readPaper } from '../src/db/marks.ts';
import { findPaper } from '../src/db/papers.ts';
import { dismissPaper, savePaper, votePaper } from '../src/db/saves.ts';
import { useDb } from './support/db.ts';
import { aChannel, aPerson, havePapers, MONDAY, PLACE } from './support/factories.ts';

const READY = { topics: [{ name: 'vision', query: 'cat:cs.CV', about: 'seeing' }] };
const READING = { ...PLACE, name: 'reading', at: '09:00', zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], size: 5, topics: ['attention'] };
const file = (...channels: object[]) => ({ version: 1, channels });
const read = (...channels: object[]) => readTransfer(file(...channels), READY);

describe('reading what export wrote', () => {
  test('a ready-made topic may stand under its name; days are sorted, each once', () => {
    const [channel] = read({ ...READING, days: [5, 1, 5], topics: ['vision', 'attention'] }).channels;
    expect(channel).toMatchObject({ days: [1, 5], topics: ['cat:cs.CV', 'attention'] });
  });

  test.each([
    ['no version', { channels: [] }, /version/],
    ['a version of the future', { version: 2, channels: [] }, /version/],
    ['nothing at all', null, /the file/],
    ['a key that nobody knows', file({ ...READING, szie: 3 }), /szie/],
    ['a time that is none', file({ ...READING, at: '9 am' }), /channels\.0\.at/],
    ['a zone that there isn’t', file({ ...READING, zone: 'Mars/Olympus' }), /reading: .*Mars\/Olympus/],
    ['a topic that can’t be read', file({ ...READING, topics: ['"unclosed'] }), /reading: /],
    ['a vote that is none', { ...file(), people: [{ kind: 'vote', person: 'p:w:u', workspace: 'p:w', channel: 'c', paper: 'x', at: '2026-07-27T09:00:00.000Z', words: '7' }] }, /people\.0: a vote’s words/],
    ['no day at all', file({ ...READING, days: [] }), /channels\.0\.days/],
  ])('%s is refused in words', (_what, document, words) => {
    expect(() => readTransfer(document, READY)).toThrow(words);
  });
});

describe('importing', () => {
  const db = useDb();
  const apply = (wanted: Transfer) => applyImport(db(), wanted, MONDAY);

  test('makes a new channel as the file says, due at its next time', async () => {
    const wanted = read({ ...READING, zone: 'Europe/Berlin', at: '08:30' });
    expect(await planImport(db(), wanted)).toEqual([{ channel: 'paper/W1/reading', changes: [expect.stringMatching(/^new: .*08:30.*5 papers, attention$/)] }]);
    await apply(wanted);
    expect(await exportSettings(db())).toEqual(wanted);
    expect((await findChannel(db(), PLACE))!.nextDueAt).toEqual(new Date('2026-07-28T06:30:00Z'));
  });

  test('a forum is one again, so that its roundups are posts', async () => {
    const wanted = read({ ...READING, forum: true, layout: 'full' });
    await apply(wanted);
    expect(await findChannel(db(), PLACE)).toMatchObject({ forum: true, layout: 'full' });
    expect(await exportSettings(db())).toEqual(wanted);
  });

  test('changes what differs, says so before, and then finds no difference', async () => {
    const channel = await aChannel(db());
    await followTopic(db(), channel, 'diffusion', 'ana', MONDAY);
    const wanted = read({ ...READING, size: 8, layout: 'each', silent: true, days: [1], paused: 'holidays', quiet: true, taste: false, reading: 'monthly', links: false });
    expect(await planImport(db(), wanted)).toEqual([
      { channel: 'paper/W1/reading', changes: [expect.stringMatching(/^schedule: .* -> /), 'size: 5 -> 8', 'layout: compact -> each', 'silent: on', 'posts on quiet days: on', 'taste: off', 'what we read: monthly', 'previews of links: off', 'paused: holidays', '+ attention', '- diffusion'] },
    ]);
    await apply(wanted);
    expect(await planImport(db(), wanted)).toEqual([]);
    expect(await exportSettings(db())).toEqual(wanted);
  });

  test('wakes a paused channel whose file no longer says so', async () => {
    await pauseChannel(db(), await aChannel(db()), 'by @ana');
    const wanted = read({ ...READING, topics: [] });
    expect(await planImport(db(), wanted)).toEqual([{ channel: 'paper/W1/reading', changes: ['resumed'] }]);
    await apply(wanted);
    expect((await findChannel(db(), PLACE))!.pausedWhy).toBeNull();
  });

  test('leaves channels alone that the file doesn’t name', async () => {
    await aChannel(db(), { ref: { ...PLACE, id: 'C2', name: 'other' } });
    await apply(read(READING));
    expect((await listChannels(db())).map(({ name }) => name)).toEqual(['other', 'reading']);
  });

  test('is all or nothing', async () => {
    const wanted = read(READING, { ...READING, id: 'C2' });
    // What no check foresaw: the database refuses the second channel.
    wanted.channels[1]!.size = 100_000;
    await expect(apply(wanted)).rejects.toThrow();
    expect(await listChannels(db())).toEqual([]);
  });

  test('carries what people said of papers only when that is asked for, and brings it back as it was', async () => {
    await havePapers(db(), [{ arxivId: '2607.10001' }]);
    const { id } = (await findPaper(db(), '2607.10001'))!;
    const ana = { channel: PLACE, person: aPerson() };
    await savePaper(db(), ana, id, MONDAY);
    await votePaper(db(), ana, id, -1, MONDAY);
    await notePaper(db(), ana, id, 'yes: "no" # really', MONDAY);
    await readPaper(db(), ana, id, MONDAY);
    await dismissPaper(db(), ana, id, MONDAY);
    expect(await exportSettings(db())).not.toHaveProperty('people');
    const before = await exportSettings(db(), { people: true });
    expect(before.people).toHaveLength(5);
    const wanted = readTransfer(before, READY);
    expect(await planImport(db(), wanted)).toEqual([]);

    await forgetSaid(db(), ana);
    const unknown = { ...wanted.people![0]!, paper: '2607.19999' };
    const more = { ...wanted, people: [...wanted.people!, unknown] };
    expect(await planImport(db(), more)).toEqual([{ channel: 'people', changes: ['+ 5 saves, votes, notes and marks', 'left out: 1 of papers that are not here'] }]);
    await apply(more);
    expect(await exportSettings(db(), { people: true })).toEqual(before);
  });
});
