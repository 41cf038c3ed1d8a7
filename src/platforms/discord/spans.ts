// Spans as markdown, cut to a length.
import { plainOf, type Span } from '../../core/doc.ts';
import { clip } from '../../core/text.ts';
import { breakPings, escape, escapeLabel, fit, webUrl } from './escape.ts';

/** Spans as one markdown text of at most `most` UTF-16 units; what doesn't fit is cut and ends in an ellipsis. */
export function markdown(spans: Span[], most: number): string {
  let written = '';
  for (const [index, span] of spans.entries()) {
    const room = most - written.length;
    const piece = markdownOf(span);
    // Room for the ellipsis, should the next span find none.
    const rest = index < spans.length - 1 ? 1 : 0;
    if (piece.length + rest <= room) written += piece;
    else return written + fit(plainOf(spans.slice(index)), room, escapeLabel);
  }
  return written;
}

function markdownOf(span: Span): string {
  if (typeof span === 'string') return escape(span);
  if (!span.text.trim()) return span.text;
  const url = webUrl(span.url);
  const label = span.code ? codeOf(span.text) : url ? escapeLabel(span.text) : escape(span.text);
  // The brackets around the address keep Discord from unfolding a preview.
  const linked = url ? `[${label}](<${url}>)` : label;
  // White space inside the stars would keep them from being read as bold.
  return span.bold ? linked.replace(/^(\s*)(.*?)(\s*)$/s, '$1**$2**$3') : linked;
}

/** Lines as they are, of at most `most` UTF-16 units; a client shows them with a button that copies them. */
export function codeBlock(text: string, most: number): string {
  const fence = '```';
  return `${fence}\n${clip(withoutMarks(text.replace(/\n+$/, '')), most - 2 * fence.length - 2)}\n${fence}`;
}

function codeOf(text: string): string {
  return `\`${withoutMarks(text)}\``;
}

// There is no escape inside code, so its own mark is replaced by a look-alike.
function withoutMarks(text: string): string {
  return breakPings(text.replaceAll('`', 'ˋ'));
}
