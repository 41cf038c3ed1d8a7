// The built bot as its own process: when it is ready, and what memory it holds when nothing happens.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Start {
  /** From the start of the process to the first roundup on its standard output. */
  seconds: number;
  /** Resident memory in MB once it has settled; undefined when not asked for. */
  idle: number | undefined;
}

/** As `npm start` has it. */
const BOT = ['--max-semi-space-size=4', 'dist/bin/paperround.js', 'start'];
const READY_MS = 120_000;
const SETTLE_MS = 20_000;

/**
 * Starts the bot, waits for the first roundup and stops it. The first roundup shows as a line on standard output that
 * begins with `1.`, as its first paper does; where there is no paper to show, `ready` in the log does as well.
 */
export async function startBot(env: Record<string, string>, more: { settle: boolean }): Promise<Start> {
  const started = performance.now();
  const child = spawn(process.execPath, BOT, {
    // Sources that refuse at once: what is measured must not depend on the network.
    env: { PATH: process.env.PATH, HF_ENDPOINT: 'http://127.0.0.1:9', ARXIV_API_URL: 'http://127.0.0.1:9', NO_COLOR: '1', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  try {
    await firstRoundup(child);
    const seconds = (performance.now() - started) / 1000;
    if (!more.settle) return { seconds, idle: undefined };
    await sleep(SETTLE_MS);
    return { seconds, idle: residentMemory(child.pid!) };
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGTERM')) await ended;
  }
}

async function firstRoundup(child: ChildProcess): Promise<void> {
  let out = '';
  let errors = '';
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}\n${errors.slice(-2_000)}`));
    setTimeout(() => fail('no roundup came'), READY_MS).unref();
    child.stderr!.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
      if (/"msg":"ready"/.test(errors)) resolve();
    });
    child.once('exit', (code) => fail(`the bot stopped with ${code}`));
    child.stdout!.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (/^\s*1\.\s/m.test(out)) resolve();
    });
  });
}

/** Linux tells it; elsewhere the bench goes without. */
function residentMemory(pid: number): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
