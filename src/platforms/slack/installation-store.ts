// Bolt's InstallationStore, kept in the bot's database: what of an installation is needed to speak, and no more.
import type { Installation, InstallationQuery, InstallationStore, webApi } from '@slack/bolt';
import type { PlatformIo } from '../../core/platform.ts';
import { NotAllowed, UserError } from '../../core/errors.ts';
import { signIn } from './bot.ts';

/** One workspace's, with the bot's name there and the workspace's address. */
export interface SlackInstallation extends Installation<'v2', false> {
  bot: NonNullable<Installation['bot']>;
  name: string;
  home: string;
  since: Date;
}

export interface Store extends InstallationStore {
  fetchInstallation(query: InstallationQuery<boolean>): Promise<SlackInstallation>;
}

const ONE_WORKSPACE = 'Paperround is installed into one workspace at a time. Begin again, and choose a workspace, not the whole organisation.';
const NO_BOT = 'Slack gave no token to post with. The app’s settings need the scopes of the manifest that “paperround manifest slack” prints.';
const NO_ROTATION = 'Token rotation is on in the app’s settings, and Paperround can’t follow it. Slack doesn’t let it be turned off: make the app anew from the manifest.';

/** `storeInstallation` throws UserError for what isn't supported; `fetchInstallation` NotAllowed where it isn't installed. */
export function installationStore(io: Pick<PlatformIo, 'installations'>, client: webApi.WebClient): Store {
  return {
    async storeInstallation({ team, bot, user, isEnterpriseInstall, appId }) {
      if (isEnterpriseInstall || !team) throw new UserError(ONE_WORKSPACE);
      if (!bot) throw new UserError(NO_BOT);
      if (bot.refreshToken) throw new UserError(NO_ROTATION);
      const { name, home } = await signIn(client, bot.token);
      // A person's own token, should Slack send one, is not kept.
      const kept = { team, bot, user: { id: user.id }, appId, name, home, isEnterpriseInstall: false, authVersion: 'v2' };
      await io.installations.save(team.id, JSON.stringify(kept), user.id);
    },
    async fetchInstallation({ teamId = '' }) {
      const found = await io.installations.get(teamId);
      if (!found) throw new NotAllowed('not_installed', 'Install the Slack app again: open /slack/install at Paperround’s address.');
      return { ...(JSON.parse(found.secret) as SlackInstallation), since: found.installedAt };
    },
  };
}
