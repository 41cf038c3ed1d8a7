import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { ConfigError } from '../src/core/errors.ts';
import * as platformList from '../src/platforms/index.ts';

const platforms = Object.values(platformList);

const read = (env: Record<string, string>, folder?: string) => readConfig(env, platforms, folder);

function problems(env: Record<string, string>, folder?: string): string[] {
  try {
    read(env, folder);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the settings', () => {
  test('need no variable at all: an embedded database in ./data, the terminal alone, no server', () => {
    const config = read({});
    expect(config.database).toEqual({ folder: 'data/db' });
    expect(config.http).toEqual({ host: '127.0.0.1', port: undefined });
    expect(Object.keys(config.platforms)).toEqual(['terminal']);
    expect(config.topics.length).toBeGreaterThanOrEqual(25);
  });

  test('read the example file as if nothing were set', () => {
    const lines = readFileSync('config/env.example', 'utf8').split('\n').filter((line) => /^[A-Z_]+=/.test(line));
    const env = Object.fromEntries(lines.map((line) => line.split('=', 2) as [string, string]));
    expect(read(env)).toEqual(read({}));
    // Every variable that is read is explained there.
    for (const name of platforms.flatMap((platform) => Object.keys(platform.env))) expect(Object.keys(env)).toContain(name);
  });

  test('take the address of the web edition as people type it, with or without a slash', () => {
    expect(read({}).http.publicUrl).toBeUndefined();
    for (const PUBLIC_URL of ['https://papers.lab.org', 'https://Papers.lab.org/ ']) expect(read({ PUBLIC_URL }).http.publicUrl).toBe('https://papers.lab.org');
  });

  test('take Postgres where DATABASE_URL names one', () => {
    expect(read({ DATABASE_URL: ' postgres://db.example/papers ' }).database).toEqual({ url: 'postgres://db.example/papers' });
  });

  test('switch a platform on when its tokens are there', () => {
    const { platforms: on } = read({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', DISCORD_TOKEN: 'a.b.c' });
    expect(Object.keys(on).sort()).toEqual(['discord', 'slack', 'terminal']);
    expect(on.slack).toMatchObject({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
  });

  test('an address of a platform alone doesn’t switch it on', () => {
    expect(Object.keys(read({ DISCORD_API_URL: 'http://127.0.0.1:1' }).platforms)).toEqual(['terminal']);
  });

  test.each<[Record<string, string>, RegExp]>([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, /SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET/],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, /SLACK_BOT_TOKEN is missing/],
    [{ SLACK_SIGNING_SECRET: 's' }, /SLACK_BOT_TOKEN is missing/],
    [{ PORT: '70000' }, /PORT.*65535/],
    [{ ARXIV_API_URL: 'export.arxiv.org' }, /ARXIV_API_URL.*https/],
    [{ DATABASE_URL: 'papers' }, /DATABASE_URL.*postgres:\/\//],
    [{ PUBLIC_URL: 'papers.lab.org' }, /PUBLIC_URL must be.*https:\/\/papers\.lab\.org/],
    [{ PUBLIC_URL: 'https://lab.org/papers' }, /PUBLIC_URL.*without a path/],
    [{ PUBLIC_URL: 'javascript:alert(1)' }, /PUBLIC_URL must be/],
    [{ TRUSTED_PROXIES: '127.0.0.1, localhost' }, /TRUSTED_PROXIES.*“localhost” is neither/],
  ])('%o is refused in words that name what to do', (env, words) => {
    const said = problems(env);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(words);
  });

  test('no problem shows a secret', () => {
    const said = problems({ SLACK_BOT_TOKEN: 'hush-1', SLACK_APP_TOKEN: 'hush-2', DATABASE_URL: 'mysql://me:hush-3@db/papers', PORT: 'x' });
    expect(said).toHaveLength(4);
    expect(said.join('\n')).not.toContain('hush');
  });
});

describe('the files in config/', () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const yaml = readFileSync('config/paperround.yaml', 'utf8');
  const write = (settings: string, topics = '[]') => {
    writeFileSync(join(folder, 'paperround.yaml'), settings);
    writeFileSync(join(folder, 'topics.yaml'), topics);
  };

  test('every fault of both is told together with those of the environment', () => {
    write(
      yaml.replace('"09:00"', '"25:00"').replace('size: 10', 'size: 40').replace('graceHours: 6', 'graceHours: 6\ngraceHour: 7'),
      '[{ name: bad, query: "cat:nowhere.XX", about: x }, { name: open, query: "\\"unclosed", about: x }]',
    );
    const said = problems({ PORT: '-1' }, folder).join('\n');
    for (const words of ['channel.at', 'channel.size', 'graceHour', 'topics.yaml, bad', 'PORT']) expect(said).toContain(words);
  });

  test('a zone that there isn’t is refused', () => {
    write(yaml.replace('zone: UTC', 'zone: Europe/Atlantis'));
    expect(problems({}, folder).join('\n')).toMatch(/channel\.zone.*Europe\/Atlantis/);
  });

  test('a file that isn’t YAML, or isn’t there, is named', () => {
    write('channel: [');
    rmSync(join(folder, 'topics.yaml'));
    const said = problems({}, folder).join('\n');
    expect(said).toContain('paperround.yaml');
    expect(said).toContain('topics.yaml');
  });
});
