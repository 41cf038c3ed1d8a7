// The web edition in a browser: read by everybody, by keyboard, on a phone, in light and dark (WCAG 2.2 AA, checked by axe).
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADVICE, isThere, openChromium } from '../../bench/playground/chromium.ts';
import { confirmPath } from '../../src/core/email-door.ts';
import { openTestDb, type TestDb } from '../support/db.ts';
import { haveLibrary, openReader, paperDoor, type Reader } from '../support/edition.ts';
import { havePapers } from '../support/factories.ts';

if (!isThere) console.warn(`NOT RUN, for want of a Chromium: the web edition in a browser. ${ADVICE}`);

const LONG = 'Supercalifragilisticexpialidocious'.repeat(5);
const PAGES = ['/', '/papers/date/2026-07-27', '/papers/2607.10001', '/search', '/search?q=attention', '/search?q=sort:colour', '/topics', '/topics/attention', '/subscribe', confirmPath('good'), '/nowhere'];

describe.skipIf(!isThere)('in a browser', () => {
  let opened: TestDb;
  let reader: Reader;
  let browser: Browser;

  beforeAll(async () => {
    opened = await openTestDb();
    await haveLibrary(opened.db);
    await havePapers(opened.db, [{ arxivId: '2607.10009', title: `On ${LONG}`, abstract: `${LONG} ${LONG}`, authors: [LONG], organization: LONG, upvotes: 1 }]);
    reader = await openReader(opened.db, { email: paperDoor() });
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await reader?.stop();
    await opened?.close();
  });

  /** A page, in which nothing is asked of anybody else and nothing is complained of. */
  async function open(path: string, look: { colorScheme?: 'light' | 'dark'; width?: number } = {}): Promise<{ page: Page; problems: string[] }> {
    const { colorScheme = 'light', width = 390 } = look;
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
    const problems: string[] = [];
    page.on('request', (request) => void (request.url().startsWith(reader.url) || problems.push(`asks ${request.url()}`)));
    page.on('console', (message) => void (message.type() === 'error' && !/status of 40\d/.test(message.text()) && problems.push(message.text())));
    await page.goto(`${reader.url}${path}`);
    return { page, problems };
  }

  test.each(PAGES.flatMap((path) => (['light', 'dark'] as const).flatMap((colorScheme) => [390, 1_200].map((width) => ({ path, colorScheme, width })))))('$path can be read by everybody, $colorScheme, $width wide', async ({ path, colorScheme, width }) => {
    const { page, problems } = await open(path, { colorScheme, width });
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>("axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })");
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join('\n')}`)).toEqual([]);
    expect(problems).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.close();
  });

  test('the first key leads past the header, and the keyboard reaches everything in the order it is read', async () => {
    const { page } = await open('/', { width: 1_200 });
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the papers');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.closest('main') !== null")).toBe(true);
    const order = await page.evaluate<string[]>("[...document.querySelectorAll('a[href],button,input,select,summary')].filter((one) => one.type !== 'hidden' && one.tabIndex > 0).map((one) => one.outerHTML)");
    expect(order).toEqual([]);
    await page.close();
  });

  test('on paper it is dark on white, also of a dark screen', async () => {
    const { page } = await open('/papers/2607.10001', { colorScheme: 'dark' });
    const colours = () => page.evaluate<string[]>("['html', '.facts', 'main a'].map((one) => getComputedStyle(document.querySelector(one)).color)");
    const onScreen = await colours();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const brightness = (await colours()).map((colour) => Math.max(...colour.match(/\d+/g)!.slice(0, 3).map(Number)));
    expect(onScreen.every((colour) => Math.max(...colour.match(/\d+/g)!.slice(0, 3).map(Number)) > 150)).toBe(true);
    expect(brightness.every((most) => most < 120)).toBe(true);
    await page.close();
  });

  test('somebody searches, opens a paper, and comes back to a paper like it', async () => {
    const { page } = await open('/');
    await page.getByRole('searchbox', { name: 'Search papers' }).fill('sparse attention');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Sparse attention for long documents', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Sparse attention for long documents' }).waitFor();
    await page.getByRole('link', { name: 'Attention heads that listen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Attention heads that listen' }).waitFor();
    await page.close();
  });

  test('somebody subscribes from the banner, with a topic and an hour', async () => {
    const door = paperDoor();
    const own = await openReader(opened.db, { email: door });
    const page = await browser.newPage();
    await page.goto(own.url);
    await page.getByRole('textbox', { name: 'Your email address' }).fill('ada@lab.org');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByRole('checkbox', { name: 'Robotics' }).check();
    await page.getByRole('combobox', { name: 'At' }).selectOption('07:00');
    await page.getByRole('combobox', { name: 'Time zone' }).selectOption('Europe/Berlin');
    await page.getByRole('button', { name: 'Send the confirmation' }).click();
    await page.getByRole('heading', { name: 'Look into your inbox' }).waitFor();
    expect(door.asked).toEqual([{ email: 'ada@lab.org', topics: ['robotics'], timeZone: 'Europe/Berlin', time: '07:00', from: '127.0.0.1' }]);
    await page.close();
    await own.stop();
  });
});
