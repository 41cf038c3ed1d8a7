// Keeps the outbox of a platform moving: one sender at a time in a process, back by itself when something that must wait may go.
import { wordsOf } from '../core/errors.ts';
import { nextTry } from '../db/outbox.ts';
import { sendDue, type SenderDeps } from './send.ts';

export interface Sender {
  /** Sends what is due now. Never throws: what fails is logged, and comes again. */
  send: () => Promise<void>;
  /** Begins nothing new and waits for what is under way. */
  stop: () => Promise<void>;
}

/** So that a platform's wrong clock or a past time never makes it spin. */
const LEAST_WAIT_MS = 200;

export function openSender(deps: SenderDeps): Sender {
  const stopping = new AbortController();
  let sending: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const send = (): Promise<void> => {
    sending ??= sendAll().finally(() => (sending = undefined));
    return sending;
  };

  async function sendAll(): Promise<void> {
    if (stopping.signal.aborted) return;
    try {
      await sendDue(deps, stopping.signal);
      const next = await nextTry(deps.db, deps.platform);
      clearTimeout(timer);
      if (next && !stopping.signal.aborted) timer = setTimeout(() => void send(), Math.max(LEAST_WAIT_MS, next.getTime() - deps.now().getTime()));
    } catch (error) {
      deps.log.error({ platform: deps.platform, error: wordsOf(error) }, 'messages could not be sent');
    }
  }

  return {
    send,
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await sending;
    },
  };
}
