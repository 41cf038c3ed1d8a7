// Who somebody is in a Slack workspace.
import type { webApi } from '@slack/bolt';
import type { Person, Profile } from '../../core/chat.ts';
import { wordsOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Bot } from './bot.ts';
import { membership } from './membership.ts';

/** A user as `users.info` tells it: the parts that matter. */
export interface SlackUser {
  team_id?: string;
  tz?: string;
  deleted?: boolean;
  is_bot?: boolean;
  is_owner?: boolean;
  is_admin?: boolean;
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  is_stranger?: boolean;
  enterprise_user?: { teams?: string[] };
}

/** Somebody who calls or is told of something; looked up once, if it matters. */
export function personOf(client: webApi.WebClient, bot: () => Promise<Bot>, { id, name }: { id: string; name?: string | undefined }, log: Log): Person {
  let profile: Promise<Profile> | undefined;
  const { isIn } = membership(client, bot, id, log);
  return { id, ...(name ? { name } : {}), profile: () => (profile ??= lookUpProfile(client, bot, id, log)), isIn };
}

/** The standing and zone of a user; a guest when Slack can't tell, since a guest may do least. */
export async function lookUpProfile(client: webApi.WebClient, bot: () => Promise<Bot>, user: string, log: Log): Promise<Profile> {
  try {
    const { token, workspace } = await bot();
    const answer = await client.users.info({ token, user });
    return profileOf(answer.user ?? {}, workspace);
  } catch (error) {
    log.warn({ user, error: wordsOf(error) }, 'slack user could not be looked up; taken for a guest');
    return { standing: 'guest' };
  }
}

/** People of other organisations come through Slack Connect: they are guests, whatever they are at home. */
export function profileOf(user: SlackUser, workspace: string): Profile {
  const zone = user.tz ? { zone: user.tz } : {};
  const teams = user.enterprise_user?.teams ?? [user.team_id ?? ''];
  const foreign = user.is_stranger || !teams.includes(workspace);
  if (foreign || user.is_restricted || user.is_ultra_restricted || user.is_bot || user.deleted) return { standing: 'guest', ...zone };
  return { standing: user.is_owner || user.is_admin ? 'admin' : 'member', ...zone };
}
