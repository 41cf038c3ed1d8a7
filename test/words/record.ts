// Holds what was said against the guide, the platforms' contracts and a file that people read.
import { expect } from 'vitest';
import type { Payload } from '../../src/core/platform.ts';
import { discordProblems } from '../support/discord-contract.ts';
import { slackProblems } from '../support/slack-contract.ts';
import { problemsOf, problemsOfLines, problemsOfPictures } from './guide.ts';
import type { Told } from './stage.ts';
import { readOn } from './written.ts';

/** What anybody would have against these answers. */
export function problemsIn(told: Told[]): string[] {
  const found = told.flatMap(({ platform, answer, payloads }) => [
    ...problemsOf(answer.doc),
    ...problemsOfLines(readOn(platform, payloads)),
    ...payloads.flatMap(problemsOfPictures),
    ...payloads.flatMap((payload) => contractProblems(platform.name, payload)),
  ]);
  return [...new Set(found)];
}

export function contractProblems(platform: string, payload: Payload): string[] {
  return platform === 'discord' ? discordProblems('followup', payload) : platform === 'slack' ? slackProblems(payload) : [];
}

export async function keep(name: string, paragraphs: string[]): Promise<void> {
  const file = `snapshots/${name}.txt`;
  await expect(`${paragraphs.join('\n\n').trimEnd()}\n`).toMatchFileSnapshot(file);
}
