// The README's pictures, taken of the playground, and of a terminal: `npm run pictures`.
import { mkdir, writeFile } from 'node:fs/promises';
import { MORNING, openPlayground } from '../open.ts';
import type { SideName } from '../side.ts';
import { openCamera } from './camera.ts';
import { roundupInTerminal } from './roundup.ts';
import { terminalWindow } from './terminal.ts';

const TO = '.github/pictures';
const COLUMNS = 100;

/** The window and nothing around it. */
const BARE = 'body { background: transparent; padding: 0; min-height: 0; height: 100vh } .window { height: 100vh !important } .top, .box, #told, h2, .payload, .file, .download { display: none !important }';
/** One channel of a narrow window, whose places are folded away. */
const CHANNEL = `${BARE} .places { display: none !important }`;

type Theme = 'light' | 'dark';
const LOOKS = [['slack', 'light'], ['discord', 'dark']] as const;

// First of all, so that what is missing shows at once.
const camera = await openCamera();
const { page } = camera;
const playground = await openPlayground();
try {
  await mkdir(TO, { recursive: true });
  for (const [side, theme] of LOOKS) {
    await look(side, theme);
    await page.locator('.messages :is(.replies, .spur) a').first().click();
    await page.locator('.thread').waitFor();
    await keep(`${side}-roundup`, await window(1_100));
  }
  await page.setViewportSize({ width: 1_400, height: 900 });
  await page.goto(`${playground.url}/?theme=light`);
  await keep('playground', await camera.take('body'));
  for (const [side, theme] of LOOKS) {
    await look(side, theme);
    await act(() => page.locator('#clear').click());
    await say('/paper attention');
    await keep(`${side}-answer`, await window(760));
  }
  await look('slack', 'light');
  await act(() => page.locator('#clear').click());
  await say('/roundup subscribe');
  await page.locator('[role=dialog]').waitFor();
  await act(async () => {
    await page.locator('[name="field:topic"]').fill('diffusion');
    await page.keyboard.press('Tab');
  });
  await page.setViewportSize({ width: 760, height: 1_060 });
  await page.evaluate('document.activeElement.blur()');
  await keep('slack-form', await camera.take('.window', CHANNEL));
  await act(() => page.locator('[name=dismiss]').click());

  await look('discord', 'dark');
  await act(() => page.locator('#clear').click());
  await say('/roundup subscribe');
  await act(() => page.locator('select:has(option[value=robotics])').selectOption('robotics').then(() => undefined));
  await keep('discord-form', await window(760));

  await look('slack', 'light');
  await say(`/paper save ${savedId()}`);
  await act(() => page.locator('#slack-home').click());
  await page.setViewportSize({ width: 960, height: 440 });
  await keep('slack-home', await camera.take('.window', BARE));

  await look('slack', 'light');
  await act(() => page.locator('#clear').click());
  await say(`Has anybody read ${playground.play.example} yet?`);
  await keep('slack-link', await window(760));

  await page.setContent(terminalWindow(await roundupInTerminal(MORNING.toISOString().slice(0, 10), COLUMNS), COLUMNS).html);
  // It draws itself, and says when it is done.
  await page.evaluate('window.drawn');
  await keep('terminal', await camera.take('.window'));
} finally {
  await camera.stop();
  await playground.stop();
}

async function look(side: SideName, theme: Theme): Promise<void> {
  await page.setViewportSize({ width: 1_200, height: 900 });
  await page.goto(`${playground.url}/?alone=${side}&to=${side}&theme=${theme}`);
}

function savedId(): string {
  return /\d{4}\.\d{5}/.exec(playground.play.example ?? '')![0];
}

async function say(line: string): Promise<void> {
  await page.locator('#line').fill(line);
  await act(() => page.locator('.say .primary').click());
}

/** Does something that the page answers. Throws what went wrong, which is no picture. */
async function act(does: () => Promise<void>): Promise<void> {
  await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), does()]);
  await page.locator('body[aria-busy=false]').waitFor();
  const told = await page.locator('#told p:not(.heard)').allTextContents();
  if (told.length > 0) throw new Error(told.join('\n'));
}

/** The window, so tall that all of the channel shows; its thread goes on below the edge, as a longer one does. */
async function window(width: number): Promise<Buffer> {
  const style = await page.addStyleTag({ content: CHANNEL });
  await page.setViewportSize({ width, height: 400 });
  const height = await page.evaluate<number>('(() => { const list = document.querySelector(".channel .messages"); list.scrollTop = 0; return 400 - list.clientHeight + list.scrollHeight; })()');
  await page.setViewportSize({ width, height: Math.min(height, 2_000) });
  const picture = await camera.take('.window');
  await style.evaluate((element) => (element as unknown as { remove(): void }).remove());
  return picture;
}

async function keep(name: string, png: Buffer): Promise<void> {
  await writeFile(`${TO}/${name}.png`, png);
  console.log(`${TO}/${name}.png: ${Math.round(png.length / 1024)} KB`);
}
