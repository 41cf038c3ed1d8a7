// Strangers' text made readable: LaTeX to Unicode, nothing invisible, cut between graphemes.
import { decodeHTML } from 'entities';
import { replace } from 'unicodeit';

/**
 * One line of plain text for a person's eyes: LaTeX becomes Unicode where Unicode can say it, entities are
 * decoded, zero-width and direction-changing characters are dropped, white space is folded. Never empty for
 * text with a visible character.
 */
export function plain(source: string): string {
  const visible = tidy(decodeHTML(source));
  return tidy(fromLatex(visible)) || visible;
}

/** Drops control, zero-width and bidirectional-override characters, and folds white space. */
export function tidy(source: string): string {
  // Nearly all text is tidy already, and one look is quicker than five passes.
  if (TIDY_ASCII.test(source)) return source;
  return source
    .normalize('NFC')
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toWellFormed();
}

const TIDY_ASCII = /^[!-~]+(?: [!-~]+)*$/;

/** At most `most` UTF-16 units, cut between graphemes, with an ellipsis where something went. */
export function clip(source: string, most: number): string {
  if (source.length <= most) return source;
  // Segmenting takes its time, and only the end matters: no grapheme goes over a space.
  const from = Math.max(0, source.lastIndexOf(' ', most - 64));
  let kept = source.slice(0, from);
  for (const { segment } of graphemes.segment(source.slice(from, most + 64))) {
    if (kept.length + segment.length > most - 1) break;
    kept += segment;
  }
  const word = /\s\S*$/.exec(kept);
  // Back to the last space when that loses little; a cut word reads worse than a shorter line.
  if (word && kept.length - word.index < 24 && word.index > most / 2) kept = kept.slice(0, word.index);
  return `${kept.replace(/[\s,;:.–—-]+$/, '')}…`;
}

/** `1 paper`, `3 papers` */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

/** `“attention”`; words that have quotes of their own need no second pair. */
export function inQuotes(words: string): string {
  return /["“”]/.test(words) ? words : `“${words}”`;
}

/** `a, b and c` */
export function listed(parts: string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** The key under which equal titles meet: letters and digits only, case and accents folded. */
export function titleKey(title: string): string {
  return plain(title)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

// Only text that is marked as LaTeX is converted: a bare `_` or `-` in a title is just itself.
function fromLatex(source: string): string {
  return unbrace(
    source
      .replace(/``|''/g, '"')
      .replace(/\\([A-Za-z]|["'`^~=.])\s*(?:\{\s*\\?([A-Za-z])\s*\}|\\?([A-Za-z])(?![A-Za-z]*\{))/g, accented)
      .replace(/\$\$?([^$]+)\$\$?/g, (whole, math: string) => (isMoney(math) ? whole : mathText(math)))
      .replace(FONT_CALL, '$1')
      .replace(FONT_SWITCH, '')
      .replace(COMMAND, command),
  )
    .replace(/\\([%&#_$ {}])/g, '$1')
    .replace(/(?<=\S)~(?=[\p{L}\p{N}])/gu, (tilde, at: number, all: string) => (/[\p{L}\p{N}.,;:)]/u.test(all[at - 1]!) ? ' ' : tilde));
}

const FONT_CALL =
  /\\(?:emph|text(?:bf|it|tt|rm|sc|sf)?|math(?:rm|it|bf|sf|tt)|operatorname|boldsymbol|bm|mbox|url|underline)\s*\{([^{}]*)\}/g;
const FONT_SWITCH = /\\(?:em|bf|it|tt|rm|sc|sf|displaystyle)\b\s*/g;

const ACCENTS: Record<string, string> = {
  '`': '\u0300', "'": '\u0301', '^': '\u0302', '~': '\u0303', '"': '\u0308', '=': '\u0304', '.': '\u0307',
  u: '\u0306', v: '\u030c', H: '\u030b', c: '\u0327', d: '\u0323', k: '\u0328', r: '\u030a', b: '\u0331',
}; // prettier-ignore

function accented(whole: string, mark: string, braced?: string, bare?: string): string {
  const combining = ACCENTS[mark];
  // `\v z` is an accent, `\vz` is some other command.
  if (!combining || (bare && /[A-Za-z]/.test(mark) && !/\s/.test(whole))) return whole;
  return `${braced ?? bare}${combining}`.normalize('NFC');
}

const COMMAND = /\\([A-Za-z]+)(\{[^{}]*\})?/g;

// Word by word, since the converter takes the `\l` of an unknown `\log` for a Polish letter.
function command(tex: string, name: string, argument = ''): string {
  if (/^[Bb]igg?[lrm]?$/.test(name)) return argument;
  const whole = unicodeOf(tex);
  if (argument && !whole.includes('{') && !whole.includes('\\')) return whole;
  const symbol = unicodeOf(`\\${name}`);
  return `${/[A-Za-z\\]/.test(symbol) ? name : symbol}${argument}`;
}

function mathText(math: string): string {
  const text = math
    .replace(FONT_CALL, '$1')
    .replace(FONT_SWITCH, '')
    .replace(/\\(?:left|right|,|;|!|:|\s)/g, ' ')
    .replace(/\\t?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, '$1/$2');
  return unbrace(unicodeOf(scripts(text.replace(COMMAND, command))))
    .replaceAll(RAISED, '^')
    .replaceAll(LOWERED, '_')
    .replace(/\s+/g, ' ')
    .trim();
}

// A group is raised as a whole or not at all: of `e^{-|z|}` Unicode has every second character.
function scripts(source: string): string {
  let text = source;
  for (let depth = 0; depth < 4 && /[_^]\{/.test(text); depth++) {
    text = text.replace(/([_^])\{([^{}]*)\}/g, (group, mark: string, body: string) => {
      const raised = /^[\w+\-=()]+$/.test(body) ? unicodeOf(group) : group;
      if (!/[_^{]/.test(raised)) return raised;
      return `${mark === '^' ? RAISED : LOWERED}${/^(?:[\p{L}\p{N}.]*|.)$/u.test(body) ? body : `(${body})`}`;
    });
  }
  return text;
}

/** Stand in for `^` and `_`, which the converter would take for marks of its own. */
const RAISED = '\ue000';
const LOWERED = '\ue001';

/** What is neither a command nor a group is a character raised or lowered, and the minus sign. */
function unicodeOf(tex: string): string {
  if (/[\\{]/.test(tex)) return convert(tex);
  return tex.replace(/[_^]./gu, convert).replaceAll('-', '−');
}

/** The converter tries thousands of replacements on each call, and papers repeat a few commands. */
function convert(tex: string): string {
  let text = converted.get(tex);
  if (text === undefined) {
    text = replace(tex);
    if (converted.size >= MOST_CONVERTED) converted.clear();
    converted.set(tex, text);
  }
  return text;
}

const converted = new Map<string, string>();
const MOST_CONVERTED = 5000;

function unbrace(source: string): string {
  let text = source;
  for (let depth = 0; depth < 4 && text.includes('{'); depth++) text = text.replace(/(?<!\\)\{([^{}]*)\}/g, '$1');
  return text;
}

// `$5 million and $` between two amounts is not mathematics.
function isMoney(math: string): boolean {
  return /^\d[\d,.]*\s*(k|m|b|million|billion|and|to|per)?\b[^\\^_=]*$/i.test(math) && math.trim().includes(' ');
}
