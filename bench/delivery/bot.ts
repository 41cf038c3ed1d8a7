// The built bot as its own process, on a filled database, against loopback platforms: how its memory goes meanwhile.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface BotProcess {
  /** Resolves when the log says that it is ready. */
  ready: Promise<void>;
  /** The most that it held so far, in MB; undefined where the machine doesn't tell. */
  peak(): number | undefined;
  /** What it complained of. */
  complaints: string[];
  stop(): Promise<void>;
}

export function runBot(env: Record<string, string>): BotProcess {
  const child = spawn(process.execPath, ['--max-semi-space-size=4', 'dist/bin/paperround.js', 'start', '--json'], {
    env: { PATH: process.env.PATH, HF_ENDPOINT: 'http://127.0.0.1:9', ARXIV_API_URL: 'http://127.0.0.1:9', NO_COLOR: '1', ...env },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const complaints: string[] = [];
  let text = '';
  const ready = new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the bot stopped with ${code}\n${text.slice(-2_000)}`)));
    child.stderr.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-20_000);
      for (const line of chunk.toString().split('\n')) if (/"level":(40|50|"warn"|"error")/.test(line) && complaints.length < 5) complaints.push(line.slice(0, 300));
      if (/"msg":"ready"/.test(text)) resolve();
    });
  });
  return {
    ready,
    complaints,
    peak: () => memory(child.pid!),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
    },
  };
}

/** Linux keeps the high-water mark. */
function memory(pid: number): number | undefined {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}
