// What a mail server's refusal means for the mail, and for the address.
import { hideAddresses } from '../../core/email.ts';
import { ChannelGone, OutcomeUnknown, TryLater, wordsOf } from '../../core/errors.ts';
import { clip, tidy } from '../../core/text.ts';

/** What of nodemailer's errors counts here. */
interface SmtpError {
  /** The kind: `EAUTH`, `ECONNECTION`, `EENVELOPE` … */
  code?: string;
  /** The command that was answered: `MAIL FROM`, `RCPT TO`, `DATA`, `AUTH PLAIN` … */
  command?: string;
  /** The server's answer and its code, where it gave one. */
  response?: string;
  responseCode?: number;
}

const LEAST_WAIT_MS = 60_000;
const MOST_WAIT_MS = 3_600_000;
/** The fault is ours to mend, and no address's: a wrong password, a sender that the server doesn't take. */
const OURS_MS = 10 * 60_000;
/** Of a refusal in the server’s words, which mostly end with an address to read more at. */
const LONGEST_REASON = 300;

/**
 * The verdict for the outbox. `handedOver`: all of the mail had been sent when it went wrong, so that a lost answer leaves
 * it in doubt. `waitedMs`: since the first try; the next comes after as long again, from a minute to an hour, since
 * servers that ask to come back (greylisting) mean minutes and those that are down hours.
 */
export function verdictOf(thrown: unknown, { handedOver, waitedMs }: { handedOver: boolean; waitedMs: number }): Error {
  const { code = '', command = '', response = '', responseCode = 0 } = thrown as SmtpError;
  const words = hideAddresses(wordsOf(thrown));
  const again = new TryLater(Math.min(Math.max(LEAST_WAIT_MS, waitedMs), MOST_WAIT_MS), words);
  if (responseCode >= 400 && responseCode < 500 && code !== 'EAUTH') return again;
  if (responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')) {
    // Before an address was named nothing can be said against one: it is us that the server refuses.
    if (command === 'MAIL FROM' || OURS.has(responseCode)) return new TryLater(OURS_MS, words);
    // From then on this address is paused, whatever the reason: to go on knocking is what spammers do (RFC 5321, 4.2.1).
    return new ChannelGone(`smtp_${responseCode}`, clip(tidy(hideAddresses(response)), LONGEST_REASON));
  }
  // Never asked: nodemailer itself found the address impossible.
  if (code === 'EENVELOPE') return new ChannelGone('smtp_no_address');
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'ETLS') return new TryLater(OURS_MS, words);
  return handedOver ? new OutcomeUnknown(words) : again;
}

/** 530: authentication required (RFC 4954); 535: refused; 523 and 534, too weak. */
const OURS = new Set([523, 530, 534, 535, 538]);
