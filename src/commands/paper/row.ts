// One paper in an answer that lists several.
import type { Block } from '../../core/doc.ts';
import type { Paper } from '../../core/paper.ts';
import { listItem } from '../../core/roundup.ts';
import { dateInWords } from '../../core/schedule.ts';
import { clip, count, tidy } from '../../core/text.ts';
import { press } from '../words.ts';

/** Its title, why it is here, its date, votes and first words, and a button to the whole of it. */
export function paperRow(paper: Paper, rank: number, why: string[] = []): Extract<Block, { kind: 'item' }> {
  const facts = [...why, paper.publishedOn ? dateInWords(paper.publishedOn) : '', paper.upvotes ? count(paper.upvotes, 'upvote') : ''];
  return {
    ...listItem({ paper, why: facts.filter(Boolean) }, rank, true),
    actions: [press('Details', `Details of ${clip(tidy(paper.title), 60)}`, 'paper', `id:${paper.id}`)],
  };
}
