import { stringify } from 'yaml';
import * as commands from '../../commands/index.ts';
import { UserError } from '../../core/errors.ts';
import { slackManifest } from '../../platforms/slack/index.ts';
import type { Cli } from '../cli.ts';

/** The Slack app manifest, made from the command list: YAML to paste, or JSON. */
export async function manifest(cli: Cli, platform: string, options: { url?: string }): Promise<void> {
  if (platform !== 'slack') throw new UserError(`There is a manifest for slack only, not for ${platform}.`);
  const made = slackManifest(Object.values(commands), options);
  cli.say(made, manifestYaml(made));
}

export function manifestYaml(made: object): string {
  return stringify(made, { lineWidth: 0 }).trimEnd();
}
