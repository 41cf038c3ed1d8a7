// One process a folder: PGlite has no lock of its own, and a second process silently loses its commits.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export class FolderInUse extends Error {
  override name = 'FolderInUse';
  constructor(folder: string, holder: string) {
    super(
      `The database in ${folder} is open in another process (${holder}). ` +
        'Stop that process first, or set DATABASE_URL to a Postgres server, which any number of processes may share.',
    );
  }
}

const HEARTBEAT_MS = 5_000;

/**
 * Locks a folder until `release`, or until the process ends, however it ends. A process of this machine is kept
 * out by a name that the system itself frees; one in another container or on another host (which can't see that
 * name) by a heartbeat in a note beside the folder. Throws FolderInUse.
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const path = realpathSync(folder);
  const note = `${path}.lock`;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(lockName(path), resolve);
    });
  } catch {
    throw new FolderInUse(folder, holderOf(note) ?? 'unknown');
  }
  server.unref();
  const other = holderElsewhere(note);
  if (other) {
    server.close();
    throw new FolderInUse(folder, other);
  }
  const me = `process ${process.pid} on ${hostname()}`;
  mkdirSync(dirname(note), { recursive: true });
  writeFileSync(note, me);
  const beat = setInterval(() => touch(note), HEARTBEAT_MS);
  beat.unref();
  return {
    release: async () => {
      clearInterval(beat);
      if (holderOf(note) === me) rmSync(note, { force: true });
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

// Linux: an abstract socket; Windows: a named pipe. Both vanish with their process. Elsewhere a socket file.
function lockName(path: string): string {
  const name = `paperround-${createHash('sha256').update(path).digest('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const file = join(tmpdir(), `${name}.sock`);
  if (!isAlive(holderOf(`${path}.lock`))) rmSync(file, { force: true });
  return file;
}

function holderOf(note: string): string | undefined {
  try {
    return readFileSync(note, 'utf8');
  } catch {
    return undefined;
  }
}

function holderElsewhere(note: string): string | undefined {
  const holder = holderOf(note);
  if (!holder || holder.endsWith(` on ${hostname()}`)) return undefined;
  return Date.now() - statSync(note).mtimeMs < 3 * HEARTBEAT_MS ? holder : undefined;
}

function isAlive(holder: string | undefined): boolean {
  const pid = Number(/^process (\d+) /.exec(holder ?? '')?.[1]);
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function touch(note: string): void {
  const now = new Date();
  try {
    utimesSync(note, now, now);
  } catch {
    // The folder may be gone (a full disk, a removed volume); the database will say so itself.
  }
}
