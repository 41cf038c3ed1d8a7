// The playground as people use it, in Chromium: the real bot on both platforms, and everything that a page may do wrong.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ADVICE, isThere, openChromium } from '../../playground/chromium.ts';
import { openPlayground, type Playground } from '../../playground/open.ts';
import type { Db } from '../../src/db/connect.ts';
import { havePapers } from '../support/factories.ts';

if (!isThere) console.warn(`NOT RUN, for want of a Chromium: the playground in a browser. ${ADVICE}`);

/** Each would run a script if it were taken for HTML. */
const HOSTILE = [`<img src=x onerror="window.harmed = 1">`, `</details></form><script>window.harmed = 2</script>`, `" autofocus onfocus="window.harmed = 3`, `<!channel> @everyone <@U1> :tada: *a* [b](javascript:window.harmed=4)`];

/** A machine that is busy with other tests may take long; nothing is asserted of it. */
const PATIENCE_MS = 60_000;

async function fill(db: Db): Promise<void> {
  const listed = { listedOn: '2026-07-23', publishedOn: '2026-07-22', categories: ['cs.RO'] };
  const friday = [{ title: 'Robots that fold laundry', upvotes: 90 }, { title: 'Robots that iron', upvotes: 60 }, ...HOSTILE.map((title, at) => ({ title, abstract: title, upvotes: 50 - at }))];
  await havePapers(db, friday.map((paper) => ({ ...listed, ...paper })), new Date('2026-07-23T18:00:00Z'));
  await havePapers(db, [{ ...listed, listedOn: '2026-07-27', title: 'Robots that wait for Monday' }], new Date('2026-07-23T18:00:00Z'));
}

describe.runIf(isThere)('in a browser', { timeout: 4 * PATIENCE_MS }, () => {
  let browser: Browser;
  let playground: Playground;

  beforeAll(async () => {
    [browser, playground] = await Promise.all([openChromium(), openPlayground({ fill })]);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    // Throws what Slack or Discord would have minded.
    await playground?.stop();
  });

  /** The page of a person in a browser of their own; a request to elsewhere, or a complaint of the browser, fails the test. */
  async function open(query = '', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1_400, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const complaints: string[] = [];
    page.on('console', (message) => void (['error', 'warning'].includes(message.type()) && complaints.push(message.text())));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => void (request.url().startsWith(playground.url) || complaints.push(`a request to ${request.url()}`)));
    onTestFinished(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    await page.goto(`${playground.url}/${query}`);
    return page;
  }

  async function say(page: Page, line: string): Promise<void> {
    await page.getByLabel('Say').fill(line);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByLabel('Say').inputValue(), { timeout: PATIENCE_MS }).toBe('');
  }

  const slack = (page: Page) => page.getByRole('region', { name: 'Slack' });
  const discord = (page: Page) => page.getByRole('region', { name: 'Discord' });
  const newest = (page: Page, side: 'slack' | 'discord') => page.locator(`#${side} .channel .message`).last();

  test('it opens with today’s roundup on both, and the abstracts in its thread', async () => {
    const page = await open();
    for (const window of [slack(page), discord(page)]) {
      await window.getByText('Trending papers, 24 July 2026').first().waitFor();
      await window.getByText('1. Robots that fold laundry').first().waitFor();
    }
    await slack(page).getByRole('link', { name: /^\d+ repl/ }).click();
    await page.getByLabel('Replies on Slack').getByText('What paper number').first().waitFor();
    await discord(page).getByRole('link', { name: /^\d+ Message/ }).click();
    await page.getByLabel('Replies on Discord').getByText('What paper number').first().waitFor();
    await page.getByRole('link', { name: 'Close the thread on Slack' }).click();
    await page.getByLabel('Replies on Slack').waitFor({ state: 'detached' });
  });

  test('what is typed is answered as Slack and as Discord show it, to who asked alone', async () => {
    const page = await open();
    await say(page, '/paper laundry');
    expect(await newest(page, 'slack').innerText()).toContain('Robots that fold laundry');
    expect(await slack(page).getByText('Only visible to you').count()).toBe(1);
    expect(await newest(page, 'discord').innerText()).toContain('Robots that fold laundry');
    await discord(page).getByText('Ana used /paper laundry').waitFor();
    await discord(page).getByText('Only you can see this').waitFor();
    expect(await page.locator('#told').textContent()).toContain('Slack: ');

    const other = await open('?as=member');
    await slack(other).getByText('Trending papers').first().waitFor();
    expect(await other.getByText('Only visible to you').count()).toBe(0);
    expect(await other.getByText('Ana used').count()).toBe(0);
  });

  test.each(['light', 'dark'] as const)('in the %s look nobody is kept out', async (colorScheme) => {
    const page = await open('', { colorScheme });
    await say(page, '/paper robots');
    await newest(page, 'slack').getByText('Payload').click();
    expect(await problems(page)).toEqual([]);
    for (const [window, link] of [[slack(page), /repl/], [discord(page), /Message/]] as const) {
      await window.getByRole('link', { name: link }).first().click();
      await window.locator('.thread').waitFor();
    }
    await say(page, '/roundup subscribe');
    await page.getByRole('dialog').waitFor();
    expect(await problems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('a press is the call behind the real button, and the payload shows what that was', async () => {
    const page = await open('?to=slack');
    await slack(page).getByRole('link', { name: /^\d+ repl/ }).click();
    await page.getByLabel('Replies on Slack').getByRole('button', { name: /^Save.*Robots that fold laundry/ }).click();
    await expect.poll(() => newest(page, 'slack').innerText(), { timeout: PATIENCE_MS }).toContain('Saved');
    await say(page, '/paper saved');
    expect(await newest(page, 'slack').innerText()).toContain('Robots that fold laundry');
    await newest(page, 'slack').getByText('Payload').click();
    const payload = JSON.parse(await newest(page, 'slack').locator('.payload pre').innerText()) as { response_type: string; blocks: object[] };
    expect(payload).toMatchObject({ response_type: 'ephemeral' });
    expect(payload.blocks.length).toBeGreaterThan(0);
  });

  test('a person without the right is told so, on both', async () => {
    const page = await open('?as=guest');
    await say(page, '/roundup pause');
    for (const side of ['slack', 'discord'] as const) expect(await newest(page, side).innerText()).toContain('can change this channel’s roundup');
  });

  test('a form opens, suggests, says what is wrong with it, and is submitted', async () => {
    const page = await open('?to=slack');
    await say(page, '/roundup subscribe');
    const form = page.getByRole('dialog', { name: 'Subscribe this channel' });
    await form.waitFor();
    const topic = form.getByRole('combobox', { name: 'Topic' });
    expect(await page.evaluate('document.activeElement.name')).toBe('field:topic');

    await topic.fill('-survey');
    await form.getByRole('button', { name: 'Subscribe' }).click();
    await form.getByText('only says what to leave out').waitFor();

    await topic.fill('');
    await topic.pressSequentially('robo');
    await form.getByRole('option', { name: 'robotics' }).waitFor();
    await form.getByRole('option', { name: 'robotics' }).click();
    expect(await topic.inputValue()).toBe('robotics');
    await form.getByLabel('Time', { exact: true }).fill('10:30');
    await form.getByRole('button', { name: 'Subscribe' }).click();
    await form.waitFor({ state: 'detached' });
    await expect.poll(() => newest(page, 'slack').innerText(), { timeout: PATIENCE_MS }).toContain('robotics');
    expect(await newest(page, 'slack').innerText()).toContain('10:30');
  });

  test('suggestions come while somebody types, and go by the keyboard', async () => {
    const page = await open();
    const box = page.getByLabel('Say');
    await box.pressSequentially('/pap');
    const offered = page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
    await offered.filter({ hasText: /^\/paper/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await box.inputValue()).toBe('/paper ');
    await box.pressSequentially('laun');
    await offered.filter({ hasText: 'Robots that fold laundry' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await offered.count()).toBe(0);
    expect(await box.inputValue()).toBe('/paper laun');
  });

  test('titles that would be scripts are read as titles', async () => {
    const page = await open();
    await say(page, '/paper harmed');
    for (const window of [slack(page), discord(page)]) {
      for (const title of [HOSTILE[0]!, HOSTILE[1]!, HOSTILE[2]!]) await window.getByText(title).first().waitFor();
    }
    expect(await page.evaluate('window.harmed')).toBeUndefined();
    expect(await page.locator('#windows :is(img, script, [onerror], [onfocus], a[href^="javascript"])').count()).toBe(0);
  });

  test('the clock goes to the next morning, and its roundup comes', async () => {
    const page = await open();
    expect(await page.locator('.clock').innerText()).toContain('Friday, 24 July 2026');
    await page.getByRole('button', { name: 'Next morning' }).click();
    await expect.poll(() => page.locator('.clock').innerText(), { timeout: PATIENCE_MS }).toContain('Monday, 27 July 2026');
    await discord(page).getByText('Robots that wait for Monday').first().waitFor();
  });

  test('without a script it works all the same', async () => {
    const page = await open('?to=discord', { javaScriptEnabled: false });
    await page.getByLabel('Say').fill('/paper iron');
    await page.keyboard.press('Enter');
    await discord(page).getByText('Ana used /paper iron').waitFor();
  });

  test('a word that is no command is told, and sent nowhere', async () => {
    const page = await open();
    await say(page, 'hello');
    await page.getByText('Begin with /paper or /roundup.').waitFor();
  });

  // The last: the others look at what is there from the start.
  test('what was said is taken off the screen', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('.message').first().waitFor({ state: 'detached' });
    expect(await page.locator('.message').count()).toBe(0);
  });
});

/** What axe finds, by rule and element. */
async function problems(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate<string[]>('axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`)))');
}
