// A file's bytes, unpacked if they are packed.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Opens a file, or standard input for `-`. gzip is known by its first bytes, whatever the name. Throws when there is no such file. */
export async function openInput(path: string): Promise<AsyncIterable<Uint8Array>> {
  if (path === '-') return process.stdin;
  const file = await open(path);
  const magic = new Uint8Array(2);
  try {
    await file.read(magic, 0, 2, 0);
  } finally {
    await file.close();
  }
  return bytesOf(path, magic[0] === 0x1f && magic[1] === 0x8b);
}

/** Begins when somebody reads: an error of a stream that nobody reads yet would end the process. */
async function* bytesOf(path: string, packed: boolean): AsyncGenerator<Uint8Array> {
  const bytes = createReadStream(path, { highWaterMark: 1 << 18 });
  // The error of either reaches whoever reads from the end.
  yield* packed ? pipeline(bytes, createGunzip(), () => {}) : bytes;
}
