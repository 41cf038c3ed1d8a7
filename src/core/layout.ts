/** How a channel's roundup is laid out. */
export const LAYOUTS = ['compact', 'full', 'each'] as const;
export type Layout = (typeof LAYOUTS)[number];

const WORDS: Record<Layout, string> = {
  compact: 'compact, one line a paper and the abstracts in a thread',
  full: 'full, each paper with its abstract in short and its buttons',
  each: 'one message a paper, so that each can be discussed',
};

export function layoutInWords(layout: Layout): string {
  return WORDS[layout];
}
