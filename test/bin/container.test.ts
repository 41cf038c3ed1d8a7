// Containers can't be built where these tests run; what would break one is read off its files.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const lines = readFileSync('Dockerfile', 'utf8').split('\n').filter((line) => /^[A-Z]/.test(line));
const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')));

describe('the image', () => {
  test('compiles while the compiler is there: nothing runs a script of ours after the packages are pruned', () => {
    const steps = lines.filter((line) => line.startsWith('RUN ')).flatMap((line) => line.slice(4).split(' && '));
    expect(steps.slice(0, 3)).toEqual(['npm ci --ignore-scripts', 'npm run prepare', 'npm prune --omit=dev --ignore-scripts']);
    expect(steps.slice(3).filter((step) => step.startsWith('npm'))).toEqual([]);
  });

  test('holds what a release holds, and nothing of a person’s folder', () => {
    const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] };
    const copied = last.filter((line) => line.startsWith('COPY ')).map((line) => line.split(' ').at(-1)!.replace('./', 'package.json'));
    expect(copied.sort()).toEqual(['package.json', 'node_modules', ...files].sort());
    expect(readFileSync('.dockerignore', 'utf8').split('\n')).toEqual(expect.arrayContaining(['*', '.env']));
  });

  test('runs as somebody, gets its signals, and keeps its data in a volume', () => {
    expect(last).toEqual(expect.arrayContaining(['USER node', 'VOLUME /data', 'CMD ["node", "--max-semi-space-size=4", "dist/bin/paperround.js", "start"]']));
    expect(last.join('\n')).toMatch(/PAPERROUND_DATA=\/data/);
  });
});

test('the compose file has no password of its own, and the bot waits for a database that answers', () => {
  const text = readFileSync('config/compose.yaml', 'utf8');
  const { services } = parse(text) as { services: Record<string, { environment: Record<string, string>; depends_on?: object }> };
  expect(services.postgres!.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
  expect(services.bot!.environment.DATABASE_URL).toContain(':${POSTGRES_PASSWORD}@postgres:');
  expect(services.bot!.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
});
