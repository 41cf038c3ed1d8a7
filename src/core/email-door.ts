// The door between the web's pages and e-mail: what the subscribe form and the links in mails ask for.

/** What somebody filled into the subscribe form. */
export interface EmailWish {
  /** As it was typed, trimmed, at most 320 characters: whether it is an address is for the door to say. */
  email: string;
  /** Names of ready-made topics, or words of the topic language, at most 20; none: everything that trends. */
  topics: string[];
  /** IANA zone, as it was typed. */
  timeZone: string;
  /** Wall time, `HH:MM`. */
  time: string;
  /** The network address of who asks, for limits alone: never kept beyond them. */
  from: string;
}

/** `expired`: the link was good once. `unknown`: nobody made such a link, or it was cut short. */
export type LinkOutcome = 'done' | 'expired' | 'unknown';

export interface EmailDoor {
  /**
   * Sends a mail with a link to confirm, and tells nothing of whether the address was known. Throws UserError, with the
   * `field` (`email`, `topics`, `zone`, `time`), for what the person can mend, and TryLater where too many were asked for.
   */
  subscribe(wish: EmailWish): Promise<void>;
  /** Called by the press of a button alone, never for a look at the link. Pressed again it is `done` again. */
  confirm(token: string): Promise<LinkOutcome>;
  /** Ends what the link's address gets. Done again it is `done` again. */
  unsubscribe(token: string): Promise<LinkOutcome>;
}

/** The longest token that the pages take. */
export const LONGEST_TOKEN = 1_000;

/** The page of the form, below PUBLIC_URL. */
export const SUBSCRIBE_PATH = '/subscribe';

/** The page that a confirmation links to, below PUBLIC_URL. */
export function confirmPath(token: string): string {
  return `/email/confirm?token=${encodeURIComponent(token)}`;
}

/** The page of an unsubscribe link, and the address of RFC 8058's one-click POST, below PUBLIC_URL. */
export function unsubscribePath(token: string): string {
  return `/email/unsubscribe?token=${encodeURIComponent(token)}`;
}
