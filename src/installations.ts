// What a platform is handed of the workspaces that installed it: their secrets, opened with the keys of the settings.
import type { Deps } from './command.ts';
import type { Installations } from './core/platform.ts';
import { ConfigError, TryLater } from './core/errors.ts';
import { endInstallation, readInstallation, resealInstallations, saveInstallation } from './db/installations.ts';
import type { KeyRing } from './db/key-ring.ts';

/** A rolling restart may have brought a key to other processes and not yet to this one. */
const WAIT_MS = 60_000;

export function openInstallations(platform: string, { db, config, now }: Pick<Deps, 'db' | 'config' | 'now'>): Installations {
  const keys = (): KeyRing => {
    if (!config.keys) throw new ConfigError(['PAPERROUND_KEYS is missing.']);
    return config.keys;
  };
  return {
    open: async () => resealInstallations(db, keys(), platform),
    async get(workspace) {
      try {
        return await readInstallation(db, keys(), { platform, workspace });
      } catch (error) {
        throw error instanceof ConfigError ? new TryLater(WAIT_MS, error.message) : error;
      }
    },
    save: (workspace, secret, by) => saveInstallation(db, keys(), { platform, workspace }, { secret, by }, now()),
    end: (workspace, installedAt, code) => endInstallation(db, { platform, workspace }, installedAt, code, now()),
  };
}
