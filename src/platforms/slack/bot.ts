// Who the bot is in a workspace, and what it takes to speak there.
import type { webApi } from '@slack/bolt';
import { SCOPES } from './manifest.ts';
import { verdictOf } from './verdict.ts';

export interface Bot {
  token: string;
  id: string;
  user: string;
  name: string;
  workspace: string;
  /** The workspace's address, such as `https://example.slack.com/`. */
  home: string;
  /** When the workspace installed the app; undefined for the one of SLACK_BOT_TOKEN. */
  since?: Date;
}

/** Asks Slack whose token this is. Throws NotAllowed when it is nobody's, or nobody's any more. */
export async function signIn(client: webApi.WebClient, token: string): Promise<Bot> {
  const who = await testToken(client, token);
  return {
    token,
    id: who.bot_id ?? '',
    user: who.user_id ?? '',
    name: who.user ?? 'Paperround',
    workspace: who.team_id ?? '',
    home: who.url ?? 'https://slack.com/',
  };
}

/** One line for `doctor`: where the bot is signed in, and which scopes it lacks. */
export async function describeBot(client: webApi.WebClient, { token }: Bot): Promise<string> {
  const who = await testToken(client, token);
  const granted = who.response_metadata?.scopes;
  const missing = granted ? SCOPES.filter((scope) => !granted.includes(scope)) : [];
  const advice = missing.length > 0 ? `; scopes missing: ${missing.join(', ')} (install the app again with the manifest)` : '';
  return `signed in to ${who.team} as @${who.user}${advice}`;
}

async function testToken(client: webApi.WebClient, token: string) {
  try {
    return await client.auth.test({ token });
  } catch (error) {
    throw verdictOf(error);
  }
}
