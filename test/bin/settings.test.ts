import { copyFileSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dataFolder, json, run } from './program.ts';

const CHANNELS = `version: 1
channels:
  - platform: slack
    workspace: T1
    id: C1
    name: reading
    at: "08:30"
    zone: Europe/Berlin
    days: [1, 3, 5]
    size: 7
    topics: ['"language model" -vision', cat:cs.CL]
  - platform: discord
    workspace: "100"
    id: "200"
    at: "09:00"
    zone: UTC
    days: [1, 2, 3, 4, 5]
    size: 10
    paused: over the summer
    topics: []
`;

describe('channels as a file', () => {
  const data = dataFolder();
  afterAll(() => data.remove());
  const file = join(data.path, 'channels.yaml');
  writeFileSync(file, CHANNELS);

  test('a dry run says what would change, and changes nothing', async () => {
    const { status, stdout } = await run(data.path, ['import', file, '--dry-run']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^slack\/T1\/reading: new: .*08:30.*Europe\/Berlin/m);
    expect(stdout).toContain('Nothing was changed');
    expect(await json(data.path, ['export'])).toEqual({ version: 1, channels: [] });
  });

  test('what is imported comes out of an export again, and importing that makes no difference', async () => {
    expect(await json(data.path, ['import', file])).toMatchObject({ changed: true });
    const { stdout } = await run(data.path, ['export']);
    const byId = ({ channels }: { channels: { id: string }[] }) => Object.fromEntries(channels.map((channel) => [channel.id, channel]));
    expect(byId(parse(stdout) as never)).toEqual(byId(parse(CHANNELS) as never));
    expect(await json(data.path, ['import', '-'], { input: stdout })).toEqual({ changed: false, changes: [] });
  });

  test('a difference is shown field by field', async () => {
    const input = CHANNELS.replace('size: 7', 'size: 9').replace(', cat:cs.CL]', ', cat:cs.LG]');
    const { stdout } = await run(data.path, ['import', '-', '--dry-run'], { input });
    expect(stdout.split('\n').slice(0, 3)).toEqual(['slack/T1/reading: size: 7 -> 9', 'slack/T1/reading: + cat:cs.LG', 'slack/T1/reading: - cat:cs.CL']);
  });

  test('a file with faults changes nothing and names every fault', async () => {
    const input = CHANNELS.replace('Europe/Berlin', 'Europe/Atlantis').replace('size: 10', 'size: 99');
    const { status, stdout, stderr } = await run(data.path, ['import', '-'], { input });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('channels.1.size');
    const other = await run(data.path, ['import', '-'], { input: CHANNELS.replace('Europe/Berlin', 'Europe/Atlantis') });
    expect(other.stderr).toContain('Europe/Atlantis');
  });
});

describe('a backup', () => {
  const data = dataFolder();
  const elsewhere = dataFolder('none');
  afterAll(() => {
    data.remove();
    elsewhere.remove();
  });
  const row = '{"id":"okapi","title":"Okapi","abstract":"Half a zebra."}';

  test('of one folder is restored into another, and again over what is there', async () => {
    await json(data.path, ['ingest', '--source', 'jsonl', '--file', '-'], { input: row });
    const { file, bytes } = await json<{ file: string; bytes: number }>(data.path, ['backup']);
    expect(file.startsWith(join(data.path, 'backups'))).toBe(true);
    expect(statSync(file).size).toBe(bytes);

    const moved = join(elsewhere.path, 'moved.tar.gz');
    copyFileSync(file, moved);
    expect(await json(elsewhere.path, ['restore', moved])).toMatchObject({ papers: 1 });
    const { aside } = await json<{ aside: string }>(elsewhere.path, ['restore', moved]);
    expect(existsSync(join(aside, 'PG_VERSION'))).toBe(true);
    expect(await json(elsewhere.path, ['search', 'okapi'])).toMatchObject({ results: [{ id: 'okapi' }] });
  });

  test('that is none leaves everything as it was', async () => {
    const before = readdirSync(data.path);
    const broken = join(elsewhere.path, 'broken.tar.gz');
    writeFileSync(broken, 'no archive');
    const { status, stderr } = await run(data.path, ['restore', broken]);
    expect(status).toBe(1);
    expect(stderr).toContain('nothing was changed');
    expect(await json(data.path, ['search', 'okapi'])).toMatchObject({ results: [{ id: 'okapi' }] });
    expect(readdirSync(data.path).filter((name) => !before.includes(name) && !name.includes('failed'))).toEqual([]);
  });
});

describe('the doctor', () => {
  const data = dataFolder();
  afterAll(() => data.remove());

  test('has a line for each thing, and is content with a new folder', async () => {
    const { ok, checks } = await json<{ ok: boolean; checks: { what: string; state: string; words: string }[] }>(data.path, ['doctor', '--offline']);
    expect(ok).toBe(true);
    expect(checks.map(({ what }) => what)).toEqual(expect.arrayContaining(['node', 'configuration', 'database', 'migrations', 'clock', 'huggingface', 'arxiv']));
  });

  test('exits with 1 and says what is wrong with the settings', async () => {
    const { status, stdout } = await run(data.path, ['doctor', '--offline', '--json'], { env: { SLACK_BOT_TOKEN: 'xoxb-hush' } });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false });
    expect(stdout).toContain('SLACK_APP_TOKEN');
    expect(stdout).not.toContain('hush');
  });

  test('names the database that can’t be reached, without its password', async () => {
    const { status, stdout } = await run(data.path, ['doctor', '--offline'], { env: { DATABASE_URL: 'postgres://me:hush@127.0.0.1:1/papers' } });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^FAIL {2}database: .*DATABASE_URL/m);
    expect(stdout).not.toContain('hush');
  });
});
