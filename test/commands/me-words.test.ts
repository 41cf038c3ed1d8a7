// `/roundup me …`: what is neither a verb of one's own digest nor a topic, and what is said of one that was ended.
import { beforeEach, expect, test } from 'vitest';
import { listChannels } from '../../src/db/channels.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;
beforeEach(async () => {
  await havePapers(db(), [{ title: 'Sparse attention' }]);
  rig = await openRig(db());
});

test('what is said to a channel, or of an address, is no topic', async () => {
  for (const line of ['reading weekly', 'links', 'links off', 'email ana@lab.org nlp']) {
    const [verb] = line.split(' ');
    expect(await rig.read(`/roundup me ${line}`)).toContain(`/roundup ${verb} is said without “me”: it isn’t about your own digest. If “${line}” is a topic, say /roundup me subscribe ${line}.`);
  }
  expect(await listChannels(db())).toEqual([]);
  for (const topic of ['reading comprehension', 'subscribe links']) expect(await rig.read(`/roundup me ${topic}`)).toContain('get a digest on');
});

test('a digest that was ended follows nothing, and comes back as it was', async () => {
  await rig.ask('/roundup me attention at 7:30');
  await rig.ask('/roundup me off');
  for (const line of ['', ' list', ' status']) {
    const { doc } = await rig.ask(`/roundup me${line}`);
    expect(wordsIn(doc)).toContain('You get no digest any more: it was ended.');
    expect(wordsIn(doc)).not.toMatch(/You follow|All is well|needs a person/);
    expect(doc.actions?.map(({ label }) => label)).toEqual(['Subscribe again', 'Preview']);
  }
  expect(wordsIn((await rig.press(await rig.ask('/roundup me'), 'Subscribe again')).doc)).toContain('You get a digest of everything that trends: weekdays at 07:30, UTC');
  expect(await rig.read('/roundup me')).toContain('You follow everything that trends');
});

test('nor does a channel whose roundup was ended', async () => {
  await rig.ask('/roundup subscribe attention at 7:30');
  const ended = await rig.ask('/roundup unsubscribe all');
  expect(wordsIn(ended.doc)).toContain('This channel gets no more roundups.');
  for (const line of ['list', 'status']) {
    const words = await rig.read(`/roundup ${line}`);
    expect(words).toContain('This channel gets no roundup any more: it was ended.');
    expect(words).toContain('weekdays at 07:30, UTC, at most 10 papers');
    expect(words).not.toMatch(/follows|All is well|needs a person/);
  }
});
