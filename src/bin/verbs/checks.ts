// What the doctor says of one thing.
export interface Check {
  what: string;
  state: 'ok' | 'warning' | 'failed';
  /** How it is, and what to do about it. */
  words: string;
}
