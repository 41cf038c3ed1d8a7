// The playground as people use it, in Chromium: the real bot on both platforms, and everything that a page may do wrong.
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { atRest, discord, HOSTILE, isThere, newest, PATIENCE_MS, problems, say, slack, SOON, useBrowser } from './stage.ts';

describe.runIf(isThere)('in a browser', { timeout: 4 * PATIENCE_MS }, () => {
  const { open } = useBrowser();

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
    expect(await problems(page)).toEqual([]);
  });

  test('a press is the call behind the real button, and the payload shows what that was', async () => {
    const page = await open('?to=slack');
    await slack(page).getByRole('link', { name: /^\d+ repl/ }).click();
    await page.getByLabel('Replies on Slack').getByRole('button', { name: /^Save.*Robots that fold laundry/ }).click();
    await expect.poll(() => newest(page, 'slack').innerText(), SOON).toContain('Saved');
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

  test('suggestions come while somebody types, and go by the keyboard', async () => {
    const page = await open();
    const box = page.getByLabel('Say');
    await begin(page, '/pap', /^\/paper/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await box.inputValue()).toBe('/paper ');
    await begin(page, 'laun', 'Robots that fold laundry');
    await page.keyboard.press('Escape');
    expect(await offered(page).count()).toBe(0);
    expect(await box.inputValue()).toBe('/paper laun');
  });

  test('whoever has begun to choose goes on in what they see, whatever comes late', async () => {
    const page = await open();
    const box = page.getByLabel('Say');
    await begin(page, '/ro', /^\/roundup/);
    await page.route('**/suggest?*', async (route) => {
      await page.keyboard.press('ArrowDown');
      await route.continue();
    });
    const late = page.waitForResponse(/suggest/).then((response) => response.finished());
    await box.pressSequentially('u');
    await late;
    await page.keyboard.press('Enter');
    await expect.poll(() => box.inputValue(), SOON).toBe('/roundup ');
  });

  test('what is typed while an answer is awaited is said after it', async () => {
    const page = await open('?to=slack');
    await page.keyboard.type('/paper laundry\n/paper iron\n');
    await page.getByText('Only visible to you').nth(1).waitFor();
    await atRest(page);
    expect(await newest(page, 'slack').innerText()).toContain('Robots that iron');
    expect(await page.getByLabel('Say').inputValue()).toBe('');
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
    expect(await page.getByText('Robots that wait for Monday').count()).toBe(0);
    await page.getByRole('button', { name: 'Next morning' }).click();
    await expect.poll(() => page.locator('.clock').innerText(), SOON).toContain('Monday, 27 July 2026');
    await discord(page).getByText('Robots that wait for Monday').first().waitFor();
  });

  test('without a script it works all the same', async () => {
    const page = await open('?to=discord', { javaScriptEnabled: false });
    await page.getByLabel('Say').fill('/paper iron');
    await page.keyboard.press('Enter');
    await discord(page).getByText('Ana used /paper iron').waitFor();
  });

  test('a command that there is not is told, and sent nowhere', async () => {
    const page = await open();
    await say(page, '/hello');
    await page.getByText('Paperround’s commands are /paper and /roundup.').waitFor();
  });

  test('at a glance there are the roundup, an answer and a form, on both side by side', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'At a glance' }).click();
    await page.getByRole('region', { name: 'Slack: A form' }).waitFor();
    expect(await page.evaluate('document.querySelector("#windows").scrollTop')).toBe(0);
    for (const name of ['Slack', 'Discord']) {
      await page.getByRole('region', { name: `${name}: Today’s roundup` }).getByText('1. Robots that fold laundry').first().waitFor();
      await page.getByRole('region', { name: `${name}: An answer` }).getByText('attention').first().waitFor();
      await page.getByRole('region', { name: `${name}: A form` }).getByText('Subscribe this channel').first().waitFor();
    }
    expect(await problems(page)).toEqual([]);
    await page.getByRole('link', { name: 'The channels' }).click();
    await slack(page).getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('what was said is taken off the screen', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.locator('.message').first().waitFor({ state: 'detached' });
    expect(await page.locator('.message').count()).toBe(0);
  });
});

/** Types on in the command box, and waits until this is suggested. */
async function begin(page: Page, typed: string, suggestion: string | RegExp): Promise<void> {
  await page.getByLabel('Say').pressSequentially(typed);
  await offered(page).filter({ hasText: suggestion }).waitFor();
}

function offered(page: Page): Locator {
  return page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
}
