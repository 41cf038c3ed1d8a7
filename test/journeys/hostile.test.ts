// A paper whose title and abstract try to be more than text.
import { describe, expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { BOTH, openStage } from './stage.ts';

const db = useDb();
const TITLE = '<!channel> @everyone <@U1> *x* ||y|| [a](https://evil)';
const HOSTILE = `${TITLE} \u202egnp.exe <@400000000000000001> <#C1> ~s~ \`c\` <https://evil|safe> @here <!here>`;

describe.each(BOTH)('a hostile paper on %s', (name) => {
  test('is read as it is written, in a roundup and in answers, and nobody is called', async () => {
    await havePapers(db(), [{ arxivId: '2607.66666', title: `${TITLE} \u202e`, abstract: `${HOSTILE}\n# big\n> quote\n\`\`\`\ncode ${HOSTILE}`, authors: [HOSTILE, '@everyone'], upvotes: 7 }]);
    const stage = await openStage(name, db());
    await stage.type('/roundup subscribe everything');
    await stage.type('/roundup schedule 09:00 UTC daily');
    await stage.tickAt('2026-07-28T09:00:00Z');
    const [roundup] = stage.posts();
    expect(roundup!.words).toContain(`1. ${TITLE}\n`);
    expect(roundup!.thread[0]!.words).toContain(`1. ${TITLE}\n`);
    expect(roundup!.thread[0]!.words).toContain('gnp.exe <@400000000000000001> <#C1> ~s~ `c` <https://evil|safe> @here <!here>');

    for (const line of ['/paper everyone', '/paper 2607.66666', '/paper trending', '/roundup preview']) {
      // The other channel has not been shown it yet.
      const { toAsker, toChannel } = await stage.type(line, { in: 'random' });
      expect(toAsker.at(-1)!.words, line).toContain(TITLE);
      expect(toAsker.at(-1)!.words, line).not.toContain('\u202e');
      expect(toChannel, line).toEqual([]);
    }
    expect((await roundup!.thread[0]!.press('Save')).toAsker[0]!.words).toContain(TITLE);
  });

  test('and a hostile topic is said back as plain words, in the channel and in every roundup', async () => {
    await havePapers(db(), [{ title: 'Everyone here: channel capacity' }]);
    const stage = await openStage(name, db());
    const welcome = await stage.type('/roundup subscribe @everyone');
    expect(welcome.toChannel[0]!.words).toContain('@everyone');
    await stage.type('/roundup schedule 09:00 UTC daily');
    expect((await stage.type('/paper <!channel> @here *nothing* ||like|| this_')).toChannel).toEqual([]);
    await stage.tickAt('2026-07-28T09:00:00Z');
    expect(stage.posts()[0]!.words).toContain('matches @everyone');
  });
});

test('a hostile title is suggested as it is written', async () => {
  await havePapers(db(), [{ title: `${TITLE} \u202e` }]);
  const { world } = await openStage('Discord', db());
  expect((await world.discord.autocomplete('paper', { query: 'everyone' }, 'query')).map(({ name }) => name)).toEqual([TITLE]);
});
