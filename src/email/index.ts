// E-mail as the rest of the bot has it: the door to addresses, where mail can be sent at all.
import type { Deps } from '../command.ts';
import type { ChatAdapter, Platform } from '../core/platform.ts';
import { openEmailDoor } from './door.ts';
import { mailer } from './mailer.ts';

export interface EmailParts {
  deps: Pick<Deps, 'db' | 'log' | 'now' | 'config'>;
  platform: Platform | undefined;
  adapters: Map<string, ChatAdapter>;
  /** Aborted when the bot stops: mails that wait are dropped then. */
  signal: AbortSignal;
}

/** Undefined where e-mail isn't set up. */
export function openEmail({ deps, platform, adapters, signal }: EmailParts): ReturnType<typeof openEmailDoor> | undefined {
  const { keys, platforms } = deps.config;
  const publicUrl = platform && platforms[platform.name]?.PUBLIC_URL;
  if (!platform || !publicUrl || !keys) return undefined;
  const sendSoon = mailer(() => adapters.get(platform.name), deps.log, signal);
  return openEmailDoor({ ...deps, keys, publicUrl, render: (doc) => platform.render(doc), sendSoon });
}
