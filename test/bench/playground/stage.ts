// The playground in Chromium, as the tests of this folder use it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { ADVICE, isThere, openChromium } from '../../../bench/playground/chromium.ts';
import { openPlayground, type Playground } from '../../../bench/playground/open.ts';
import type { SideName } from '../../../bench/playground/side.ts';
import type { Db } from '../../../src/db/connect.ts';
import { havePapers } from '../../support/factories.ts';

if (!isThere) console.warn(`NOT RUN, for want of a Chromium: the playground in a browser. ${ADVICE}`);

export { isThere } from '../../../bench/playground/chromium.ts';

/** Each would run a script if it were taken for HTML. */
export const HOSTILE = [`<img src=x onerror="window.harmed = 1">`, `</details></form><script>window.harmed = 2</script>`, `" autofocus onfocus="window.harmed = 3`, `<!channel> @everyone <@U1> :tada: *a* [b](javascript:window.harmed=4)`];

/** A machine that is busy with other tests may take long; nothing is asserted of it. */
export const PATIENCE_MS = 30_000;
export const SOON = { timeout: PATIENCE_MS };

/** The paper that all of these tests begin with. */
export const LAUNDRY = '2607.00042';

async function fill(db: Db): Promise<void> {
  const listed = { listedOn: '2026-07-23', publishedOn: '2026-07-22', categories: ['cs.RO'] };
  const friday = [{ arxivId: LAUNDRY, title: 'Robots that fold laundry', upvotes: 90 }, { title: 'Robots that iron', upvotes: 60 }, ...HOSTILE.map((title, at) => ({ title, abstract: title, upvotes: 50 - at }))];
  await havePapers(db, friday.map((paper) => ({ ...listed, ...paper })), new Date('2026-07-23T18:00:00Z'));
  await havePapers(db, [{ ...listed, listedOn: '2026-07-27', title: 'Robots that wait for Monday' }], new Date('2026-07-27T06:00:00Z'));
}

/** A browser for the tests of a file, and a playground of its own for each of them. `open`: a page of a person in a browser of their own, where a request to elsewhere, or a complaint of the browser, fails the test. */
export function useBrowser(): { open: (query?: string, options?: BrowserContextOptions) => Promise<Page> } {
  let browser: Browser;
  let playground: Playground | undefined;

  beforeAll(async () => {
    browser = await openChromium();
  }, 180_000);
  afterAll(async () => browser?.close());

  async function inPlayground(): Promise<Playground> {
    if (playground) return playground;
    const opened = (playground = await openPlayground({ fill }));
    onTestFinished(async () => {
      playground = undefined;
      // Throws what Slack or Discord would have minded.
      await opened.stop();
    });
    return opened;
  }

  return {
    async open(query = '', options = {}) {
      const { url } = await inPlayground();
      const context = await browser.newContext({ viewport: { width: 1_400, height: 900 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS);
      const complaints: string[] = [];
      page.on('console', (message) => void (['error', 'warning'].includes(message.type()) && complaints.push(message.text())));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => void (request.url().startsWith(url) || complaints.push(`a request to ${request.url()}`)));
      onTestFinished(async () => {
        await context.close();
        expect(complaints).toEqual([]);
      });
      await page.goto(`${url}/${query}`);
      return page;
    },
  };
}

/** Types into the command box, and waits for what comes of it. */
export async function say(page: Page, line: string): Promise<void> {
  await page.getByLabel('Say').fill(line);
  await page.keyboard.press('Enter');
  await atRest(page);
  expect(await page.getByLabel('Say').inputValue()).toBe('');
}

/** Once the page has drawn what was done last. */
export async function atRest(page: Page): Promise<void> {
  await page.locator('body:not([aria-busy=true])').waitFor();
}

export function slack(page: Page): Locator {
  return page.getByRole('region', { name: 'Slack' });
}

export function discord(page: Page): Locator {
  return page.getByRole('region', { name: 'Discord' });
}

export function newest(page: Page, side: SideName): Locator {
  return page.locator(`#${side} .channel .message`).last();
}

/** What axe finds, by rule and element, in a page that stands still: colours on their way are nobody's. */
export async function problems(page: Page): Promise<string[]> {
  await atRest(page);
  await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished))');
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate<string[]>('axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`)))');
}
