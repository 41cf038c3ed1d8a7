// The keys under which the database has workspaces, people and places: unique over platforms.
import type { ChannelRef, Person } from './chat.ts';

/** Who asks, and where. */
export interface Asker {
  channel: ChannelRef;
  person: Pick<Person, 'id' | 'home'>;
}

/** A workspace's key, unique over platforms. */
export function workspaceOf(channel: Pick<ChannelRef, 'platform' | 'workspace'>): string {
  return `${channel.platform}:${channel.workspace}`;
}

/** A person's key, unique over platforms and workspaces. */
export function personOf(call: Asker): string {
  return `${workspaceOf(call.channel)}:${call.person.id}`;
}

/** The platform's id of a person whose key is of this workspace; undefined for any other. */
export function personIn(key: string, workspace: Pick<ChannelRef, 'platform' | 'workspace'>): string | undefined {
  const start = `${workspaceOf(workspace)}:`;
  return key.startsWith(start) ? key.slice(start.length) : undefined;
}

/**
 * The asker's direct messages with the bot, wherever they ask. They may not have been opened yet, so `id` is none of the
 * platform's, but `@` and the person's: what one says there is not found by another.
 */
export function directOf({ channel, person }: Asker): ChannelRef & { person: string } {
  return { platform: channel.platform, workspace: person.home ?? channel.workspace, id: `@${person.id}`, person: person.id };
}

/** The asker as the owner of a digest: the same person wherever they ask. */
export function ownerOf(call: Asker): string {
  return personOf({ channel: directOf(call), person: call.person });
}
