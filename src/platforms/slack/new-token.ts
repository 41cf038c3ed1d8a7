// A bot token that has changed since the last start.
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { PlatformIo } from '../../core/platform.ts';
import type { Bot } from './bot.ts';

/** Another token than before means that the app was installed anew: channels that were lost with the old one go on. */
export async function heedNewToken({ memory, workspaceChanged }: Pick<PlatformIo, 'memory' | 'workspaceChanged'>, { workspace, token }: Bot): Promise<void> {
  const key = `token of ${workspace}`;
  const print = createHash('sha256').update(token).digest('base64url').slice(0, 16);
  const before = await memory.get(key);
  if (before === print) return;
  // Whether a channel can be had again is asked through the adapter, which the bot knows only once it is connected.
  await setImmediate();
  if (before !== undefined) await workspaceChanged(workspace, { back: true });
  await memory.set(key, print);
}
