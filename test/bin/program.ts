// The real command line: built as a release is, run as a process of its own, in a data folder of its own.
import { execFileSync, spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { templateFile } from '../support/template.ts';

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  process: ChildProcessWithoutNullStreams;
  /** Everything printed so far. */
  stdout: () => string;
  stderr: () => string;
  /** Waits until the bot has printed what is looked for. Fails when it ends before, or after `mostMs`. */
  until(seen: (bot: Running) => boolean, mostMs?: number): Promise<void>;
  ended: Promise<Ran>;
}

type Env = Record<string, string>;

const children = new Set<ChildProcessWithoutNullStreams>();

// Processes cost seconds where the machine has much else to do.
vi.setConfig({ testTimeout: 120_000 });
beforeAll(() => void program(), 120_000);

// Whatever a failed test left running.
afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

/** A verb from start to end. */
export async function run(data: string, words: string[], { env = {}, input = '' }: { env?: Env; input?: string | Buffer } = {}): Promise<Ran> {
  const running = launch(data, words, env);
  running.process.stdin.on('error', () => {}).end(input);
  return running.ended;
}

/** The answer of a verb with --json. Fails when it failed. */
export async function json<T>(data: string, words: string[], more: { env?: Env; input?: string | Buffer } = {}): Promise<T> {
  const { status, stdout, stderr } = await run(data, [...words, '--json'], more);
  if (status !== 0) throw new Error(`paperround ${words.join(' ')} exited with ${status}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** Starts a process and leaves it running; it is gone when the file's tests are over. */
export function launch(data: string, words: string[], env: Env = {}): Running {
  const own = { PATH: process.env.PATH ?? '', TZ: 'UTC', PAPERROUND_DATA: data, ...env };
  const child = spawn(process.execPath, [program(), ...words], { cwd: tmpdir(), env: own });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  children.add(child);
  const ended = new Promise<Ran>((done) => {
    child.on('close', (status) => {
      children.delete(child);
      done({ status, stdout, stderr });
    });
  });
  const running: Running = { process: child, stdout: () => stdout, stderr: () => stderr, until, ended };
  return running;

  function until(seen: (bot: Running) => boolean, mostMs = 60_000): Promise<void> {
    return new Promise((done, fail) => {
      const stop = (act: () => void) => {
        clearTimeout(timer);
        for (const stream of [child.stdout, child.stderr]) stream.off('data', look);
        act();
      };
      const told = (what: string) => stop(() => fail(new Error(`${what}.\n${stdout}\n${stderr}`)));
      const look = () => seen(running) && stop(done);
      const timer = setTimeout(() => told(`not seen in ${mostMs / 1000} s`), mostMs);
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
      void ended.then(() => told('it ended before'));
      look();
    });
  }
}

/** A data folder that goes when the tests are over. `migrated`: with an empty database, which saves the seconds of making one. */
export function dataFolder(kind: 'migrated' | 'none' = 'migrated'): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'paperround-'));
  if (kind === 'migrated') {
    mkdirSync(join(path, 'db'));
    execFileSync('tar', ['-xzf', templateFile(), '-C', join(path, 'db')], { stdio: ['ignore', 'ignore', 'pipe'] });
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

let built: string | undefined;

// Built once for each state of src/, beside what a release ships: package.json, migrations and config, and nothing else.
function program(): string {
  if (built) return built;
  const hash = createHash('sha256');
  for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|json)$/.test(name)).sort()) {
    hash.update(file).update(readFileSync(join('src', file)));
  }
  const folder = resolve('node_modules', '.cache', `program-${hash.digest('hex').slice(0, 16)}`);
  if (!existsSync(folder)) build(folder);
  built = join(folder, 'dist', 'bin', 'paperround.js');
  return built;
}

// Two workers may build at the same time; the folder appears whole, and the later one is thrown away.
function build(folder: string): void {
  const own = `${folder}.${process.pid}`;
  mkdirSync(own, { recursive: true });
  // The types are checked elsewhere.
  execFileSync(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', 'src', '--noCheck', '--outDir', join(own, 'dist')]);
  for (const name of ['package.json', 'migrations', 'config']) symlinkSync(resolve(name), join(own, name));
  try {
    renameSync(own, folder);
  } catch {
    rmSync(own, { recursive: true, force: true });
  }
}
