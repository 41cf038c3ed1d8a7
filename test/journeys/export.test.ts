// Somebody exports what they saved: the file reaches them, and them alone.
import { expect, test } from 'vitest';
import { useDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { openStage } from './stage.ts';

const db = useDb();

async function begin(name: 'Slack' | 'Discord') {
  await havePapers(db(), [{ arxivId: '2607.20001', title: 'Gödel & {friends}: 100% of 中文', categories: ['cs.CL'] }]);
  const stage = await openStage(name, db());
  expect((await stage.type('/paper export')).toAsker[0]!.words).toContain('nothing to export');
  await stage.type('/paper save 2607.20001');
  return stage;
}

test('on Discord it is attached to a hidden answer, and another format is a press away', async () => {
  const stage = await begin('Discord');
  const said = await stage.type('/paper export');
  expect(said.toChannel).toEqual([]);
  expect(said.toAsker[0]!.words).toContain('1 paper that you saved, as BibTeX.');
  const files = () => stage.world.discord.requests.flatMap(({ files = [], body }) => files.map((file) => ({ ...file, hidden: body.flags === 64 })));
  expect(files()).toEqual([{ name: 'saved-papers.bib', text: expect.stringContaining('eprint = {2607.20001}') as string, hidden: true }]);
  await said.toAsker[0]!.press('RIS');
  expect(files()[1]).toMatchObject({ name: 'saved-papers.ris', text: expect.stringContaining('TI  - Gödel & friends: 100% of 中文') as string });
});

test('what Discord doesn’t take as a file is said, with what to do', async () => {
  const stage = await begin('Discord');
  stage.world.discord.fail('POST /webhooks/*/*', { status: 413, code: 40005 });
  const said = await stage.type('/paper export');
  expect(said.toAsker.map(({ words }) => words).join('\n')).toContain('But Discord didn’t take the file saved-papers.bib. Try again in a minute, or choose another format above.');
  expect(said.toChannel).toEqual([]);
});

test('on Slack it goes into a direct message, and the answer says so', async () => {
  const stage = await begin('Slack');
  const said = await stage.type('/paper export csl here');
  expect(said.toAsker[0]!.words).toContain('1 paper saved in this channel, as CSL-JSON.');
  expect(said.toAsker[0]!.words).toContain('papers-of-this-channel.json is in your direct messages with Paperround.');
  const [file] = [...stage.world.slack.files.values()];
  expect(file).toMatchObject({ name: 'papers-of-this-channel.json', channel: 'DU1', text: expect.stringContaining('10.48550/arXiv.2607.20001') as string });
});

test('a Slack app without the right says who must do what, and keeps quiet about nothing else', async () => {
  const stage = await begin('Slack');
  stage.world.slack.fail('files.getUploadURLExternal', { error: 'missing_scope' });
  expect((await stage.type('/paper export')).toAsker[0]!.words).toMatch(/didn’t take the file saved-papers\.bib\. Tell whoever runs Paperround: Install the Slack app again/);
  expect((await stage.type('/paper export markdown')).toAsker[0]!.words).toContain('saved-papers.md is in your direct messages');
});
