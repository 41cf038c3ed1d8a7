// Readers of the web edition: its process, and autocannon before it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import autocannon from 'autocannon';

export interface Served {
  url: string;
  stop(): Promise<void>;
}

/** Starts the edition on this database; pages are kept so many milliseconds. */
export async function serve(env: Record<string, string>, keepMs: number): Promise<Served> {
  const child: ChildProcess = spawn(process.execPath, ['--max-semi-space-size=4', '--import', 'tsx', 'bench/web/serve.ts'], { env: { PATH: process.env.PATH, KEEP_MS: String(keepMs), ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer];
  return {
    url: chunk.toString().trim(),
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export interface Asked {
  /** Milliseconds of each answer. */
  ms: number[];
  perSecond: number;
  /** How many answers were none of a page: by status, and connections that failed. */
  refused: number;
  kilobytes: number;
}

/** Asks for all of these in turn, `amount` times in all, over so many connections. Each time by a reader of its own. */
export async function askFor(url: string, paths: string[], { amount, connections = 1 }: { amount: number; connections?: number }): Promise<Asked> {
  const ms: number[] = [];
  let reader = 0;
  let bytes = 0;
  const requests = paths.map((path) => ({
    path,
    setupRequest: (request: autocannon.Request) => ({ ...request, headers: { ...request.headers, 'x-forwarded-for': `10.${(++reader >> 16) & 255}.${(reader >> 8) & 255}.${reader & 255}` } }),
  }));
  const { non2xx, errors, duration } = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon({ url, connections, amount, requests, timeout: 30 }, (error: Error | null, result) => (error ? reject(error) : resolve(result)));
    run.on('response', (_client, _status, size, time) => {
      ms.push(time);
      bytes += size;
    });
  });
  return { ms, perSecond: ms.length / duration, refused: non2xx + errors, kilobytes: bytes / ms.length / 1024 };
}
