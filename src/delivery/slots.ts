// Which of a channel's slots is posted now, and which were missed.
import { nextSlot } from '../core/schedule.ts';
import { count } from '../core/text.ts';
import type { Channel } from '../db/channels.ts';
import type { RoundupKind } from '../db/schema.ts';

export interface RoundupSlot {
  on: string;
  kind: RoundupKind;
  dueAt: Date;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Slots that were missed longer ago are not told of one by one. */
const TOLD_DAYS = 31;
/** A tick comes each minute, and a source takes a moment: less is not worth a reader's time. */
const WORTH_SAYING_MINUTES = 10;

/** The name by which the log knows a slot, through all of its life. */
export function slotName(channel: { id: number }, slot: { on: string; kind: string }): string {
  return `${channel.id}/${slot.on}/${slot.kind}`;
}

/**
 * A due channel's slots up to `now`: the latest is posted, if it is not later than the grace time; each other is missed,
 * with the reason. So many missed days give one post.
 */
export function slotsOf(channel: Channel, now: Date, graceHours: number): { post?: RoundupSlot; missed: { slot: RoundupSlot; why: string }[] } {
  const slots: RoundupSlot[] = [{ on: channel.nextDueOn, kind: 'daily', dueAt: channel.nextDueAt }];
  let after = new Date(Math.max(channel.nextDueAt.getTime(), now.getTime() - TOLD_DAYS * DAY));
  for (let next = nextSlot(channel, after); next.dueAt <= now; next = nextSlot(channel, after)) {
    slots.push({ on: next.on, kind: 'daily', dueAt: next.dueAt });
    after = next.dueAt;
  }
  const isInTime = (slot: RoundupSlot) => now.getTime() - slot.dueAt.getTime() <= graceHours * HOUR;
  const latest = slots.at(-1)!;
  const missed = isInTime(latest) ? slots.slice(0, -1) : slots;
  return { ...(isInTime(latest) ? { post: latest } : {}), missed: missed.map((slot) => ({ slot, why: missedWhy(slot, now) })) };
}

/** `3 hours late: Paperround was not running at the time.`, or for what the roundup waited. Nothing when it is in time. */
export function lateNote(slot: RoundupSlot, waited: string | undefined, now: Date): string[] {
  const minutes = Math.floor((now.getTime() - slot.dueAt.getTime()) / MINUTE);
  if (minutes < WORTH_SAYING_MINUTES) return [];
  const late = minutes < 90 ? count(minutes, 'minute') : count(Math.round(minutes / 60), 'hour');
  return [`${late} late: ${waited ? `it was ${waited}` : 'Paperround was not running at the time'}.`];
}

function missedWhy({ dueAt }: RoundupSlot, now: Date): string {
  const hours = Math.floor((now.getTime() - dueAt.getTime()) / HOUR);
  return `Paperround was not running until ${hours < 48 ? count(hours, 'hour') : count(Math.floor(hours / 24), 'day')} after it was due`;
}
