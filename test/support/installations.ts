// What the database keeps of workspaces, for tests without one.
import type { Installation, PlatformIo } from '../../src/core/platform.ts';

export function memoryInstallations(now: () => Date): PlatformIo['installations'] {
  const kept = new Map<string, Installation>();
  return {
    open: async () => kept.size,
    get: async (workspace) => kept.get(workspace),
    save: async (workspace, secret) => void kept.set(workspace, { secret, installedAt: now() }),
    end: async (workspace, installedAt) => kept.get(workspace)?.installedAt.getTime() === installedAt.getTime() && kept.delete(workspace),
  };
}
