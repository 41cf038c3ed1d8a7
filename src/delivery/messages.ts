import type { Payload, Platform } from '../core/chat.ts';
import type { Doc } from '../core/doc.ts';

/** A roundup as a platform's final messages: the first is the parent, the rest go under it, in order. */
export function messagesOf(platform: Platform, doc: Doc): { payload: Payload; reply: boolean }[] {
  const replies = platform.can.thread ? (doc.replies ?? []) : [];
  return [doc, ...replies].flatMap((part) => platform.render(part)).map((payload, i) => ({ payload, reply: i > 0 }));
}
