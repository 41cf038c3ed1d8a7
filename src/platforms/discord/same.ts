// Whether a message that was fetched is one that we meant to post.
import type { OutboxMessage, Payload } from '../../core/platform.ts';

/** What is read of a fetched message. */
export interface Fetched {
  id: string;
  nonce?: string | number;
  author: { id: string };
  content?: string;
  embeds?: { title?: string; description?: string }[];
}

/** By the nonce, where Discord gives it back, else by the words. */
export function isSame(fetched: Fetched, { key, payload }: OutboxMessage): boolean {
  return fetched.nonce === undefined ? wordsIn(fetched) === wordsIn(payload) : String(fetched.nonce) === key;
}

// Discord trims and refolds white space in what it stores.
function wordsIn({ content, embeds }: Payload | Fetched): string {
  const parts = ((embeds ?? []) as NonNullable<Fetched['embeds']>).flatMap(({ title, description }) => [title, description]);
  return [content as string | undefined, ...parts].map((part) => (part ?? '').replace(/\s+/g, ' ').trim()).join('\n');
}
