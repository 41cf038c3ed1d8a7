// Debian's Chromium, for the pictures and the tests of the web edition.
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const isThere = existsSync(EXECUTABLE);
export const ADVICE = 'On Debian: apt-get install chromium pngquant fonts-lato fonts-noto-core fonts-jetbrains-mono';

/** Throws what to install when it is missing. */
export async function openChromium(): Promise<Browser> {
  if (!isThere) throw new Error(`There is no ${EXECUTABLE}. ${ADVICE}`);
  return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
}
