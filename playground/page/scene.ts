// What both windows draw around a message: its buttons' form, its payload, its times.
import { addressOf, type View } from '../view.ts';
import type { Entry, SideName } from '../side.ts';
import { html, type Html } from './html.ts';

export interface Scene {
  view: View;
  /** The zone of all times. */
  zone: string;
  channel: string;
  /** The first message that came of what was done last. */
  fresh: string | undefined;
}

/** A message's body, or why it can't be drawn, in a form that its buttons send. */
export function pressable(side: SideName, { key, payload }: Entry, draw: (payload: unknown) => Html, { view }: Scene): Html {
  return html`<form method="post" action="${addressOf(view, '/press')}">
    <input type="hidden" name="side" value="${side}"><input type="hidden" name="message" value="${key}">
    ${drawn(payload, draw)}
  </form>`;
}

function drawn(payload: unknown, draw: (payload: unknown) => Html): Html {
  try {
    return draw(payload);
  } catch (error) {
    return html`<pre class="undrawn">${(error as Error).message}</pre>`;
  }
}

/** The exact JSON, and who sees what it makes. */
export function payloadOf(side: SideName, { key, payload, onlyFor, file }: Entry): Html {
  const seenBy = onlyFor ? 'only you see this' : 'the channel sees this';
  return html`${file && fileOf(side, key, file)}<details class="payload" id="payload-${side}-${key}"><summary>Payload <span>· ${seenBy}</span></summary><pre tabindex="0">${JSON.stringify(payload, null, 2)}</pre></details>`;
}

function fileOf(side: SideName, key: string, { name, text }: { name: string; text: string }): Html {
  return html`<details class="file" id="file-${side}-${key}"><summary>${name}</summary><pre tabindex="0">${text}</pre></details>`;
}

/** Messages of one minute and one public stand under one name. */
export function grouped(entries: Entry[]): Entry[][] {
  const groups: Entry[][] = [];
  for (const entry of entries) {
    const before = groups.at(-1)?.at(-1);
    const joins = before && !entry.used && !entry.onlyFor && !before.onlyFor && entry.at.getTime() - before.at.getTime() < 60_000;
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
