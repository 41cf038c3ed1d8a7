// What can go wrong, as types: words for the asker, and verdicts of a platform on one message.

import type { Action } from './doc.ts';

/** A mistake that the asker can mend. Its message is shown to them, and only to them, as it stands. */
export class UserError extends Error {
  override name = 'UserError';
  /** What they may have meant, ready to press. */
  readonly actions: Action[];
  /** The option, or the field of a form, that it is about. */
  readonly field: string | undefined;
  /** With this as what the form was opened on, it is done when it is sent again. */
  readonly seen: string | undefined;
  constructor(message: string, actions: Action[] = [], field?: string, seen?: string) {
    super(message);
    this.actions = actions;
    this.field = field;
    this.seen = seen;
  }
}

/** Does it; a UserError on the way is about this field. */
export function about<T>(field: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.message, error.actions, field) : error;
  }
}

/** What is wrong with the settings: every problem at once, one a line. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** The channel, or the bot's place in it, no longer exists. `code` is the platform's own word for it. */
export class ChannelGone extends Error {
  override name = 'ChannelGone';
  readonly code: string;
  /** What the platform said beside its code, where that tells more. */
  readonly said: string | undefined;
  constructor(code: string, said?: string) {
    super(`channel gone: ${code}${said === undefined ? '' : `: ${said}`}`);
    this.code = code;
    this.said = said;
  }
}

/** The bot is not allowed to do this there. `fix` tells a person what to do about it. */
export class NotAllowed extends Error {
  override name = 'NotAllowed';
  readonly code: string;
  readonly fix: string;
  constructor(code: string, fix: string) {
    super(`not allowed: ${code}`);
    this.code = code;
    this.fix = fix;
  }
}

/** The message was certainly not delivered; it may be tried again after `afterMs` milliseconds. */
export class TryLater extends Error {
  override name = 'TryLater';
  readonly afterMs: number;
  constructor(afterMs: number, why: string) {
    super(why);
    this.afterMs = afterMs;
  }
}

/** The platform refused this very payload; sending it again can't help. */
export class PayloadRefused extends Error {
  override name = 'PayloadRefused';
}

/** The answer was lost: the message may be in the channel or not. Never send it again without looking. */
export class OutcomeUnknown extends Error {
  override name = 'OutcomeUnknown';
}

/** Node's and undici's codes for a connection that was never opened. */
const UNSENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

/** Whether a request that failed like this never left, so that nobody can have acted on it. */
export function neverSent(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return UNSENT.includes(String(code)) || (cause !== undefined && neverSent(cause));
}

/** A source answered in a way that can't be used; `retryAfterMs` when it said when to come back. */
export class SourceError extends Error {
  override name = 'SourceError';
  readonly retryAfterMs: number | undefined;
  /** False when trying again can't help, as with a request that the source calls wrong. */
  readonly retry: boolean;
  constructor(message: string, more: { retryAfterMs?: number; retry?: boolean; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.retryAfterMs = more.retryAfterMs;
    this.retry = more.retry ?? true;
  }
}

/** The message of anything thrown, on one line. A failed query is told by its cause: its own message holds people's data. */
export function wordsOf(error: unknown): string {
  const told = error instanceof Error && error.message.startsWith('Failed query:') && error.cause ? error.cause : error;
  return (told instanceof Error ? told.message : String(told)).replace(/\s+/g, ' ').trim();
}
