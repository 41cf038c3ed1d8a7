// What the playground has beside the channel's roundup: the Home, links, layouts, the forum, files.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { atRest, discord, isThere, LAUNDRY, newest, PATIENCE_MS, problems, say, slack, SOON, useBrowser } from './stage.ts';

describe.runIf(isThere)('around the channel in a browser', { timeout: 4 * PATIENCE_MS }, () => {
  const { open } = useBrowser();

  test('Slack’s Home shows the channel’s roundup, and what is pressed there happens', async () => {
    const page = await open('?to=slack');
    await slack(page).getByRole('button', { name: 'Paperround', exact: true }).click();
    const home = slack(page).getByLabel('Paperround’s Home on Slack');
    await home.getByText('#papers').first().waitFor();
    expect(await problems(page)).toEqual([]);
    await home.getByRole('button', { name: /^Pause/ }).click();
    await home.getByRole('button', { name: /^Resume/ }).waitFor();
    await home.getByRole('button', { name: /^Preview/ }).click();
    const preview = page.getByRole('dialog', { name: '#papers' });
    // All that trends was posted this morning.
    await preview.locator('.blocks', { hasText: 'There is nothing new for this channel right now.' }).waitFor();
    await preview.getByRole('button', { name: 'Close' }).click();
    await preview.waitFor({ state: 'detached' });
    await home.getByRole('button', { name: /^Change/ }).click();
    const change = page.getByRole('dialog', { name: 'Change the roundup' });
    await change.waitFor();
    await page.keyboard.press('Escape');
    await change.waitFor({ state: 'detached' });
    await home.getByRole('button', { name: /^Resume/ }).click();
    await home.getByRole('button', { name: /^Pause/ }).waitFor();
    await slack(page).getByRole('link', { name: '# papers' }).click();
    // The channel was told of both.
    for (const words of [/paused/, /goes on|resumed/]) await slack(page).getByLabel('Messages on Slack').getByText(words).first().waitFor();
  });

  test('a link to a paper gets a preview on Slack, and is looked up on Discord', async () => {
    const page = await open();
    await say(page, `Has anybody read https://arxiv.org/abs/${LAUNDRY}?`);
    const preview = newest(page, 'slack').locator('.preview');
    await preview.getByText('Robots that fold laundry').waitFor();
    await preview.getByRole('button', { name: /^Save/ }).click();
    await expect.poll(() => newest(page, 'slack').innerText(), SOON).toContain('Saved');
    await discord(page).getByRole('button', { name: 'Look up paper' }).click();
    await expect.poll(() => newest(page, 'discord').innerText(), SOON).toContain('Robots that fold laundry');
    await discord(page).getByText('used Look up paper').waitFor();
    expect(await problems(page)).toEqual([]);
  });

  test('several papers of a message share a list, and the chosen one is shown alone with its buttons', async () => {
    const page = await open('?to=discord');
    await discord(page).getByRole('link', { name: /Message/ }).first().click();
    await page.getByLabel('Replies on Discord').getByRole('combobox').first().selectOption({ index: 1 });
    const card = page.getByLabel('Replies on Discord').locator('.message', { hasText: '90 upvotes' });
    await card.getByText('Robots that fold laundry').first().waitFor();
    await page.getByLabel('Replies on Discord').getByText('Only you can see this').waitFor();
    await card.getByRole('button', { name: 'Save' }).click();
    await page.getByLabel('Replies on Discord').getByText('Saved').first().waitFor();

    const other = await open('?as=member');
    await discord(other).getByRole('link', { name: /^\d+ Message/ }).first().click();
    await other.getByLabel('Replies on Discord').getByText('What paper number').first().waitFor();
    expect(await other.getByText('Only you can see this').count()).toBe(0);
  });

  test('a post of the forum is opened, and is a place to talk in', async () => {
    const page = await open('?to=discord');
    await discord(page).getByRole('link', { name: 'reading-room' }).click();
    const posts = page.getByLabel('Posts of the forum on Discord');
    await posts.getByRole('link', { name: /Robots that fold laundry/ }).click();
    const post = page.getByLabel('Replies on Discord');
    await post.getByText('Robots that fold laundry').first().waitFor();
    expect(await problems(page)).toEqual([]);
    await say(page, '/roundup list');
    await post.getByText('Ana used /roundup list').waitFor();
    await post.getByText('everything that trends').first().waitFor();
    await say(page, `See also https://arxiv.org/abs/${LAUNDRY}`);
    await post.getByRole('button', { name: 'Look up paper' }).click();
    await post.getByText('Ana used Look up paper').waitFor();
  });

  test('one message a paper', async () => {
    const page = await open();
    await say(page, '/roundup layout each');
    await page.getByRole('button', { name: 'Next morning' }).click();
    await atRest(page);
    for (const side of ['slack', 'discord'] as const) {
      const [said] = await newest(page, side).locator('form').allInnerTexts();
      expect(said).toMatch(/Robots that wait for Monday[^]*What paper number[^]*Save/);
    }
  });

  test('a file to take away', async () => {
    const page = await open();
    await say(page, `/paper save ${LAUNDRY}`);
    await say(page, '/paper export bibtex');
    for (const window of [slack(page), discord(page)]) {
      const [download] = await Promise.all([page.waitForEvent('download'), window.getByRole('link', { name: /^Download .*\.bib/ }).click()]);
      expect(download.suggestedFilename()).toBe('saved-papers.bib');
      // The file, and nothing of how it was sent.
      expect(readFileSync(await download.path(), 'utf8')).toMatch(/^@misc\{[^]*Robots that fold laundry[^]*\}\s*$/);
    }
  });
});
