// What became of a slot, in words that need no key.
import { lossInWords } from '../../core/lost.ts';
import { count } from '../../core/text.ts';
import type { Channel } from '../../db/channels.ts';
import type { MessageCounts } from '../../db/delivery-trouble.ts';
import type { Roundup } from '../../db/roundups.ts';

/** `posted`, `skipped: a quiet day`, `in doubt: …`. `messages` is empty once payloads are no longer kept. */
export function stateInWords({ status, why }: Pick<Roundup, 'status' | 'why'>, messages: MessageCounts): string {
  const { sent = 0, in_doubt: inDoubt = 0, leased = 0, failed = 0, queued = 0 } = messages;
  const all = sent + inDoubt + leased + failed + queued;
  const because = why ? `: ${why}` : '';
  if (status === 'waiting') return why ?? 'waiting for its sources';
  if (status === 'queued') return `${leased ? 'being sent' : 'waiting to be sent'}${sent ? `, ${sent} of ${count(all, 'message')} sent` : ''}`;
  if (status !== 'sent') return `${status}${because}`;
  if (inDoubt) return `in doubt, ${sent} of ${count(all, 'message')} sent for certain${because}`;
  return failed ? `posted, but ${failed} of ${count(all, 'message')} failed${because}` : 'posted';
}

/** Why a channel is paused: `by Ana`, `the channel was archived (is_archived)`; the platform's advice where there is some. */
export function pauseInWords(channel: Channel): string[] {
  const { pausedWhy, pausedCode } = channel;
  if (pausedCode === null) return [pausedWhy ?? ''];
  return lossInWords({ pausedWhy, pausedCode });
}
