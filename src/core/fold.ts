// Text in one spelling: what a person types and what a paper's LaTeX says meet here.
import { decodeHTML } from 'entities';

/**
 * Lower case, without accents, ligatures or markup; `\alpha`, `α` and `alpha` are the same. Only for comparing:
 * `plain` in core/text.ts makes text readable, and takes a hundred times as long.
 */
export function fold(source: string): string {
  if (PLAIN_ASCII.test(source)) return source.toLowerCase();
  return withoutMarkup(source)
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    // Back together what NFKD took apart and is a letter of its own, as in Hangul and kana.
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[øłđßæœıα-ω]/g, (letter) => LETTERS[letter] ?? letter);
}

// Half of all abstracts have nothing that could be markup, an entity or an accent.
const PLAIN_ASCII = /^[^\u0080-\uffff\\$&{}]*$/;

const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega';
const LETTERS: Record<string, string> = { ø: 'o', ł: 'l', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' };
for (const [i, name] of GREEK.split(' ').entries()) LETTERS[String.fromCharCode(0x3b1 + i)] = name;

function withoutMarkup(source: string): string {
  const text = source.includes('&') ? decodeHTML(source) : source;
  if (!/[\\$]/.test(text)) return text;
  return text
    .replace(ACCENT, '$1')
    .replace(FONT, '')
    .replace(/\$([^$]*)\$/g, (math) => math.replace(/[$_^{}]/g, ''))
    .replace(/(?<=[A-Za-z0-9])\\(?=[A-Za-z])/g, ' ')
    .replace(/[\\{}]/g, '');
}

const ACCENT = /\{?\\(?:[`'^"~=.]\s*|[uvHcdkrb](?=[\s{]))\s*\{?\s*\\?([A-Za-z])\s*\}?/g;
const FONT = /\\(?:emph|text(?:bf|it|tt|rm|sc|sf)?|math(?:rm|it|bf|bb|cal|sf|tt)|operatorname|boldsymbol|bm|mbox|url|[lL]eft|[rR]ight|em|bf|it|tt|rm)\b\s*/g;
