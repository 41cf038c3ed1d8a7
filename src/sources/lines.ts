// Lines of a stream of bytes, one at a time, however large the file is.

/** A line without its end, or what is wrong with it and how it begins. Lines count from 1. */
export type Line = { line: number; text: string } | { line: number; why: string; start: string };

/** The longest line that is read, in bytes; the longest real record (3,303 authors) has about 60,000. */
export const LONGEST_LINE = 1_048_576;

/** A byte order mark at the start and carriage returns at line ends are taken off. */
export async function* readLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let line = 1;
  let parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of input) {
    for (let at = 0; at < chunk.length; ) {
      const end = chunk.indexOf(NEWLINE, at);
      const part = chunk.subarray(at, end < 0 ? chunk.length : end);
      // Of a line that is too long, only the start is kept.
      if (length <= LONGEST_LINE) parts.push(part);
      length += part.length;
      at += part.length + 1;
      if (end < 0) break;
      yield decodeLine(line++, parts, length);
      parts = [];
      length = 0;
    }
  }
  if (length) yield decodeLine(line, parts, length);
}

const NEWLINE = 0x0a;

function decodeLine(line: number, parts: Uint8Array[], length: number): Line {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  if (length > LONGEST_LINE) return { line, why: `longer than ${LONGEST_LINE} bytes`, start: startOf(bytes) };
  try {
    const text = strict.decode(bytes);
    return { line, text: (line === 1 ? text.replace(/^\ufeff/, '') : text).replace(/\r$/, '') };
  } catch {
    return { line, why: 'not valid UTF-8', start: startOf(bytes) };
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function startOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 2000));
}
