// Strangers' text made safe for Discord's markdown: shown as written, linking to nothing but itself, pinging no one.
import { clip } from '../../core/text.ts';

/**
 * Plain text as Discord markdown that reads the same. Bare web addresses stay clickable, in angle brackets so that
 * they unfold no preview; addresses of other schemes are left as dead text.
 */
export function escape(text: string): string {
  let escaped = '';
  let from = 0;
  for (const match of text.matchAll(WEB_ADDRESS)) {
    escaped += `${escapeMarks(text.slice(from, match.index))}<${breakPings(match[0], '%40')}>`;
    from = match.index + match[0].length;
  }
  return escapeLineStarts(escaped + escapeMarks(text.slice(from)));
}

/** As `escape`, for the text of a link or a title, where an address must not become a link of its own. */
export function escapeLabel(text: string): string {
  return escapeLineStarts(escapeMarks(text));
}

/** The longest cut of `text` that is at most `most` UTF-16 units once it is escaped. */
export function fit(text: string, most: number, escaping: (text: string) => string = escape): string {
  let keep = Math.min(text.length, most);
  let escaped = escaping(clip(text, keep));
  while (escaped.length > most) {
    // What escaping added is spread over the text, so shrinking by the same share comes near at once.
    keep = Math.min(keep - 1, Math.floor((keep * most) / escaped.length));
    escaped = escaping(clip(text, keep));
  }
  return escaped;
}

/** The address as Discord takes it (source: OpenAPI, `RichEmbed.url`), or undefined when it isn't a web address. */
export function webUrl(url: string | undefined): string | undefined {
  if (!url || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  // A bracket would end the link early.
  const safe = breakPings(href, '%40').replace(/[()<>]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return /^https?:$/.test(protocol) && safe.length <= URL_LENGTH ? safe : undefined;
}

/** Nothing may ping (allowed_mentions); a break also keeps it from looking as if it did. In an address, `%40` is one. */
export function breakPings(text: string, at = '@\u200b'): string {
  return text.replace(/@(?=everyone|here)/gi, at);
}

const URL_LENGTH = 2_048;
const WEB_ADDRESS = /https?:\/\/[^\s<>"'`|*\\^{}[\]]*[^\s<>"'`|*\\^{}[\]().,:;!?]/gi;

function escapeMarks(text: string): string {
  return breakPings(text.replace(/[\\*_~`|<>[\]]/g, '\\$&').replace(/:(?=\/\/)/g, '\\:'));
}

// Headings, lists and small print begin only at the start of a line; quotes are escaped everywhere.
function escapeLineStarts(escaped: string): string {
  return escaped.replace(/^(\s*)([#+-])/gm, '$1\\$2').replace(/^(\s*\d+)([.)])(?=\s)/gm, '$1\\$2');
}
