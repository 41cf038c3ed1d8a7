// The words of a message that somebody looks up. Discord sends them with that command alone: no intent is needed.
import type { Message } from 'discord.js';

/** Its text, what a forwarded message says, and previews with their addresses, one a line. */
export function messageWords(message: Message): string {
  return [message, ...message.messageSnapshots.values()].flatMap(wordsOf).filter(Boolean).join('\n');
}

function wordsOf({ content, embeds }: Partial<Pick<Message, 'content' | 'embeds'>>): string[] {
  const previews = (embeds ?? []).flatMap(({ url, title, description, fields }) => [url, title, description, ...fields.map(({ value }) => value)]);
  return [content, ...previews].map((words) => words ?? '');
}
