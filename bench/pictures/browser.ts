// Chromium as a camera: a page goes in, a PNG of its window comes out.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Html } from '../../src/core/html.ts';

const EXECUTABLE = '/usr/bin/chromium';
/** The letters of the pictures. With others, the lines break elsewhere. */
const FONTS = ['Lato', 'Noto Sans', 'JetBrains Mono'];
const ADVICE = 'apt-get install chromium pngquant fonts-lato fonts-noto-core fonts-jetbrains-mono';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export interface Look {
  /** What is pictured, as a selector. */
  part?: string;
  /** Pixels across. */
  width?: number;
  /** As the reader's system has it. */
  scheme?: 'light' | 'dark';
}

export interface Camera {
  /** A PNG at two pixels for each of the page's, in few colours, which makes it a third as large. */
  take(page: Html, look?: Look): Promise<Buffer>;
  stop(): Promise<void>;
}

/** Opens a browser that reaches no network. Throws what to install when it or a font is missing. */
export async function openCamera(): Promise<Camera> {
  if (!existsSync(EXECUTABLE)) throw new Error(`There is no ${EXECUTABLE}. On Debian: ${ADVICE}`);
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 1_200, height: 900 }, offline: true });
  const missing = await page.evaluate<string[]>(MISSING_FONTS);
  if (missing.length) {
    await browser.close();
    throw new Error(`These fonts are missing: ${missing.join(', ')}. On Debian: ${ADVICE}`);
  }
  return {
    take: async ({ html }, { part = '.window', width = 1_200, scheme = 'light' } = {}) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 900 });
      await page.setContent(html);
      // A page that draws itself says when it is done.
      await page.evaluate('window.drawn');
      return inFewColours(await page.locator(part).first().screenshot({ omitBackground: true, animations: 'disabled' }));
    },
    stop: () => browser.close(),
  };
}

function inFewColours(png: Buffer): Buffer {
  const { error, status, stdout, stderr } = spawnSync('pngquant', ['--speed', '1', '--strip', '--nofs', '64', '-'], { input: png, maxBuffer: 1e8 });
  if (error) throw new Error(`pngquant can't be run (${error.message}). On Debian: ${ADVICE}`);
  if (status !== 0) throw new Error(`pngquant failed: ${String(stderr)}`);
  return stdout;
}

// A font that is there makes letters of another width than both of the browser's own.
const MISSING_FONTS = `(() => {
  const pen = document.createElement('canvas').getContext('2d');
  const width = (font) => { pen.font = '40px ' + font; return pen.measureText('Paperround wiM01').width; };
  const there = (font) => ['serif', 'monospace'].some((other) => width('"' + font + '", ' + other) !== width(other));
  return ${JSON.stringify(FONTS)}.filter((font) => !there(font));
})()`;
