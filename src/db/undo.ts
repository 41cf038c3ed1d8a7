// The last subscription of each channel, so that it can be taken back.
import { eq } from 'drizzle-orm';
import { setSchedule, UNSUBSCRIBED, type Channel } from './channels.ts';
import type { Db } from './connect.ts';
import { recall, remember } from './facts.ts';
import { channels, facts, roundups } from './schema.ts';
import { topicsOf, unfollowTopic } from './topics.ts';

/** What a subscription may change of a channel's row. */
type State = Pick<Channel, 'zone' | 'at' | 'days' | 'size' | 'layout' | 'pausedWhy' | 'pausedCode' | 'nextDueAt' | 'nextDueOn'>;

/** One subscription: what it left, and what there had been. */
export interface Change {
  /** Tells it from the channel's others; a button carries it. */
  id: string;
  /** Undefined: there was no channel. */
  was: State | undefined;
  left: State;
  /** The topic that was added. */
  topic?: number;
}

export async function keepChange(db: Db, channel: Channel, change: Change, now: Date): Promise<void> {
  const { was, left } = change;
  await remember(db, undoKey(channel), JSON.stringify({ ...change, was: was && stateOf(was), left: stateOf(left) }), now);
}

/** Undefined where there was none, or it has been taken back. */
export async function lastChange(db: Db, channel: Channel): Promise<Change | undefined> {
  const kept = await recall(db, undoKey(channel));
  if (!kept) return undefined;
  const { was, left, ...change } = JSON.parse(kept) as Change;
  return { ...change, was: was && revived(was), left: revived(left) };
}

/**
 * Makes the channel what it was before the change; undefined is no channel. A new one that has had roundups is kept with
 * its history, paused. False, and nothing is done, when what the change had set was changed again since.
 */
export async function takeBackChange(db: Db, channel: Channel, change: Change, now: Date): Promise<Channel | undefined | false> {
  return db.transaction(async (tx) => {
    const followed = await topicsOf(tx, channel.id);
    const added = followed.find(({ id }) => id === change.topic);
    // A change that an earlier version kept knows fewer settings.
    const fields = SETTINGS.filter((field) => field in change.left).filter((field) => !change.was || !same(change.was, change.left, field));
    if ((change.topic !== undefined && !added) || !fields.every((field) => same(channel, change.left, field))) return false;
    if (!change.was && followed.length > (added ? 1 : 0)) return false;
    await tx.delete(facts).where(eq(facts.key, undoKey(channel)));
    if (!change.was && (await tx.$count(roundups, eq(roundups.channelId, channel.id))) === 0) {
      await tx.delete(channels).where(eq(channels.id, channel.id));
      return undefined;
    }
    if (added) await unfollowTopic(tx, channel, added);
    if (!change.was) return save(tx, channel, { pausedWhy: UNSUBSCRIBED, pausedCode: null });
    const { nextDueAt, nextDueOn, ...settings } = change.was;
    const before = Object.fromEntries(fields.map((field) => [field, settings[field]]));
    // Where no roundup came in between, the old slot is the next again; else it is reckoned anew.
    if (channel.nextDueAt.getTime() === change.left.nextDueAt.getTime()) return save(tx, channel, { ...before, nextDueAt, nextDueOn });
    const restored = Object.keys(before).length ? await save(tx, channel, before) : channel;
    return setSchedule(tx, restored, { zone: restored.zone, at: restored.at, days: restored.days }, now);
  });
}

const SETTINGS = ['zone', 'at', 'days', 'size', 'layout', 'pausedWhy', 'pausedCode'] as const;

function same(one: State, other: State, field: (typeof SETTINGS)[number]): boolean {
  return String(one[field]) === String(other[field]);
}

async function save(db: Db, channel: Channel, values: Partial<Channel>): Promise<Channel> {
  const [saved] = await db.update(channels).set(values).where(eq(channels.id, channel.id)).returning();
  return saved!;
}

function stateOf({ zone, at, days, size, layout, pausedWhy, pausedCode, nextDueAt, nextDueOn }: State): State {
  return { zone, at, days, size, layout, pausedWhy, pausedCode, nextDueAt, nextDueOn };
}

function revived(state: State): State {
  return { ...state, nextDueAt: new Date(state.nextDueAt) };
}

/** The fact in which a channel's last change is kept. */
export function undoKey({ id }: Pick<Channel, 'id'>): string {
  return `undo:${id}`;
}
