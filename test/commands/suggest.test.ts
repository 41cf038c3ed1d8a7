// What is suggested while somebody types a command, and that what is filled in does what its label says.
import { beforeEach, describe, expect, test } from 'vitest';
import { complete } from '../../src/call.ts';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { aPerson, havePapers, PLACE } from '../support/factories.ts';

const db = useDb();
let rig: Rig;
beforeEach(async () => {
  await havePapers(db(), [
    { arxivId: '2607.11111', title: 'Attention for robots', authors: ['Ada Lovelace', 'Yann LeCun'] },
    { arxivId: '2607.22222', title: 'Speech of whales', authors: ['Ada Lovelace'] },
    { arxivId: '2607.33333', title: 'Speech of whales', authors: ['Wei Speecher'] },
    { arxivId: '2607.44444', title: `Whales ${'and other large animals of the sea '.repeat(6)}`, authors: ['"Bobby" @everyone Tables'] },
  ]);
  rig = await openRig(db());
});

/** `/paper att`, as it stands while somebody types. */
const suggested = (line: string, option = 'query', channel = PLACE) => {
  const [, command, text] = /^\/(\S+) (.*)$/s.exec(line)!;
  return complete({ command: command!, text: text!, option, channel, person: aPerson() }, rig.app.deps);
};
const labels = async (...asked: Parameters<typeof suggested>) => (await suggested(...asked)).map(({ label }) => label);

describe('for a search', () => {
  test('topics that are so called come first, then titles; each title once, and nothing is longer than can be filled in', async () => {
    expect(await labels('/paper speech')).toEqual(['speech (topic): Speech and audio', 'Speech of whales', 'Wei Speecher (author)']);
    expect(await suggested('/paper whales')).toContainEqual({ label: expect.stringContaining('Whales and other large') as string, value: '2607.44444' });
    expect((await suggested('/paper efficiency')).every(({ value }) => value.length <= 100)).toBe(true);
  });

  test('what is rather a name than a word of a title is an author first', async () => {
    expect((await suggested('/paper lovel'))[0]).toEqual({ label: 'Ada Lovelace (author)', value: 'author:"Ada Lovelace"' });
    expect((await labels('/paper yann lec'))[0]).toBe('Yann LeCun (author)');
    expect(await labels('/paper attention')).toEqual(['attention (topic): Attention and its alternatives', 'Attention for robots']);
  });

  test('who types a condition is offered authors or categories, behind what was typed before it', async () => {
    const ada = { label: 'Ada Lovelace (author)', value: 'author:"Ada Lovelace"' };
    for (const typed of ['author:"Ada', 'author:"Ada Lovel', 'author:lovel', 'AUTHOR:“Ada Lovelace']) expect(await suggested(`/paper ${typed}`), typed).toEqual([ada]);
    const behind = 'attention author:"Ada Lovelace"';
    expect(await suggested('/paper attention author:"lovel')).toEqual([{ label: behind, value: behind }]);
    expect(await rig.read(`/paper ${behind}`)).toContain('Attention for robots');

    expect((await suggested('/paper cat:cs.c'))[0]).toEqual({ label: 'cat:cs.CC (Computational Complexity)', value: 'cat:cs.CC' });
    expect(await suggested('/paper attention -cat:linguistics')).toEqual([]);
    expect(await suggested('/paper attention -cat:langu')).toEqual([
      { label: 'attention -cat:cs.CL (Computation and Language)', value: 'attention -cat:cs.CL' },
      { label: 'attention -cat:cs.FL (Formal Languages and Automata Theory)', value: 'attention -cat:cs.FL' },
      { label: 'attention -cat:cs.PL (Programming Languages)', value: 'attention -cat:cs.PL' },
    ]);
    // A condition that is written to its end is a search like any other.
    expect(await labels('/paper author:"Ada Lovelace" whales')).not.toEqual([]);
    expect(await suggested('/roundup me subscribe author:"lovel', 'topic')).toEqual([ada]);
    expect(await suggested('/roundup subscribe cat:cs.LG', 'topic')).toEqual([{ label: 'cat:cs.LG (Machine Learning)', value: 'cat:cs.LG' }]);
  });

  test('what is filled in finds what its label said', async () => {
    for (const [typed, label, found] of [
      ['lovel', 'Ada Lovelace (author)', 'Speech of whales'],
      ['speech', 'speech (topic): Speech and audio', 'Speech of whales'],
      ['table', 'Bobby @everyone Tables (author)', 'Whales and other'],
    ] as const) {
      const choice = (await suggested(`/paper ${typed}`)).find((one) => one.label === label)!;
      expect(await rig.read(`/paper ${choice.value}`), label).toContain(found);
    }
    // The condition that a topic stands for is no heading.
    const topic = (await suggested('/paper speech')).find(({ label }) => label.startsWith('speech (topic)'))!;
    const { doc } = await rig.ask(`/paper ${topic.value}`);
    expect(doc.title).toBe('Papers on the topic speech');
    expect(doc.actions!.map(({ says }) => says).join('\n')).toMatch(/Newest first for the topic speech\n/);
    const [title] = (await suggested('/paper attention for')).filter(({ label }) => label === 'Attention for robots');
    expect(await rig.read(`/paper ${title!.value}`)).toContain('arXiv 2607.11111');
  });

  test('behind a verb about one paper it is that paper', async () => {
    expect(await suggested('/paper save attention')).toEqual([{ label: 'save: Attention for robots', value: 'save 2607.11111' }]);
    expect(await suggested('/paper vote up attention')).toEqual([{ label: 'vote: Attention for robots', value: 'vote up 2607.11111' }]);
    for (const verb of ['similar', 'note', 'read', 'unread', 'not-for-us']) expect(await suggested(`/paper ${verb} attention`), verb).toHaveLength(1);
    expect(await rig.read(`/paper ${(await suggested('/paper save attention'))[0]!.value}`)).toContain('Saved: “Attention for robots”');
    // A first word that is a verb may also begin a title.
    expect(await labels('/paper trending attention')).toEqual(['Attention for robots']);
  });
});

describe('for a roundup', () => {
  test('a topic is a ready-made one, an author’s papers, or a title as a phrase; each can be previewed', async () => {
    const choices = await suggested('/roundup subscribe spee', 'topic');
    expect(choices).toEqual([
      { label: 'speech: Speech and audio', value: 'speech' },
      { label: '"Speech of whales"', value: '"Speech of whales"' },
      { label: 'Wei Speecher (author)', value: 'author:"Wei Speecher"' },
    ]);
    expect(await suggested('/roundup preview spee', 'topic')).toEqual(choices);
    for (const { value } of choices) expect(await rig.read(`/roundup preview ${value}`), value).toContain('would have brought');
    expect(await labels('/roundup subscribe reinf', 'topic')).toEqual(['rl: Reinforcement learning']);
    expect(await labels('/roundup subscribe ', 'topic')).toHaveLength(rig.app.deps.config.topics.length);
  });

  test('to unsubscribe there are this channel’s topics alone, however long', async () => {
    const long = `"fold laundry" or ${'"a phrase that nobody wrote" or '.repeat(4)}robots`;
    await rig.ask('/roundup subscribe nlp');
    await rig.ask(`/roundup subscribe ${long}`);
    await rig.ask('/roundup subscribe vision', { channel: { ...PLACE, id: 'C2' } });
    const choices = await suggested('/roundup unsubscribe ', 'topic');
    expect(choices.map(({ label }) => label)).toEqual(['nlp', long, 'all: no more roundups here']);
    expect(choices.every(({ value }) => value.length <= 100)).toBe(true);
    expect(await rig.read(`/roundup unsubscribe ${choices[1]!.value}`)).toContain('no longer follows "fold laundry"');
    expect(await labels('/roundup unsubscribe n', 'topic')).toEqual(['nlp', 'all: no more roundups here']);
    expect(await suggested('/roundup unsubscribe ', 'topic', { ...PLACE, id: 'C3' })).toEqual([]);
    expect(await labels('/roundup unsubscribe ', 'topic', { ...PLACE, workspace: 'W2' })).toEqual([]);
  });

  test('a zone is suggested where one is being typed, and a paper where one is asked about', async () => {
    await rig.ask('/roundup subscribe everything');
    const [zone] = await suggested('/roundup schedule 09:00 new_yo', 'when');
    expect(zone).toEqual({ label: '09:00 America/New_York', value: '09:00 America/New_York' });
    expect(await rig.read(`/roundup schedule ${zone!.value}`)).toContain('weekdays at 09:00, America/New_York');
    expect(await suggested('/roundup schedule 09:00 ', 'when')).toEqual([]);
    expect(await suggested('/roundup why whales speech', 'paper')).toContainEqual({ label: 'Speech of whales', value: '2607.22222' });
  });
});
