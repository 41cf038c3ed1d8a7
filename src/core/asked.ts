// What a search asks for besides its words: an order, and code. Both are words themselves, so that every button has them.
import { UserError } from './errors.ts';
import { clip, count, inQuotes, tidy } from './text.ts';

export type Order = 'newest' | 'votes';

export interface Asked {
  /** What is looked for, conditions of the topic language among it; may be empty where code is asked for. */
  words: string;
  order?: Order | undefined;
  code: boolean;
}

/** In what an answer falls short of all that was asked: in its words or its conditions; or of many papers only so many were put in order. */
export type Shortfall = 'words' | 'conditions' | { ordered: number };

/**
 * `sort:newest`, `sort:votes` and `has:code` stand anywhere; `newest` or `most voted` counts as an order at the end alone,
 * behind other words: “newest methods” is a search. Throws UserError for an order that there isn't, or no words at all.
 */
export function readAsked(said: string): Asked {
  const pieces = tidy(said).match(PIECES) ?? [];
  const orders = pieces.filter((piece) => /^sort:/i.test(piece)).map(orderOf);
  const rest = pieces.filter((piece) => !/^sort:/i.test(piece));
  const atEnd = orders.length === 0 ? ENDINGS.find(({ words }) => words.test(rest.join(' '))) : undefined;
  const words = atEnd ? rest.join(' ').replace(atEnd.words, '') : rest.join(' ');
  const others = withoutCode(words);
  const code = others !== words;
  const asked = { words: code ? (ENCLOSED.exec(others)?.[1] ?? others) : others, order: orders.at(-1) ?? atEnd?.order, code };
  if (!asked.words && !asked.code) throw new UserError('Say what to look for besides the order, like “/paper attention sort:newest”. /paper trending has what trends.');
  return asked;
}

/** The words that are read as the same again. */
export function writeAsked({ words, order, code }: Asked): string {
  // Words that would be read as an order when none is wanted say so.
  const sort = order ?? (ENDINGS.some((ending) => ending.words.test(words)) ? 'best' : undefined);
  const all = code && piecesOf(words).some(isChoice) ? `(${words})` : words;
  return [sort ? `sort:${sort}` : '', all, code ? 'has:code' : ''].filter(Boolean).join(' ');
}

/** `“attention” with code`, `papers with code`; words that are one of these topics go by its name: `the topic nlp`. */
export function subjectOf({ words, code }: Asked, topics: { name: string; query: string }[] = []): string {
  const topic = topics.find(({ query }) => query === words);
  const what = topic ? `the topic ${topic.name}` : inQuotes(clip(words, 80));
  return [words ? what : 'papers', code ? 'with code' : ''].filter(Boolean).join(' ');
}

/** What stands behind the subject: `, newest first` */
export function orderInWords({ order }: Asked): string {
  return order === undefined ? '' : `, ${order === 'newest' ? 'newest' : 'most voted'} first`;
}

/** What stands with the papers, as a whole sentence. */
export function shortfallInWords(shortfall: Shortfall): string {
  if (shortfall === 'words') return 'No paper has all of these words; these have some of them.';
  if (shortfall === 'conditions') return 'No paper meets all of this; these have some of the words.';
  return `Very many papers have these words: the ${count(shortfall.ordered, 'paper')} or so that are most about them were put in order.`;
}

const PIECES = /[-(]*(?:[a-z]+:)?"[^"]*"\)*|\S+/gi;

/** Words that stand in one pair of parentheses, as alternatives do where code is asked for besides. */
const ENCLOSED = /^\(((?:"[^"]*"|[^()"])*)\)$/;

// Among alternatives and in parentheses it belongs to what is beside it.
function withoutCode(words: string): string {
  const pieces = piecesOf(words);
  return pieces.some(isChoice) ? words : pieces.filter(({ piece, outer }) => !outer || !/^has:code$/i.test(piece)).map(({ piece }) => piece).join(' ');
}

function isChoice({ piece, outer }: Piece): boolean {
  return outer && /^or$/i.test(piece);
}

interface Piece {
  piece: string;
  /** It begins outside of all parentheses. */
  outer: boolean;
}

function piecesOf(words: string): Piece[] {
  let depth = 0;
  return (words.match(PIECES) ?? []).map((piece) => {
    const outer = depth === 0;
    for (const mark of piece.replace(/"[^"]*"?/g, '').match(/[()]/g) ?? []) depth += mark === '(' ? 1 : -1;
    return { piece, outer };
  });
}

const ENDINGS: { words: RegExp; order: Order }[] = [
  { words: /(?<=\S) newest(?: first)?$/i, order: 'newest' },
  { words: /(?<=\S) most (?:up)?voted(?: first)?$/i, order: 'votes' },
];

function orderOf(piece: string): Order | undefined {
  const name = piece.slice('sort:'.length).replaceAll('"', '').toLowerCase();
  if (name === 'best') return undefined;
  const order = ({ newest: 'newest', new: 'newest', date: 'newest', votes: 'votes', voted: 'votes', upvotes: 'votes' } as const)[name];
  if (!order) throw new UserError(`There is no order “${piece}”. Say sort:newest or sort:votes.`);
  return order;
}
