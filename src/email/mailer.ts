// Mails that ask go behind the answer, whose time then tells nothing; they have no channel yet, and so no outbox.
import { setTimeout as wait } from 'node:timers/promises';
import { EMAIL } from '../core/email.ts';
import type { ChatAdapter, Payload } from '../core/platform.ts';
import { TryLater, wordsOf } from '../core/errors.ts';
import type { Log } from '../core/log.ts';

const MINUTE = 60_000;
/** A server that asks to come back (greylisting) mostly means five minutes. */
const WAITS_MS = [MINUTE, 6 * MINUTE, 20 * MINUTE, 60 * MINUTE];

/**
 * A function that sends one mail, and tries again for an hour and a half where the server says to, or can't be reached.
 * What still waits when the bot ends is lost: whoever asked asks again. Never throws, and names nobody in the log.
 */
export function mailer(adapter: () => ChatAdapter | undefined, log: Log, signal: AbortSignal, waitsMs = WAITS_MS): (address: string, mail: Payload) => void {
  return (address, mail) => void send(address, mail).catch((error: unknown) => signal.aborted || log.error({ platform: EMAIL.platform, error: wordsOf(error) }, 'confirmation not sent'));

  async function send(address: string, mail: Payload): Promise<void> {
    for (const again of [...waitsMs, undefined]) {
      try {
        const connected = adapter();
        if (!connected?.tell) throw new TryLater(MINUTE, 'e-mail is not connected');
        await connected.tell({ workspace: EMAIL.workspace, person: address }, mail);
        return;
      } catch (error) {
        log.warn({ platform: EMAIL.platform, error: wordsOf(error), again: again !== undefined && error instanceof TryLater }, 'confirmation not sent');
        if (again === undefined || !(error instanceof TryLater)) return;
        await wait(again, undefined, { signal, ref: false });
      }
    }
  }
}
