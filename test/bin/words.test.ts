import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { dataFolder, json, run } from './program.ts';

const data = dataFolder('none');
afterAll(() => data.remove());

const VERBS = ['start', 'ingest', 'search', 'roundup', 'preview', 'manifest', 'doctor', 'export', 'import', 'webhook', 'email', 'backup', 'restore'];

describe.concurrent('the words of the command line', () => {
  test('--help names every verb and what the exit statuses mean', async () => {
    const { status, stdout, stderr } = await run(data.path, ['--help']);
    for (const verb of VERBS) expect(stdout).toMatch(new RegExp(`^  ${verb} `, 'm'));
    expect(stdout).toContain('Exit status');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.each([
    ['a verb that there isn’t', ['frobnicate'], 'frobnicate'],
    ['an option that there isn’t', ['search', 'attention', '--frob'], '--frob'],
    ['a number that is none', ['search', 'attention', '--limit', 'many'], 'whole number'],
    ['a day that the calendar lacks', ['roundup', '--date', '2026-02-30'], 'day'],
    ['a source that there isn’t', ['ingest', '--source', 'scholar'], 'scholar'],
    ['a file without its kind', ['ingest', '--file', 'x'], '--source'],
    ['a search for nothing', ['search'], 'search for'],
    ['a platform that there isn’t', ['preview', 'matrix', '/paper attention'], 'matrix'],
    ['a file that there isn’t', ['import', 'nowhere.yaml'], 'nowhere.yaml'],
  ])('%s ends with status 2 and words on standard error alone', async (_what, words, told) => {
    const { status, stdout, stderr } = await run(data.path, words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(told);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('every fault of the settings is told at once, without the secrets', async () => {
    const env = {
      PORT: 'eighty',
      HF_ENDPOINT: 'hub.example',
      DATABASE_URL: 'mysql://me:hush-db@db.example/papers',
      SLACK_BOT_TOKEN: 'xoxb-hush-slack',
    };
    const { status, stdout, stderr } = await run(data.path, ['search', 'attention'], { env });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    for (const name of ['PORT', 'HF_ENDPOINT', 'DATABASE_URL', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET']) expect(stderr).toContain(name);
    expect(stderr).not.toContain('hush');
  });

  test('a data folder that can’t be made is told with its path', async () => {
    // Whoever runs this, even root, can make no folder below a file.
    const path = join(import.meta.filename, 'data');
    const { status, stdout, stderr } = await run(path, ['search', 'attention']);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(path);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('the Slack manifest in config/ is the one that the commands make', async () => {
    const { stdout } = await run(data.path, ['manifest', 'slack']);
    expect(readFileSync('config/slack-manifest.yaml', 'utf8')).toBe(stdout);
    expect(await json(data.path, ['manifest', 'slack'])).toMatchObject({ features: { slash_commands: [{ command: '/paper' }, { command: '/roundup' }] } });
  });
});
