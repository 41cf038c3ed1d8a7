// Pieces of wording that several commands share.
import type { Call } from '../core/chat.ts';
import { UserError } from '../core/errors.ts';
import { lostInWords } from '../core/lost.ts';
import { UNSUBSCRIBED, type Channel } from '../db/channels.ts';

export { press } from '../core/doc.ts';

/** `tomorrow`-free and exact: `Mon 27 Jul, 09:00 (Europe/Berlin)` */
export function instantInWords(at: Date, zone: string): string {
  const words = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
  return `${words} (${zone})`;
}

/** In the channel's zone, or in that of who reads it. */
export function nextRunInWords(channel: Channel, zone = channel.zone): string {
  return channel.pausedWhy ? `none, it is ${pausedInWords(channel)}` : instantInWords(channel.nextDueAt, zone);
}

/** `paused by Ana`, `paused, since the channel was archived (is_archived)` */
export function pausedInWords({ pausedWhy, pausedCode }: Pick<Channel, 'pausedWhy' | 'pausedCode'>): string {
  if (pausedCode !== null) return `paused, since ${lostInWords(pausedCode)}`;
  if (pausedWhy === UNSUBSCRIBED) return UNSUBSCRIBED;
  return `paused ${pausedWhy?.startsWith('by ') ? pausedWhy : `(${pausedWhy})`}`;
}

/** ` by Ana`: what the channel is told of who changed it; with a word before it `. Set by Ana`. Nobody is told that about themselves. */
export function byWhom({ person, channel }: Pick<Call, 'person' | 'channel'>, word = ''): string {
  return channel.person !== undefined ? '' : `${word && `. ${word[0]!.toUpperCase()}${word.slice(1)}`} by ${person.name ?? person.id}`;
}

/** For who has saved nothing yet. */
export const HOW_TO_SAVE = 'Press Save under a paper, or say /paper save 2607.01234.';

/** A row's number, as a button carries it. */
export function parseId(words: string): { id: number } | undefined {
  return /^\d{1,15}$/.test(words) ? { id: Number(words) } : undefined;
}

/** What everybody in a channel is shown is for those who may write there. Throws UserError; `undone` is what wasn't done for it. */
export async function checkWrites({ person }: Pick<Call, 'person'>, undone: string): Promise<void> {
  if ((await person.profile()).readOnly) throw new UserError(`You may not write in this channel, so ${undone}`);
}
