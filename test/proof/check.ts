// What must hold in the end: what the platforms hold against what the ledger says, slot by slot.
import type { LedgerRow } from './child.ts';

/** A message of the bot's as a platform holds it. */
export interface Held {
  platform: string;
  channel: string;
  /** The outbox row's key that it carries. */
  key: string;
  /** The id of the message that it hangs under; undefined for a roundup's first message. */
  under: string | undefined;
  id: string;
}

/** A slot that was due: a channel and a date. */
export interface Due {
  platform: string;
  channel: string;
  on: string;
}

export interface Verdict {
  problems: string[];
  /** Messages that were to be sent, and what became of them. */
  messages: number;
  sent: number;
  inDoubt: number;
  /** Messages that a platform holds more often than once, or that nobody should have sent. */
  doubles: number;
  /** Messages that are nowhere, though nobody says why. */
  lost: number;
}

const ENDED = ['sent', 'skipped', 'failed'];

/** `doubtAllowed`: what stands in a channel could not be read on this platform, so nobody could know better. */
export function check(dues: Due[], ledger: LedgerRow[], held: Held[], doubtAllowed: (platform: string) => boolean): Verdict {
  const verdict: Verdict = { problems: [], messages: 0, sent: 0, inDoubt: 0, doubles: 0, lost: 0 };
  const wrong = (kind: 'doubles' | 'lost' | undefined, words: string) => {
    verdict.problems.push(words);
    if (kind) verdict[kind]++;
  };
  const known = new Set<string>();
  for (const due of dues) {
    const name = `${due.platform} ${due.channel} ${due.on}`;
    const rows = ledger.filter((row) => row.platform === due.platform && row.channel === due.channel && row.on === due.on);
    const [row] = rows;
    if (!row) {
      wrong('lost', `${name}: no roundup in the ledger`);
      continue;
    }
    if (rows.length > 1) wrong('doubles', `${name}: ${rows.length} roundups in the ledger`);
    if (!ENDED.includes(row.status)) wrong(undefined, `${name}: is still ${row.status}`);
    if (row.status !== 'sent' && !row.why) wrong(undefined, `${name}: ${row.status} without a reason`);
    // Nobody was away for longer than the grace time, and no fault lasts: whatever wasn't sent has to be in doubt.
    if (row.status === 'skipped') wrong('lost', `${name}: skipped: ${row.why}`);
    checkMessages(name, row, held, doubtAllowed(due.platform), verdict, wrong, known);
  }
  if (ledger.length > dues.length) wrong('doubles', `${ledger.length} roundups in the ledger for ${dues.length} slots`);
  for (const one of held) if (!known.has(one.key)) wrong('doubles', `${one.platform} ${one.channel}: holds a message that is in no ledger (${one.key})`);
  return verdict;
}

function checkMessages(name: string, row: LedgerRow, held: Held[], doubtAllowed: boolean, verdict: Verdict, wrong: (kind: 'doubles' | 'lost' | undefined, words: string) => void, known: Set<string>): void {
  const messages = row.messages ?? [];
  // The message under which replies hang: the last before them that is none.
  let root: NonNullable<LedgerRow['messages']>[number] | undefined;
  let parent: Held | undefined;
  let last: Held | undefined;
  for (const message of messages) {
    const here = `${name}, message ${message.position} (${message.status}${message.error ? `: ${message.error}` : ''})`;
    const found = held.filter(({ key }) => key === message.key);
    known.add(message.key);
    verdict.messages++;
    if (found.length > 1) wrong('doubles', `${here}: held ${found.length} times`);
    if (!message.reply) [root, parent] = [message, found[0]];
    const parentInDoubt = message.reply && root?.status === 'in_doubt';
    if (message.status === 'sent') {
      verdict.sent++;
      if (found.length === 0) wrong('lost', `${here}: not there`);
    } else if (message.status === 'in_doubt') {
      verdict.inDoubt++;
      if (!doubtAllowed) wrong(undefined, `${here}: in doubt, though it could have been looked for`);
    } else {
      if (found.length > 0) wrong('doubles', `${here}: is there all the same`);
      else if (!parentInDoubt) wrong('lost', `${here}: never sent`);
    }
    const [one] = found;
    if (!one) continue;
    if (one.channel !== row.channel) wrong(undefined, `${here}: stands in ${one.channel}`);
    const under = message.reply ? parent?.id : undefined;
    if (one.under !== under && (parent || !message.reply)) wrong(undefined, `${here}: hangs under ${one.under ?? 'nothing'}, not under ${under ?? 'nothing'}`);
    if (last && !isAfter(one.id, last.id)) wrong(undefined, `${here}: stands before the message that precedes it`);
    last = one;
  }
}

// Slack's ids are seconds with a fraction, Discord's whole numbers too long for a float; both begin to differ at the left.
function isAfter(id: string, other: string): boolean {
  return id.length === other.length ? id > other : id.length > other.length;
}
