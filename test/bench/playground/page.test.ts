import { readFileSync, readdirSync, statSync } from 'node:fs';
import { decodeHTML } from 'entities';
import { describe, expect, test } from 'vitest';
import { discordBody } from '../../../bench/playground/page/discord-message.ts';
import { readDiscord } from '../../../bench/playground/page/discord-payload.ts';
import type { Html } from '../../../src/core/html.ts';
import { readSlack } from '../../../bench/playground/page/slack-blocks.ts';
import { slackBody } from '../../../bench/playground/page/slack-message.ts';
import { terminalWindow } from '../../../bench/playground/pictures/terminal.ts';
import type { Doc } from '../../../src/core/doc.ts';
import { roundupDoc } from '../../../src/core/roundup.ts';
import { plain } from '../../../src/core/text.ts';
import { render as renderDiscord } from '../../../src/platforms/discord/render.ts';
import { render as renderSlack } from '../../../src/platforms/slack/render.ts';
import { aPaper } from '../../support/factories.ts';

const slack = (block: object) => ({ text: 'A post.', blocks: [block], unfurl_links: false, unfurl_media: false });
const discord = (more: object) => ({ allowed_mentions: { parse: [] }, ...more });

describe('the page hides nothing of a post', () => {
  test.each([
    ['block', slack({ type: 'image', image_url: 'https://x.org/a.png', alt_text: 'a' }), 'a block of the type "image" can\'t be drawn'],
    ['rich text element', slack({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'emoji', name: 'tada' }] }] }), 'a rich text element of the type "emoji" can\'t be drawn'],
    ['text', slack({ type: 'context', elements: [{ type: 'mrkdwn', text: '*a*', verbatim: true }] }), 'markup other than links can’t be drawn'],
    ['part of a block', slack({ type: 'header', text: { type: 'plain_text', text: 'a' }, image: 'b' }), '"image"'],
  ])('a Slack %s of an unknown kind is refused by its name', (_, payload, words) => {
    expect(() => readSlack(payload)).toThrow(words);
  });

  test.each([
    ['part', discord({ components: [{ type: 12, items: [] }] }), 'a part of a message of the type 12 can\'t be drawn'],
    ['component', discord({ components: [{ type: 1, components: [{ type: 9, custom_id: 'a' }] }] }), 'a component of the type 9 can\'t be drawn'],
    ['part of an embed', discord({ embeds: [{ title: 'a', image: { url: 'https://x.org/a.png' } }] }), '"image"'],
    ['part of a message', discord({ content: 'a', poll: {} }), '"poll"'],
  ])('a Discord %s of an unknown kind is refused by its name', (_, payload, words) => {
    expect(() => readDiscord(payload)).toThrow(words);
  });
});

describe('the page shows what stands in the payload', () => {
  test('Discord reads back every hostile title and abstract as it was written', () => {
    for (const { title, abstract } of edgeCases()) {
      const shown = wordsOf(...discordPayloads(docOf(title, abstract)).map((payload) => discordBody(readDiscord(payload), 'a')));
      expect(shown).toContain(squeezed(`1. ${plain(title)}`));
      expect(shown).toContain(squeezed(plain(abstract)).slice(0, 600));
    }
  });

  test('Slack shows every hostile title and abstract as it was written', () => {
    for (const { title, abstract } of edgeCases()) {
      const shown = wordsOf(...slackPayloads(docOf(title, abstract)).map((payload) => slackBody(readSlack(payload))));
      expect(shown).toContain(squeezed(`1. ${plain(title)}`));
      expect(shown).toContain(squeezed(plain(abstract)).slice(0, 600));
    }
  });

  test('text can’t end the script that writes it to the terminal', () => {
    const { html } = terminalWindow('1. On </script><b>tags</b>', 40);
    expect(html).toContain('On \\u003c/script>\\u003cb>tags');
  });
});

test('the pictures are light enough for a page', () => {
  const names = readdirSync('.github/pictures');
  expect(names.sort()).toEqual(['discord-answer.png', 'discord-form.png', 'discord-roundup.png', 'mail-dark.png', 'mail-light.png', 'playground.png', 'slack-answer.png', 'slack-form.png', 'slack-home.png', 'slack-link.png', 'slack-roundup.png', 'terminal.png', 'web-desktop.png', 'web-paper-dark.png', 'web-phone.png']);
  for (const name of names) expect(statSync(`.github/pictures/${name}`).size, name).toBeLessThanOrEqual(300 * 1024);
});

function docOf(title: string, abstract: string): Doc {
  return roundupDoc({ on: '2026-07-24', items: [{ paper: aPaper({ title, abstract }), why: ['84 upvotes'] }], topics: [], notes: [], layout: 'compact', threads: true });
}

function slackPayloads(doc: Doc): object[] {
  return [doc, ...(doc.replies ?? [])].flatMap(renderSlack);
}

function discordPayloads(doc: Doc): object[] {
  return [doc, ...(doc.replies ?? [])].flatMap(renderDiscord);
}

// Texts that are cut to a limit are the business of the platforms' own tests.
function edgeCases(): { title: string; abstract: string }[] {
  const lines = readFileSync('test/fixtures/edge-cases.jsonl', 'utf8').trim().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as { title: string; abstract: string });
  return rows.filter(({ title, abstract }) => title.trim() && title.length <= 200 && abstract.trim() && abstract.length <= 2_000);
}

/** The words on the page: without tags, spacing and the invisible break of a ping. */
function wordsOf(...pages: Html[]): string {
  return squeezed(decodeHTML(pages.map(({ html }) => html.replaceAll(/<br>|<\/(div|h3)>/g, ' ').replaceAll(/<[^>]*>/g, '')).join(' ')));
}

function squeezed(text: string): string {
  return text.replaceAll('\u200b', '').replaceAll(/\s+/g, '');
}
