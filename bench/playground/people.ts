// Who may use the playground's chat: one person of each standing, on both platforms.
import { STANDINGS, type Standing } from '../../src/core/chat.ts';
import type { Asker } from '../../test/support/discord-server.ts';

export interface Person {
  standing: Standing;
  name: string;
  /** The record of Slack's `users.info`. */
  slack: { id: string; name: string; team_id: string; tz: string; is_restricted?: true; is_admin?: true };
  discord: Asker & { user: string };
}

const ZONE = 'Europe/Berlin';

// Slack knows guests and admins; a manager is one of Discord's, which has no guests.
export const PEOPLE: Record<Standing, Person> = {
  guest: { standing: 'guest', name: 'Gus', slack: { id: 'U2', name: 'gus', team_id: 'T1', tz: ZONE, is_restricted: true }, discord: { user: '400000000000000002', name: 'Gus', permissions: [] } },
  member: { standing: 'member', name: 'Mia', slack: { id: 'U3', name: 'mia', team_id: 'T1', tz: ZONE }, discord: { user: '400000000000000003', name: 'Mia', permissions: [] } },
  manager: { standing: 'manager', name: 'Ana', slack: { id: 'U1', name: 'ana', team_id: 'T1', tz: ZONE }, discord: { user: '400000000000000001', name: 'Ana', permissions: ['ManageChannels'] } },
  admin: { standing: 'admin', name: 'Ada', slack: { id: 'U4', name: 'ada', team_id: 'T1', tz: ZONE, is_admin: true }, discord: { user: '400000000000000004', name: 'Ada', permissions: ['Administrator'] } },
};

/** The person of a standing; a manager for any other word. */
export function personOf(word: string | null): Person {
  return PEOPLE[STANDINGS.find((standing) => standing === word) ?? 'manager'];
}
