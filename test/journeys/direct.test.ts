// What a person keeps and asks for in direct messages with the bot is spoken of as theirs: there is no channel.
import { describe, expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { BOTH, openStage } from './stage.ts';

const db = useDb();

describe.each(BOTH)('in direct messages on %s', (name) => {
  test('nothing is said of a channel, and nothing offered that only a channel has', async () => {
    await havePapers(db(), [{ arxivId: '2607.10001', title: 'Laundry robots', upvotes: 40 }, { arxivId: '2607.10002', title: 'Sparse attention' }]);
    const stage = await openStage(name, db());
    const read = async (line: string) => {
      const { toAsker, toChannel } = await stage.type(line, { in: 'direct' });
      expect(toChannel).toEqual([]);
      const said = toAsker.map(({ words, buttons }) => [words, ...buttons].join('\n')).join('\n');
      expect(said).not.toMatch(/this channel|to channel|nobody|people|what we read/i);
      return said;
    };
    expect(await read('/paper saved here')).toContain('You have saved no paper here yet. Press Save under a paper');
    expect(await read('/paper export here')).toContain('You have saved no paper here yet, so there is nothing to export.');
    expect(await read('/paper read-list')).toContain('You have read or saved no paper here in the last week.');

    expect(await read('/paper robots')).toContain('Laundry robots');
    expect(await read('/paper vote up 2607.10001')).toContain('Your votes count in what trends here.');
    await read('/paper save 2607.10001');
    await read('/paper read 2607.10001');
    expect(await read('/paper 2607.10001')).toContain('saved by you here · voted up by you here');
    expect(await read('/paper saved here')).toMatch(/What you saved here[^]*Laundry robots[^]*saved by you here · read by you/);
    expect(await read('/paper read-list')).toMatch(/What you read in the last week[^]*Laundry robots[^]*read by you · saved by you/);
    expect(await read('/paper export here')).toContain('1 paper that you saved here, as BibTeX.');
    expect(await read('/paper post 2607.10001')).toContain('Here are only you and Paperround, so nothing was posted. Say it in the channel that should see it.');
  });

  test('a paper that is shown to be saved here can be taken out there', async () => {
    await havePapers(db(), [{ arxivId: '2607.10001', title: 'Laundry robots' }]);
    const stage = await openStage(name, db());
    await stage.type('/paper save 2607.10001', { in: 'direct' });
    const [list] = (await stage.type('/paper saved here', { in: 'direct' })).toAsker;
    expect((await list!.press('Unsave')).toAsker[0]!.words).toContain('No longer saved: “Laundry robots”.');
    expect((await stage.type('/paper saved here', { in: 'direct' })).toAsker[0]!.words).toContain('You have saved no paper here yet.');
  });
});
