import { beforeEach, expect, test } from 'vitest';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;

beforeEach(async () => {
  rig = await openRig(db());
});

test('who subscribes a channel is told that links get a preview, once', async () => {
  expect(await rig.read('/roundup subscribe attention')).toContain('Links to papers that people post here get a preview. /roundup links off changes that.');
  expect(await rig.read('/roundup subscribe nlp')).not.toContain('preview');
});

test('everybody may ask, managers switch, and the channel sees who did', async () => {
  await rig.ask('/roundup subscribe attention');
  const shown = await rig.ask('/roundup links', { standing: 'guest' });
  expect(shown.audience).toBe('asker');
  expect(wordsIn(shown.doc)).toContain('once in 30 minutes for a paper, and never for three or more links in a message');
  expect(await rig.read('/roundup links off', { standing: 'member' })).toContain('Only people who may manage channels here');

  const off = await rig.press(shown, 'Switch off');
  expect(off).toMatchObject({ audience: 'channel', doc: { summary: 'Links to papers that people post here get no preview. Switched off by Ana.' } });
  expect(await rig.read('/roundup list')).toContain('get no preview. /roundup links on changes that.');
  const on = await rig.press(await rig.ask('/roundup links'), 'Switch on');
  expect(on.doc.summary).toBe('Links to papers that people post here get a preview. Switched on by Ana.');
  expect(await rig.read('/roundup list')).toContain('get a preview. /roundup links off changes that.');
});

test('a pause says that previews rest, too', async () => {
  await rig.ask('/roundup subscribe attention');
  expect(await rig.read('/roundup pause')).toContain('Links to papers get no preview meanwhile.');
  expect(await rig.read('/roundup links')).toContain('get a preview again when the roundup goes on.');
  await rig.ask('/roundup links off');
  expect(await rig.read('/roundup pause')).not.toContain('preview');
});

test.each(['/roundup links maybe', '/roundup links off now'])('%s is told how it is used', async (line) => {
  await rig.ask('/roundup subscribe attention');
  expect(await rig.read(line)).toContain('Use it like this: /roundup links [PREVIEWS]');
});

test('a channel without a roundup is told to start one', async () => {
  expect(await rig.read('/roundup links off')).toContain('This channel has no roundup yet.');
});

test('on a platform that tells of no links, there is no such verb', async () => {
  rig.platform.can.links = false;
  expect(await rig.read('/roundup subscribe attention')).not.toContain('preview.');
  expect(await rig.read('/roundup links off')).toContain('/roundup has no “links”.');
  expect(await rig.read('/roundup help')).not.toContain('/roundup links');
  expect(await rig.read('/roundup list')).not.toContain('get a preview');
  rig.platform.can.links = true;
  expect(await rig.read('/roundup help')).toContain('/roundup links');
});
