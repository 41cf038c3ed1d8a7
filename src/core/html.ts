// HTML whose every interpolated text is escaped: strangers' words stand in it.
import { escapeUTF8 } from 'entities';

/** Finished HTML, which is put in as it is; `raw` makes one of a trusted string. */
export interface Html {
  html: string;
}

type Part = Html | string | number | undefined | Part[];

/** A template: strings are escaped, undefined is left out, lists are joined. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return raw(strings.map((string, at) => string + (at < parts.length ? written(parts[at]) : '')).join(''));
}

/** Only for what was written here or by a library that escapes. */
export function raw(trusted: string): Html {
  return { html: trusted };
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (Array.isArray(part)) return part.map(written).join('');
  return typeof part === 'object' ? part.html : escapeUTF8(String(part));
}
