// What is filled in in the playground: the form on both platforms, by mouse and by keyboard alone.
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { atRest, discord, isThere, newest, PATIENCE_MS, problems, say, slack, SOON, useBrowser } from './stage.ts';

describe.runIf(isThere)('forms in a browser', { timeout: 4 * PATIENCE_MS }, () => {
  const { open } = useBrowser();

  test('Slack’s form suggests, tells what it would bring, says what is wrong with it, and is sent', async () => {
    const page = await open('?to=slack');
    await say(page, '/roundup subscribe');
    const form = page.getByRole('dialog', { name: 'Subscribe this channel' });
    await form.waitFor();
    const topic = form.getByRole('combobox', { name: 'Topic' });
    expect(await page.evaluate('document.activeElement.name')).toBe('field:topic');
    // A hint and the forecast are the payload's.
    await form.locator('.hint', { hasText: 'cat:cs.CL' }).waitFor();

    await topic.fill('-survey');
    await form.getByRole('button', { name: 'Subscribe' }).click();
    await form.locator('.problem', { hasText: 'only says what to leave out' }).waitFor();
    expect(await topic.getAttribute('aria-invalid')).toBe('true');

    await topic.fill('');
    await topic.pressSequentially('robo');
    await form.getByRole('option', { name: 'robotics', exact: true }).click();
    await form.locator('.context', { hasText: '“robotics” would have brought' }).waitFor();
    expect(await topic.inputValue()).toBe('robotics');
    await form.getByLabel('Time', { exact: true }).fill('10:30');
    await form.getByRole('checkbox', { name: 'Mondays' }).uncheck();
    await form.locator('.context', { hasText: 'at 10:30' }).waitFor();
    await form.getByRole('combobox', { name: 'Time zone' }).fill('middle earth');
    await form.getByRole('button', { name: 'Subscribe' }).click();
    await page.getByText('Slack offers no “middle earth” there').waitFor();
    await form.getByRole('combobox', { name: 'Time zone' }).fill('Europe/Berlin');
    await form.getByRole('button', { name: 'Subscribe' }).click();
    await form.waitFor({ state: 'detached' });
    await expect.poll(() => newest(page, 'slack').innerText(), SOON).toMatch(/robotics: Tuesdays.*at 10:30/);
  });

  test('Discord’s form is chosen in, typed into, and sent, so that the channel is subscribed', async () => {
    const page = await open('?to=discord');
    await say(page, '/roundup subscribe');
    const form = newest(page, 'discord');
    await form.locator('.content', { hasText: 'Nothing changes before you press Subscribe.' }).waitFor();
    await discord(page).getByText('Only you can see this').waitFor();
    await choose(page, form.getByRole('combobox', { name: 'Papers at the most' }), '5');
    await form.locator('.content', { hasText: 'at most 5 papers' }).waitFor();
    await form.locator('summary', { hasText: 'Mondays' }).click();
    await form.getByRole('checkbox', { name: 'Fridays' }).uncheck();
    await form.getByRole('button', { name: 'Done' }).click();
    await form.locator('.content', { hasText: 'Mondays, Tuesdays, Wednesdays, Thursdays at' }).waitFor();

    await form.getByRole('button', { name: 'Other words…' }).click();
    const modal = page.getByRole('dialog', { name: 'Subscribe this channel' });
    await modal.getByLabel('Topic').fill('-survey');
    await modal.getByRole('button', { name: 'Submit' }).click();
    await modal.waitFor({ state: 'detached' });
    await form.locator('.content', { hasText: 'Change this:' }).waitFor();
    await form.getByRole('button', { name: 'Other words…' }).click();
    expect(await modal.getByLabel('Topic').inputValue()).toBe('-survey');
    await modal.getByLabel('Topic').fill('laundry');
    await page.keyboard.press('Enter');
    await form.locator('.content', { hasText: '“laundry” would have brought' }).waitFor();

    await form.getByRole('button', { name: 'Subscribe' }).click();
    await discord(page).locator('.content', { hasText: 'Nothing changes before' }).waitFor({ state: 'detached' });
    expect(await newest(page, 'discord').innerText()).toMatch(/laundry: Mondays, Tuesdays, Wednesdays, Thursdays.*at most 5 papers/);
    const other = await open('?as=member');
    await discord(other).getByText('at most 5 papers').first().waitFor();
  });

  test('by the keyboard alone a channel is subscribed on both', async () => {
    const page = await open('?to=slack');
    await page.keyboard.type('/roundup subscribe');
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog');
    await form.waitFor();
    await page.keyboard.type('iro');
    await form.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await form.locator('.context', { hasText: '“iro' }).waitFor();
    await tabTo(page, 'Subscribe');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await expect.poll(() => newest(page, 'slack').innerText(), SOON).toContain('iro');
    expect(await page.evaluate('document.activeElement.id')).toBe('line');

    await page.goto(page.url().replace('to=slack', 'to=discord'));
    await page.keyboard.type('/roundup subscribe');
    await page.keyboard.press('Enter');
    await newest(page, 'discord').locator('.content', { hasText: 'Nothing changes before' }).waitFor();
    await tabTo(page, 'Other words…');
    await page.keyboard.press('Enter');
    await form.waitFor();
    // It opens with what is chosen; the topic comes first.
    await page.keyboard.type('iron');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await newest(page, 'discord').locator('.content', { hasText: '“iron” would have brought' }).waitFor();
    await tabTo(page, 'Subscribe');
    await page.keyboard.press('Enter');
    await discord(page).locator('.content', { hasText: 'Nothing changes before' }).waitFor({ state: 'detached' });
    expect(await newest(page, 'discord').innerText()).toContain('iron');
  });

  test.each(['light', 'dark'] as const)('in the %s look nobody is kept out of a form', async (colorScheme) => {
    const page = await open('', { colorScheme });
    await say(page, '/roundup subscribe');
    await slack(page).getByRole('dialog').waitFor();
    expect(await problems(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await newest(page, 'discord').locator('summary', { hasText: 'Mondays' }).click();
    expect(await problems(page)).toEqual([]);
    await newest(page, 'discord').getByRole('button', { name: 'Other words…' }).click();
    await discord(page).getByRole('dialog').waitFor();
    expect(await problems(page)).toEqual([]);
    await discord(page).getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });
});

async function choose(page: Page, select: Locator, label: string): Promise<void> {
  await select.selectOption({ label });
  await atRest(page);
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 200; steps++) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate('document.activeElement.tagName === "BUTTON" && document.activeElement.textContent.trim()')) === name) return;
  }
  throw new Error(`Tab never comes to “${name}”`);
}
