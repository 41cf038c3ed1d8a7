// What both windows draw around a message: its buttons' form, its payload, its times.
import { addressOf, type View } from '../view.ts';
import type { Entry, SideName } from '../side.ts';
import { html, type Html } from '../../../src/core/html.ts';

export interface Scene {
  view: View;
  /** The zone of all times. */
  zone: string;
  now: Date;
  channel: string;
  /** Which part of what is in the channel the window shows; undefined: all. */
  part?: { id: string; name: string };
  /** The first message that came of what was done last. */
  fresh: string | undefined;
}

/** A message's body, or why it can't be drawn, in a form that its buttons send. */
export function pressable(side: SideName, { key, payload }: Pick<Entry, 'key' | 'payload'>, draw: (payload: unknown) => Html, { view }: Scene): Html {
  return html`<form method="post" action="${addressOf(view, '/press')}">
    <input type="hidden" name="side" value="${side}"><input type="hidden" name="message" value="${key}">
    ${undrawn(() => draw(payload))}
  </form>`;
}

/** What `draw` makes; or, in its place, why it can't be drawn. */
export function undrawn<T>(draw: () => T): T | Html {
  try {
    return draw();
  } catch (error) {
    return html`<pre class="undrawn">${(error as Error).message}</pre>`;
  }
}

/** The exact JSON, and who sees what it makes. */
export function payloadOf(side: SideName, { key, payload, onlyFor, file }: Entry): Html {
  const seenBy = html` <span>· ${onlyFor ? 'only you see this' : 'the channel sees this'}</span>`;
  return html`${file && fileOf(side, key, file)}${viewPayload(`${side}-${key}`, payload, seenBy)}`;
}

/** The exact JSON of what stands there under that name. */
export function viewPayload(name: string, payload: unknown, about?: Html): Html {
  return html`<details class="payload" id="payload-${name}"><summary>Payload${about}</summary><pre tabindex="0">${JSON.stringify(payload, null, 2)}</pre></details>`;
}

// A file of a data address: a page may save it, and nothing runs in it.
function fileOf(side: SideName, key: string, { name, text }: { name: string; text: string }): Html {
  return html`<details class="file" id="file-${side}-${key}"><summary>${name} <span>· ${sizeInWords(text)}</span></summary><pre tabindex="0">${text}</pre></details>
    <a class="download" href="data:text/plain;charset=utf-8,${encodeURIComponent(text)}" download="${name}">Download ${name}</a>`;
}

function sizeInWords(text: string): string {
  const bytes = Buffer.byteLength(text);
  return bytes < 1_000 ? `${bytes} bytes` : `${Math.round(bytes / 100) / 10} KB`;
}

/** Messages of one minute and one public stand under one name. */
export function grouped(entries: Entry[]): Entry[][] {
  const groups: Entry[][] = [];
  for (const entry of entries) {
    const before = groups.at(-1)?.at(-1);
    const joins = before && !entry.used && entry.by === before.by && !entry.onlyFor && !before.onlyFor && entry.at.getTime() - before.at.getTime() < 60_000;
    if (joins) groups.at(-1)!.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

/** The entries of each day, under its date as `write` has it. */
export function byDay(entries: Entry[], zone: string, write: (at: Date, zone: string) => string): [day: string, entries: Entry[]][] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = write(entry.at, zone);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}

/** `9:00 AM` */
export function timeOf(at: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(at);
}
