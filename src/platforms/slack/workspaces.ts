// The workspaces that the bot is in.
import type { webApi } from '@slack/bolt';
import { describeBot, type Bot } from './bot.ts';

export interface Workspaces {
  /** The bot there. Throws NotAllowed where it isn't installed, TryLater when that can't be told now. */
  bot(workspace: string): Promise<Bot>;
  /** The workspace that a call or an event belongs to, by the team that Slack names with it. */
  of(team: string | undefined): string;
  /** Since when this very token is the workspace's, where that is known. */
  installedAt(workspace: string): Promise<Date | undefined>;
  /** The workspace took the token back. */
  forget(workspace: string, code: string): Promise<void>;
  /** One line for `doctor`. Throws NotAllowed when Slack refuses the token. */
  describe(): Promise<string>;
}

/** The one workspace of SLACK_BOT_TOKEN. */
export function oneWorkspace(bot: Bot, client: webApi.WebClient): Workspaces {
  return {
    bot: async () => bot,
    of: () => bot.workspace,
    installedAt: async () => undefined,
    // The token stands in the environment, where a person has to change it.
    forget: async () => {},
    describe: () => describeBot(client, bot),
  };
}
