// The workspaces that the bot is in: the one of SLACK_BOT_TOKEN, or all that installed the app.
import type { webApi } from '@slack/bolt';
import type { PlatformIo } from '../../core/platform.ts';
import { count } from '../../core/text.ts';
import { describeBot, type Bot } from './bot.ts';
import type { Store } from './installation-store.ts';
import { heedNewToken } from './new-token.ts';

export interface Workspaces {
  /** The bot there. Throws NotAllowed where it isn't installed, TryLater when that can't be told now. */
  bot(workspace: string): Promise<Bot>;
  /** The workspace that a call or an event belongs to, by the team that Slack names with it. */
  of(team: string | undefined): string;
  /** The workspace took this token back. False when a newer installation has replaced it meanwhile. */
  forget(bot: Bot, code: string): Promise<boolean>;
  /** To be called when all else of connecting is done. */
  begin(): Promise<void>;
  /** One line for `doctor`. Throws NotAllowed when Slack refuses the token. */
  describe(): Promise<string>;
}

export function oneWorkspace(io: Pick<PlatformIo, 'memory' | 'workspaceChanged'>, bot: Bot, client: webApi.WebClient): Workspaces {
  return {
    bot: async () => bot,
    of: () => bot.workspace,
    // The token stands in the environment, where a person has to change it.
    forget: async () => true,
    begin: () => heedNewToken(io, bot),
    describe: () => describeBot(client, bot),
  };
}

export function installedWorkspaces({ installations }: Pick<PlatformIo, 'installations'>, store: Store): Workspaces {
  return {
    async bot(workspace) {
      const { bot, name, home, since } = await store.fetchInstallation({ teamId: workspace, enterpriseId: undefined, isEnterpriseInstall: false });
      return { token: bot.token, id: bot.id, user: bot.userId, name, workspace, home, since };
    },
    of: (team) => team ?? '',
    forget: async ({ workspace, since }, code) => since !== undefined && installations.end(workspace, since, code),
    begin: async () => {},
    describe: async () => `installed in ${count(await installations.open(), 'workspace')}`,
  };
}
