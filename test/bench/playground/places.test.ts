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
    const preview = page.getByRole('dialog');
    await preview.getByText('Robots that fold laundry').first().waitFor();
    await preview.getByRole('button', { name: 'Close' }).click();
    await preview.waitFor({ state: 'detached' });
    await home.getByRole('button', { name: /^Change/ }).click();
    await page.getByRole('dialog', { name: 'Change the roundup' }).waitFor();
    await page.keyboard.press('Escape');
    await home.getByRole('button', { name: /^Resume/ }).click();
    await home.getByRole('button', { name: /^Pause/ }).waitFor();
    await slack(page).getByRole('link', { name: '# papers' }).click();
    await slack(page).getByText('paused').first().waitFor();
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
    await expect.poll(() => newest(page, 'discord').innerText(), SOON).toContain('Robots that fold laundry');
    await newest(page, 'discord').getByRole('button', { name: 'Save' }).waitFor();
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
  });

  test('one message a paper, and a file to take away', async () => {
    const page = await open();
    await say(page, '/roundup layout each');
    await page.getByRole('button', { name: 'Next morning' }).click();
    await atRest(page);
    for (const window of [slack(page), discord(page)]) await window.getByText('Robots that wait for Monday').first().waitFor();

    await say(page, `/paper save ${LAUNDRY}`);
    await say(page, '/paper export bibtex');
    for (const window of [slack(page), discord(page)]) {
      const download = page.waitForEvent('download');
      await window.getByRole('link', { name: /^Download .*\.bib/ }).last().click();
      expect(readFileSync(await (await download).path(), 'utf8')).toContain('Robots that fold laundry');
    }
  });
});
