// The papers of which all that is said here speaks: few, and of each kind one.
import type { PaperRecord } from '../../src/core/source.ts';

const attention = (n: number, title: string, more: Partial<PaperRecord> = {}): Partial<PaperRecord> => ({
  arxivId: `2607.0000${n}`,
  title,
  abstract: `We propose a way to compute attention over long documents. It takes ${n + 1} passes, and needs no retraining.`,
  authors: ['Ada Lovelace', 'Alan Turing', 'Grace Hopper'],
  categories: ['cs.CL'],
  publishedOn: `2026-07-${10 + n}`,
  ...more,
});

export const PAPERS: Partial<PaperRecord>[] = [
  attention(1, 'Sparse attention for long documents', { upvotes: 84, stars: 1_204, githubUrl: 'https://github.com/example/sparse', projectUrl: 'https://example.org/sparse', version: 3, revisedOn: '2026-07-24', summary: 'Attention to a few words is enough.' }),
  attention(2, 'Attention that forgets', { upvotes: 41 }),
  attention(3, 'Attention in two passes', { upvotes: 12, doi: '10.1000/attention', journalRef: 'Journal of Reading 12 (2026) 3', organization: 'Example Lab' }),
  attention(4, 'Linear attention, revisited', { upvotes: 1 }),
  attention(5, 'What attention heads read'),
  attention(6, 'Attention without keys', { githubUrl: 'https://github.com/example/keys' }),
  attention(7, 'Attention over tables', { withdrawn: true }),
  { arxivId: '2607.00008', title: 'Grippers that feel', abstract: 'Robot hands learn to hold eggs by touch.', categories: ['cs.RO'], upvotes: 31, publishedOn: '2026-07-18', source: 'arxiv' },
  { arxivId: '2607.00009', title: 'Folding laundry', abstract: 'Robot hands learn to fold shirts by touch.', categories: ['cs.RO'], authors: ['Rosa Bonheur'], publishedOn: '2026-07-19' },
  { arxivId: '2607.00011', title: 'Parsing recipes', abstract: 'Recipes are programs for cooks.', categories: ['cs.CL'], publishedOn: '2026-07-21' },
  { arxivId: '2607.00010', title: 'Untying knots', abstract: '', categories: ['math.GT'], authors: [], publishedOn: '2026-07-20' },
];
