// A subscription in one line, and its Undo.
import { beforeEach, describe, expect, test } from 'vitest';
import { readLine } from '../../src/commands/roundup/one-line.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, wordsIn } from '../support/factories.ts';

describe('a line', () => {
  test.each([
    ['"state space models" -survey at 9 weekdays Europe/Berlin top 5', { topic: '"state space models" -survey', when: 'at 9 weekdays Europe/Berlin', size: 5 }],
    ['nlp top 5 Europe/Berlin mon,wed 7pm', { topic: 'nlp', when: 'Europe/Berlin mon,wed 7pm', size: 5 }],
    ['nlp, at 7:30 pm, on mon and wed, size 3', { topic: 'nlp', when: 'at 7:30pm mon wed', size: 3 }],
    ['diffusion every day 9:30', { topic: 'diffusion', when: 'daily 9:30' }],
    ['diffusion monday at 9', { topic: 'diffusion', when: 'monday at 9' }],
    ['at 9 weekdays', { topic: '', when: 'at 9 weekdays' }],
    ['everything at 9', { topic: '', when: 'at 9' }],
    ['everything', { topic: '', when: '' }],
    ['nlp Europe/Belin', { topic: 'nlp', when: 'Europe/Belin' }],
  ])('%s is a topic and settings', (line, read) => expect(readLine(line)).toEqual(read));

  test.each([
    'learning at scale', 'look at 3 papers', 'accuracy at 50', '"at 9"', 'vision/language', 'black monday', 'neural SAT', 'solar sun', 'GMT', 'top 5 accuracy',
    'at 9 robots', 'GPT 4', 'sunlight', 'daily -"top 5" walks', 'title:"at 9"', '-"weekdays"',
  ])('%s is all topic', (line) => expect(readLine(line)).toEqual({ topic: line, when: '' })); // prettier-ignore

  test('that a form made is never read in another way', () => {
    expect(readLine('neural sat\nat 09:00 mon,tue UTC top 5')).toEqual({ topic: 'neural sat', when: 'at 09:00 mon,tue UTC', size: 5 });
    expect(readLine('top 5\nat 09:00')).toEqual({ topic: 'top 5', when: 'at 09:00' });
    expect(() => readLine('nlp\nwhenever')).toThrow('“whenever” is not an hour');
  });
});

describe('subscribing in one line', () => {
  const db = useDb();
  let rig: Rig;
  beforeEach(async () => {
    await havePapers(db(), [{ title: 'Sparse attention' }]);
    rig = await openRig(db());
  });

  test('the channel is told all of it, and one press makes it as if nothing had been said', async () => {
    const answer = await rig.ask('/roundup subscribe "state space models" -survey at 9:30 mon,wed America/New_York top 5', { zone: 'Europe/Berlin' });
    expect(answer.audience).toBe('channel');
    expect(wordsIn(answer.doc)).toContain('a roundup on "state space models" -survey: Mondays, Wednesdays at 09:30, America/New_York, at most 5 papers.');
    const undone = await rig.press(answer, 'Undo');
    expect(undone.audience).toBe('channel');
    expect(wordsIn(undone.doc)).toContain('Undone by Ana: this channel has no roundup, as before.');
    expect(await rig.read('/roundup list')).toContain('This channel has no roundup yet.');
  });

  test('what is not said stays as it was; Undo brings back topic, schedule, size and the next roundup', async () => {
    await rig.ask('/roundup subscribe nlp at 10 daily UTC top 7');
    await rig.ask('/roundup pause');
    const before = await rig.read('/roundup list');
    const answer = await rig.ask('/roundup subscribe robotics at 11 Asia/Tokyo top 3');
    expect(wordsIn(answer.doc)).toContain('a roundup on nlp and robotics: daily at 11:00, Asia/Tokyo, at most 3 papers.');
    expect(wordsIn((await rig.press(answer, 'Undo')).doc)).toContain('this channel gets a roundup on nlp: daily at 10:00, UTC, at most 7 papers, as before.');
    expect(await rig.read('/roundup list')).toBe(before);
    expect(wordsIn((await rig.press(answer, 'Undo')).doc)).toContain('There is no subscription here to take back.');
  });

  test('Undo takes nothing back that others have changed since, and an old button nothing newer', async () => {
    const first = await rig.ask('/roundup subscribe nlp top 7');
    await rig.ask('/roundup size 4');
    expect(wordsIn((await rig.press(first, 'Undo')).doc)).toContain('was changed again since');
    const second = await rig.ask('/roundup subscribe robotics');
    expect(wordsIn((await rig.press(first, 'Undo')).doc)).toContain('subscribed to something else since');
    await rig.ask('/roundup schedule 11:00');
    await rig.press(second, 'Undo');
    expect(await rig.read('/roundup list')).toMatch(/follows 1 topic: weekdays at 11:00, UTC, at most 4 papers/);
  });

  test('a new channel that has had a roundup keeps its history, and gets no more', async () => {
    const answer = await rig.ask('/roundup subscribe everything');
    await rig.ask('/roundup now');
    expect(wordsIn((await rig.press(answer, 'Undo')).doc)).toContain('this channel gets no more roundups.');
    expect(await rig.read('/roundup history')).toContain('27 July 2026, extra');
    rig.clock.moveTo('2026-07-28T09:00:30Z');
    await rig.app.tick();
    expect(rig.platform.posted.filter(({ title }) => title.startsWith('Trending'))).toEqual([]);
  });

  test.each([
    ['attention top 99', 'A roundup has 1 to 25 papers'],
    ['attention Europe/Belin', 'no time zone “Europe/Belin”'],
    ['attention at 25:00', 'no time “25:00”'],
  ])('%s is refused, and nothing is subscribed', async (line, problem) => {
    expect(await rig.read(`/roundup subscribe ${line}`)).toContain(problem);
    expect(await rig.read('/roundup list')).toContain('no roundup yet');
  });

  test('only who may manage the channel can undo', async () => {
    await rig.ask('/roundup subscribe nlp');
    expect(await rig.read('/roundup undo', { standing: 'member' })).toContain('Only people who may manage channels');
    expect(await rig.read('/roundup list')).toContain('follows 1 topic');
  });

  test('to a topic that no paper matched says so, before anybody waits for papers', async () => {
    const said = await rig.read('/roundup subscribe atention heads at 9');
    expect(said).toContain('This channel gets a roundup on atention heads');
    expect(said).toContain('no paper matched “atention heads”.');
  });
});
