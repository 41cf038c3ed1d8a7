// Slack's own text markup, both ways.

/** Text for a field that Slack reads for mentions and links: nothing in it is live. */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/**
 * What a person typed, from what Slack makes of it: links and mentions unwrapped into readable words, entities
 * decoded, curly quotes straight, special spaces plain.
 */
export function straighten(typed: string): string {
  return typed
    .replace(/<([^<>|]*)(?:\|([^<>]*))?>/g, (_, target: string, label = '') => wordsOf(target, label as string))
    .replace(/&(amp|lt|gt);/g, (_, name: 'amp' | 'lt' | 'gt') => ENTITIES[name])
    .replace(/[\u2018\u2019\u201a\u201b]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f]/g, '"')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .trim();
}

const ENTITIES = { amp: '&', lt: '<', gt: '>' };

function wordsOf(target: string, label: string): string {
  const sign = target[0];
  if (sign === '@' || sign === '#') return sign + (label || target.slice(1)).replace(/^[@#]/, '');
  if (sign === '!') return label || `@${target.slice(1)}`;
  // A link is its address: the label may be shortened, and a query needs the whole.
  return target.startsWith('mailto:') ? label || target.slice('mailto:'.length) : target;
}
