// The mail that asks an address whether it wants a roundup.
import { roundupInWords } from '../commands/roundup/roundup-in-words.ts';
import { instantInWords } from '../commands/words.ts';
import { note, text, type Doc } from '../core/doc.ts';
import type { Schedule } from '../core/schedule.ts';
import { clip } from '../core/text.ts';
import type { FollowedTopic } from '../db/topics.ts';

export interface Confirmation {
  topics: Pick<FollowedTopic, 'query' | 'name'>[];
  schedule: Schedule;
  size: number;
  until: Date;
  link: string;
}

/** Pure. Whoever asked may be a stranger to the address, so that nothing of theirs can be clicked, or be long. */
export function confirmationDoc({ topics, schedule, size, until, link }: Confirmation): Doc {
  const calm = topics.map(({ query, name }) => ({ query: clip(withoutLinks(query), TOPIC), name }));
  const what = roundupInWords({ ...schedule, size, layout: 'compact', silent: false }, calm);
  return {
    title: 'Confirm your roundup of papers',
    summary: 'One press, and the trending papers come to this address.',
    blocks: [
      text(`Somebody, we hope it was you, asked that this address gets ${what}.`),
      text({ text: 'Confirm', url: link }),
      note(`The link is good until ${instantInWords(until, schedule.zone)}. If this address gets a roundup already, the new one takes its place.`),
      note('If it wasn’t you, do nothing: nothing more is sent, and the address isn’t kept.'),
    ],
  };
}

const TOPIC = 80;
const CATEGORY = /^[-(]*cat:[a-z-]+(\.[a-z-]+)?\)*$/i;

/** Mail readers make links of what looks like one. A category keeps its dot: `cat:cs.CL`. */
export function withoutLinks(words: string): string {
  return words.replace(/\S+/g, (word) => (CATEGORY.test(word) ? word : word.replace(/[./@\\]/g, ' '))).replace(/ +/g, ' ').trim();
}
