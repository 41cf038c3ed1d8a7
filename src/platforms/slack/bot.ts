// Who the bot is in its workspace.
import type { webApi } from '@slack/bolt';
import { SCOPES } from './manifest.ts';
import { verdictOf } from './verdict.ts';

export interface Bot {
  id: string;
  user: string;
  name: string;
  workspace: string;
  /** The workspace's address, such as `https://example.slack.com/`. */
  home: string;
}

/** Throws NotAllowed when Slack refuses the token. */
export async function signIn(client: webApi.WebClient): Promise<Bot> {
  const who = await testToken(client);
  return {
    id: who.bot_id ?? '',
    user: who.user_id ?? '',
    name: who.user ?? 'Paperround',
    workspace: who.team_id ?? '',
    home: who.url ?? 'https://slack.com/',
  };
}

/** One line for `doctor`: where the bot is signed in, and which scopes it lacks. */
export async function describeBot(client: webApi.WebClient): Promise<string> {
  const who = await testToken(client);
  const granted = who.response_metadata?.scopes;
  const missing = granted ? SCOPES.filter((scope) => !granted.includes(scope)) : [];
  const advice = missing.length > 0 ? `; scopes missing: ${missing.join(', ')} (install the app again with the manifest)` : '';
  return `signed in to ${who.team} as @${who.user}${advice}`;
}

async function testToken(client: webApi.WebClient) {
  try {
    return await client.auth.test();
  } catch (error) {
    throw verdictOf(error);
  }
}
