// The form of `/roundup subscribe`, as any platform fills it in: what it asks, what it foresees, and which field is wrong.
import { beforeEach, describe, expect, test } from 'vitest';
import { foresee, formOf } from '../../src/call.ts';
import { filledText } from '../../src/core/form.ts';
import { FIELDS } from '../../src/commands/roundup/subscribe-form.ts';
import type { Call, Standing } from '../../src/core/chat.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { aPerson, havePapers, PLACE } from '../support/factories.ts';

const db = useDb();
let rig: Rig;
beforeEach(async () => {
  await havePapers(db(), [{ title: 'Sparse attention' }, { title: 'Dense attention' }]);
  rig = await openRig(db());
});

const said = (text: string, standing: Standing = 'manager'): Call => ({ command: 'roundup', text, channel: PLACE, person: aPerson(standing) });
const filled = (fields: Partial<Record<(typeof FIELDS)[number], string>>) => {
  const all = { topic: '', time: '09:00', zone: 'UTC', days: 'mondays tuesdays', size: 'top 10', layout: '', ...fields };
  return filledText('subscribe', FIELDS.map((name) => all[name].split(' ').filter(Boolean)));
};
const prospect = (fields: Parameters<typeof filled>[0]) => foresee(said(filled(fields)), rig.app.deps);

test('its fields are those that a mistake can be told of, and it begins with what the channel has', async () => {
  await rig.ask('/roundup subscribe nlp at 10:30 mon,wed Asia/Tokyo top 7');
  const form = await formOf(said('subscribe'), rig.app.deps);
  expect(form!.fields.map(({ name }) => name)).toEqual(FIELDS);
  expect(form!.fields).toMatchObject([{ ready: expect.arrayContaining([{ label: 'nlp', value: 'nlp', about: 'Natural language processing' }]) as object }, { value: '10:30' }, { value: 'Asia/Tokyo' }, { values: ['mondays', 'wednesdays'] }, { value: 'top 7' }, { value: 'layout compact' }]);
});

test('who may not subscribe gets none, and is told so by the call itself', async () => {
  expect(await formOf(said('subscribe', 'member'), rig.app.deps)).toBeUndefined();
  expect(await rig.read('/roundup subscribe', { standing: 'member' })).toContain('Only people who may manage channels');
});

describe('what it would bring', () => {
  test('is said as the confirmation and the preview say it, and changes nothing', async () => {
    const { says } = (await prospect({ topic: 'attention', size: 'top 1', zone: 'Asia/Tokyo' }))!;
    expect(says).toBe('This channel would get a roundup on attention: Mondays, Tuesdays at 09:00, Asia/Tokyo, at most 1 paper. In the one day of the last 30 that Paperround knows “attention” would have brought about 2 papers a day, at most 2. A roundup has the 1 of them that trend most.');
    expect(await rig.read('/roundup preview attention')).toContain('In the one day of the last 30 that Paperround knows “attention” would have brought about 2 papers a day, at most 2.');
    expect(await rig.read('/roundup list')).toContain('no roundup yet');
  });

  test('of no topic is everything that trends, or what the channel follows', async () => {
    expect(await prospect({})).toEqual({ says: 'This channel would get a roundup of everything that trends: Mondays, Tuesdays at 09:00, UTC, at most 10 papers.' });
    await rig.ask('/roundup subscribe robots');
    expect((await prospect({ topic: 'robots' }))!.says).toContain('a roundup on robots:');
    expect((await prospect({ topic: 'attention' }))!.says).toContain('a roundup on robots and attention:');
  });
});

test.each([
  [{ time: '9' }, 'Mondays, Tuesdays at 09:00, UTC'],
  [{ time: '7:30 pm' }, 'Mondays, Tuesdays at 19:30, UTC'],
  [{ time: 'at 8' }, 'Mondays, Tuesdays at 08:00, UTC'],
  [{ zone: 'new york' }, 'Mondays, Tuesdays at 09:00, America/New_York'],
  [{ zone: 'utc' }, 'Mondays, Tuesdays at 09:00, UTC'],
])('what somebody types into a field of its own is understood there: %o', async (fields, words) => {
  expect((await prospect(fields))!.says).toContain(words);
});

test.each([
  ['topic', { topic: '-survey' }, 'only says what to leave out'],
  ['topic', { topic: '=0123456789abcdef' }, 'too old'],
  ['time', { time: '25:00' }, 'There is no time “25:00”'],
  ['time', { time: 'whenever' }, '“whenever” is not an hour'],
  ['zone', { zone: 'Europe/Belin' }, 'There is no time zone “Europe/Belin”'],
  ['zone', { zone: 'my place' }, 'There is no time zone “my place”'],
  ['zone', { zone: 'america' }, 'There is no time zone “america”'],
  ['days', { days: 'somedays' }, '“somedays” is not an hour'],
  ['size', { size: 'top 99' }, 'A roundup has 1 to 25 papers'],
] as const)('a mistake in its %s is told of that field: %o', async (field, fields, problem) => {
  const told = await prospect(fields);
  expect(told).toMatchObject({ refused: true, field });
  expect(told!.says).toContain(problem);
  const answer = await rig.app.handle(said(filled(fields)));
  expect(answer).toMatchObject({ refused: true, field, audience: 'asker' });
  expect(answer.doc.summary).toBe(told!.says);
});
