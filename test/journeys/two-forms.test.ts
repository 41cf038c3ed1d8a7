// Two people have the form of one channel open at once: what the first sets is never undone unseen by the second.
import { describe, expect, test } from 'vitest';
import { formIn } from '../support/discord-form.ts';
import { useDb } from '../support/db.ts';
import { USER, type Asker } from '../support/discord-server.ts';
import { wordsOf } from './slack-views.ts';
import { BOTH, openStage, type Stage, type StageName } from './stage.ts';

const db = useDb();
const BEN = '400000000000000003';

type Json = Record<string, unknown>;

/** What is filled in: of each field that is changed, the words of its choice. */
type Changes = Partial<Record<'topic' | 'time' | 'zone' | 'size' | 'layout', string>>;

/** A form that somebody has open. */
interface Opened {
  /** Fills it in, and sends it unless it says something before. What it says; undefined once it has done its work. */
  send(changes?: Changes): Promise<string | undefined>;
}

async function openFormOnSlack({ world: { slack } }: Stage, line: string, user: string): Promise<Opened> {
  const before = slack.views.length;
  await slack.slash('/roundup', line, { answers: 0, user });
  await expect.poll(() => slack.views.length).toBe(before + 1);
  let view: Json = slack.views[before]!;
  const element = (block: string) => (view.blocks as { block_id: string; element: Json }[]).find(({ block_id: id }) => id === block)!.element;
  const one = (value: unknown) => ({ selected_option: value === undefined ? null : { value } });
  const opened = (block: string) => (element(block).initial_option as { value: string } | undefined)?.value;
  const values: Record<string, Json> = {
    topic: one(undefined),
    time: { selected_time: element('time').initial_time },
    zone: one(opened('zone')),
    days: { selected_options: element('days').initial_options },
    size: one(opened('size')),
    layout: one(opened('layout')),
  };
  return {
    async send(changes = {}) {
      for (const [field, words] of Object.entries(changes)) values[field] = field === 'time' ? { selected_time: words } : one(words);
      const { ack } = await slack.submit(view, values, { user });
      if (!ack?.response_action) return undefined;
      expect(ack.response_action).toBe('update');
      view = { ...view, ...(ack.view as Json) };
      return wordsOf(view);
    },
  };
}

async function openFormOnDiscord({ world: { discord } }: Stage, line: string, asker: Asker): Promise<Opened> {
  let form = formIn(await discord.slash(`roundup ${line}`, {}, asker));
  return {
    async send(changes = {}) {
      let told: string | undefined;
      for (const [field, value] of Object.entries(changes)) {
        form = formIn(await discord.choose(form.select(field, value), [value], { ...asker, message: form.message }));
        if (form.words.includes('Changed meanwhile:')) told = form.words;
      }
      // Who is told something while they fill it in stops to read it.
      if (told) return told;
      const sent = await discord.press(`form:send roundup ${line}`, { ...asker, message: form.message });
      if (sent.ephemeral.length === 0) return undefined;
      form = formIn(sent);
      return form.words;
    },
  };
}

/** Ana's form, and Ben's, on whichever platform. */
async function twoForms(name: StageName, line: string, before?: string): Promise<{ stage: Stage; anas: Opened; bens: Opened; list: () => Promise<string> }> {
  const stage = await openStage(name, db(), { at: '2026-07-27T19:00:00Z' });
  if (before) await stage.type(before);
  const { discord, slack } = stage.world;
  discord.world.managers.add(BEN);
  slack.users.set('U3', { id: 'U3', name: 'ben', team_id: 'T1', tz: 'Europe/Berlin' });
  const open = (onSlack: string, user: string) => (name === 'Discord' ? openFormOnDiscord(stage, line, { user, permissions: ['ManageChannels'] }) : openFormOnSlack(stage, line, onSlack));
  return { stage, anas: await open('U1', USER), bens: await open('U3', BEN), list: async () => (await stage.type('/roundup list')).toAsker.at(-1)!.words };
}

const NLP = '/roundup subscribe nlp at 9 weekdays UTC top 10';

describe.each(BOTH)('two forms of one channel on %s', (name) => {
  test('that change different things change both', async () => {
    const { anas, bens, list } = await twoForms(name, 'change', NLP);
    expect(await anas.send({ time: '08:00' })).toBeUndefined();
    expect(await bens.send({ size: 'top 5', layout: 'layout full' })).toBeUndefined();
    expect(await list()).toMatch(/weekdays at 08:00, UTC, at most 5 papers[^]*Layout: full/);
  });

  test('that change the same: the second is told what was set meanwhile, and decides', async () => {
    const { stage, anas, bens, list } = await twoForms(name, 'change', NLP);
    expect(await anas.send({ time: '08:00', size: 'top 3' })).toBeUndefined();
    const told = await bens.send({ time: '11:00', zone: 'Europe/Berlin' });
    expect(told).toContain('Since this form was opened, the time was set to 08:00. Nothing is changed yet: send the form to have it your way.');
    expect(await list()).toContain('weekdays at 08:00, UTC, at most 3 papers');

    // Meanwhile it is changed again, which is told again.
    await stage.type('/roundup schedule 7:30');
    expect(await bens.send()).toContain('the time was set to 07:30');
    expect(await bens.send()).toBeUndefined();
    // What Ben never touched is as Ana set it.
    expect(await list()).toContain('weekdays at 11:00, Europe/Berlin, at most 3 papers');
  });

  test('that set the same to the same have no quarrel', async () => {
    const { anas, bens, list } = await twoForms(name, 'change', NLP);
    expect(await anas.send({ time: '08:00' })).toBeUndefined();
    expect(await bens.send({ time: '08:00', size: 'top 5' })).toBeUndefined();
    expect(await list()).toContain('weekdays at 08:00, UTC, at most 5 papers');
  });

  test('that both subscribe it: the second adds a topic to what the first has set', async () => {
    const { anas, bens, list } = await twoForms(name, 'subscribe');
    expect(await anas.send({ topic: 'nlp', time: '08:00', zone: 'Asia/Tokyo', size: 'top 3' })).toBeUndefined();
    expect(await bens.send({ topic: 'robotics' })).toBeUndefined();
    expect(await list()).toMatch(/follows 2 topics: weekdays at 08:00, Asia\/Tokyo, at most 3 papers/);
  });
});
