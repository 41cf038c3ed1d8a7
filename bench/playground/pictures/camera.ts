// Chromium as a camera: what it shows becomes a PNG in few colours.
import { spawnSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { ADVICE, openChromium } from '../chromium.ts';

/** A picture may take long: a busy machine draws it as well. */
const PATIENCE_MS = 180_000;
/** The letters of the pictures. With others, the lines break elsewhere. */
const FONTS = ['Lato', 'Noto Sans', 'JetBrains Mono'];

export interface Camera {
  /** At two pixels for each of the page's. It reaches this machine and nothing else. */
  page: Page;
  /** A PNG of one element, with this style on the page meanwhile; few colours make it a third as large. */
  take(selector: string, style?: string): Promise<Buffer>;
  stop(): Promise<void>;
}

/** Throws what to install when the browser or a font is missing. */
export async function openCamera(): Promise<Camera> {
  const browser = await openChromium();
  // The style of a picture is none of the page's own.
  const page = await browser.newPage({ deviceScaleFactor: 2, bypassCSP: true });
  page.setDefaultTimeout(PATIENCE_MS);
  await page.route(/^(?!http:\/\/127\.0\.0\.1:)/, (route) => route.abort());
  const missing = await page.evaluate<string[]>(MISSING_FONTS);
  if (missing.length) {
    await browser.close();
    throw new Error(`These fonts are missing: ${missing.join(', ')}. ${ADVICE}`);
  }
  return {
    page,
    take: async (selector, style) => inFewColours(await page.locator(selector).screenshot({ omitBackground: true, animations: 'disabled', caret: 'hide', ...(style ? { style } : {}) })),
    stop: () => browser.close(),
  };
}

function inFewColours(png: Buffer): Buffer {
  const { error, status, stdout, stderr } = spawnSync('pngquant', ['--speed', '1', '--strip', '--nofs', '64', '-'], { input: png, maxBuffer: 1e8 });
  if (error) throw new Error(`pngquant can't be run (${error.message}). ${ADVICE}`);
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
