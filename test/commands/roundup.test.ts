import { beforeEach, describe, expect, test } from 'vitest';
import { openRig, type Rig } from '../support/app.ts';
import { useDb } from '../support/db.ts';
import { havePapers, wordsIn } from '../support/factories.ts';

const db = useDb();
let rig: Rig;

beforeEach(async () => {
  await havePapers(db(), [{ title: 'Sparse attention' }, { title: 'Robots that fold laundry', upvotes: 80 }]);
  rig = await openRig(db());
});

describe('subscribing', () => {
  test('tells the channel what it will get and when, in the zone of who subscribed', async () => {
    const answer = await rig.ask('/roundup subscribe attention', { zone: 'Europe/Berlin' });
    expect(answer.audience).toBe('channel');
    const words = wordsIn(answer.doc);
    // “attention” is a ready-made topic as well, and is called by its name.
    expect(words).toContain('This channel gets a roundup on attention: weekdays at 09:00, Europe/Berlin, at most 10 papers.');
    expect(words).toContain('Next roundup: Tue 28 Jul, 09:00 (Europe/Berlin).');
  });

  test('topics add up, and are listed', async () => {
    await rig.ask('/roundup subscribe "state space models" -survey');
    await rig.ask('/roundup subscribe nlp');
    const words = await rig.read('/roundup list');
    expect(words).toContain('This channel follows 2 topics');
    expect(words).toContain('"state space models" -survey');
    expect(words).toMatch(/nlp\ncat:cs\.CL or/);
  });

  test('without a topic follows everything; a topic then narrows it, and the answer says so', async () => {
    expect(await rig.read('/roundup subscribe')).toContain('a roundup of everything that trends');
    expect(await rig.read('/roundup subscribe attention')).toContain('from now on attention only');
  });

  test('twice is said, not done twice', async () => {
    await rig.ask('/roundup subscribe attention');
    expect(await rig.read('/roundup subscribe attention')).toContain('follows attention already');
  });

  test('checks first that the bot may post, and names the fix', async () => {
    rig.platform.adapter.preflight = async () => ({ ok: false, code: 'not_in_channel', problem: 'Paperround is not in this channel.', fix: 'Invite it: /invite @Paperround.' });
    const answer = await rig.ask('/roundup subscribe attention');
    expect(answer.audience).toBe('asker');
    expect(wordsIn(answer.doc)).toBe('\nPaperround is not in this channel. Invite it: /invite @Paperround. Then subscribe again.');
    expect(await rig.read('/roundup list')).toContain('no roundup yet');
  });

  test.each([
    ['/roundup subscribe "open', 'a quote is not closed'],
    ['/roundup subscribe -survey', 'only says what to leave out'],
    ['/roundup schedule 09:00 Europe/Belin', 'no time zone “Europe/Belin”'],
    ['/roundup schedule whenever', 'is not a time, a zone or days'],
    ['/roundup size 99', 'A roundup has 1 to 25 papers'],
    ['/roundup size many', 'That is not how “size” is used. Use it like this: /roundup size PAPERS'],
    ['/roundup unsubscribe chess', 'doesn’t follow “chess”'],
  ])('%s is told what is wrong', async (line, problem) => {
    await rig.ask('/roundup subscribe attention');
    expect(await rig.read(line)).toContain(problem);
  });
});

describe('who may change a channel', () => {
  test.each(['/roundup subscribe attention', '/roundup unsubscribe attention', '/roundup schedule 10:00', '/roundup size 3', '/roundup now', '/roundup pause', '/roundup resume'])(
    '%s is not for someone who may not manage it',
    async (line) => {
      await rig.ask('/roundup subscribe attention');
      const before = await rig.read('/roundup list');
      const answer = await rig.ask(line, { standing: 'member' });
      expect(wordsIn(answer.doc)).toContain('Only people who may manage channels here can change this channel’s roundup.');
      expect(await rig.read('/roundup list')).toBe(before);
    },
  );

  test('everyone may look', async () => {
    await rig.ask('/roundup subscribe attention');
    expect(await rig.read('/roundup list', { standing: 'guest' })).toContain('This channel follows 1 topic');
    expect(await rig.read('/roundup preview', { standing: 'guest' })).toContain('Sparse attention');
  });
});

describe('changing it', () => {
  beforeEach(() => rig.ask('/roundup subscribe attention'));

  test('schedule, size, pause and resume are said in words and kept', async () => {
    expect(await rig.read('/roundup schedule 7:30pm America/New_York mon,thu')).toContain('now comes Mondays, Thursdays at 19:30, America/New_York');
    expect(await rig.read('/roundup size 1')).toContain('at most 1 paper. Set by Ana.');
    expect(await rig.read('/roundup pause')).toContain('paused here');
    expect(await rig.read('/roundup list')).toContain('Next roundup: none, it is paused by Ana.');
    expect(await rig.read('/roundup resume')).toContain('Next one: Mon 27 Jul, 19:30 (America/New_York)');
  });

  test('change sets hour, days, zone and size in one line and leaves a pause as it is; Undo takes it back', async () => {
    await rig.ask('/roundup pause');
    const answer = await rig.ask('/roundup change nlp at 8 daily UTC top 3');
    expect(answer.audience).toBe('channel');
    expect(wordsIn(answer.doc)).toMatch(/This channel now gets a roundup on .*nlp.*: daily at 08:00, UTC, at most 3 papers\.\nSet by Ana\./);
    expect(wordsIn(answer.doc)).toContain('Next roundup: none, it is paused by Ana.');
    expect(wordsIn((await rig.press(answer, 'Undo')).doc)).toContain('Undone by Ana: this channel gets a roundup on attention: weekdays at 09:00, UTC, at most 10 papers');
    expect(await rig.read('/roundup change')).toContain('Say what to change, such as /roundup change at 9');
    expect(await rig.read('/roundup change at 8', { channel: { platform: 'paper', workspace: 'W1', id: 'C9' } })).toContain('This channel has no roundup yet.');
  });

  test('a pause is said once, and a roundup that runs is not begun anew', async () => {
    const running = await rig.ask('/roundup resume');
    expect(running).toMatchObject({ audience: 'asker', refused: true });
    expect(wordsIn(running.doc)).toContain('The roundup runs here already. Next one: Tue 28 Jul, 09:00 (UTC).');
    await rig.ask('/roundup pause');
    const again = await rig.ask('/roundup pause', { person: { id: 'ben', name: 'Ben', profile: async () => ({ standing: 'manager' }) } });
    expect(again).toMatchObject({ audience: 'asker', refused: true });
    expect(wordsIn(again.doc)).toContain('There is nothing to pause here. Next roundup: none, it is paused by Ana.');
  });

  test('the last topic taken away leaves everything; all ends it, and one press subscribes again', async () => {
    expect(await rig.read('/roundup unsubscribe attention')).toContain('it gets everything that trends');
    const gone = await rig.ask('/roundup unsubscribe all');
    expect(wordsIn(gone.doc)).toContain('no more roundups');
    expect(wordsIn((await rig.press(gone, 'Subscribe again')).doc)).toContain('This channel gets a roundup');
  });

  test('a topic can be taken away by its button', async () => {
    const list = await rig.ask('/roundup list');
    expect(wordsIn((await rig.press(list, 'Unsubscribe')).doc)).toContain('no longer follows attention. Taken away by Ana.');
  });
});

describe('preview and now', () => {
  test('a preview posts nothing, before or after subscribing, and tries a topic out', async () => {
    expect(await rig.read('/roundup preview')).toContain('Robots that fold laundry');
    expect(await rig.read('/roundup preview "sparse attention"')).not.toContain('Robots');
    expect(await rig.read('/roundup preview chess')).toContain('Nothing of the last days matches “chess”.');
    expect(rig.platform.posted).toEqual([]);
  });

  test('now posts an extra roundup, once a day, and the daily one still comes', async () => {
    await rig.ask('/roundup subscribe');
    await rig.ask('/roundup size 1');
    expect(await rig.read('/roundup now')).toContain('on its way');
    await rig.app.send();
    expect(rig.platform.posted[0]!.title).toBe('Extra roundup, 27 July 2026');
    expect(await rig.read('/roundup now')).toContain('has had its extra roundup today');
    rig.clock.moveTo('2026-07-28T09:00:30Z');
    await rig.app.tick();
    expect(rig.platform.posted.filter(({ parent }) => !parent).map(({ title }) => title)).toEqual(['Extra roundup, 27 July 2026', 'Trending papers, 28 July 2026']);
  });
});

test('now finds nothing, and may be asked again when something has come in', async () => {
  await rig.ask('/roundup subscribe chess');
  expect(await rig.read('/roundup now')).toContain('nothing new');
  await havePapers(db(), [{ title: 'Chess without search' }]);
  expect(await rig.read('/roundup now')).toContain('on its way');
});

test('in a thread of the channel, it is the channel that is meant', async () => {
  await rig.ask('/roundup subscribe attention');
  expect(await rig.read('/roundup list', { channel: { platform: 'paper', workspace: 'W1', id: 'T9', parent: 'C1' } })).toContain('This channel follows 1 topic');
});

describe('words that are no verb', () => {
  test('suggest the nearest', async () => {
    expect(await rig.read('/roundup subscrive nlp')).toContain('Did you mean /roundup subscribe?');
  });

  test('offer the search that was meant', async () => {
    const answer = await rig.ask('/roundup attention');
    expect(wordsIn(answer.doc)).toContain('/roundup has no “attention”.');
    expect(wordsIn((await rig.press(answer, '/paper attention')).doc)).toContain('Sparse attention');
  });
});
