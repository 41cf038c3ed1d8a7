// The judge itself: it takes what Slack takes, and refuses what Slack refuses.
import { describe, expect, test } from 'vitest';
import { slackProblems } from '../../support/slack-contract.ts';

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
const button = (id: string, more: object = {}) => ({
  type: 'button',
  action_id: id,
  text: plain('Save'),
  value: 'paper save 1',
  accessibility_label: 'Save: a paper',
  ...more,
});
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] });
const message = (blocks: object[], more: object = {}) => ({
  text: 'Ten papers for today.',
  blocks,
  unfurl_links: false,
  unfurl_media: false,
  ...more,
});

describe('the contract for previews of links', () => {
  const URL = 'https://arxiv.org/abs/2607.01234';
  const unfurl = (blocks: object[], more: object = {}) => ({ channel: 'C1', ts: '1.2', unfurls: { [URL]: { fallback: 'A title, by A. Author.', blocks, ...more } } });
  const context = (text: string) => ({ type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] });

  test('takes headings, sections, notes with links, and buttons', () => {
    const blocks = [{ type: 'header', text: plain('A title') }, { type: 'section', text: plain('A line.') }, context('Posted on <https://a.slack.com/archives/C1/p1?a=b&amp;c=d|4 May &amp; 5 May>.'), actions(button('1'))];
    expect(slackProblems(unfurl(blocks))).toEqual([]);
  });

  test.each<[string, object]>([
    ['rich text', unfurl([rich({ type: 'text', text: 'x' })])],
    ['a mention', unfurl([context('<!channel>')])],
    ['a link whose words are markup', unfurl([context('<https://a.example|*x*>')])],
    ['markup', unfurl([context('*x*')])],
    ['a field that is none of a preview', unfurl([{ type: 'divider' }], { title: 'x' })],
    ['a fallback that is no sentence', unfurl([{ type: 'divider' }], { fallback: 'x' })],
    ['no preview', { channel: 'C1', ts: '1.2', unfurls: {} }],
    ['no message', { unfurls: unfurl([{ type: 'divider' }]).unfurls }],
  ])('refuses %s', (_, body) => {
    expect(slackProblems(body as Record<string, unknown>)).not.toEqual([]);
  });
});

describe('the contract for Slack messages', () => {
  test('takes a message of each kind of block that Paperround makes', () => {
    const blocks = [
      { type: 'header', text: plain('Papers') },
      rich({ type: 'link', url: 'https://arxiv.org/abs/1', text: 'A title', style: { bold: true } }, { type: 'text', text: '\nfacts' }),
      { type: 'context', elements: [plain('a note')] },
      actions(button('1'), button('2')),
    ];
    expect(slackProblems(message(blocks))).toEqual([]);
  });

  test.each<[string, object]>([
    ['51 blocks', message(Array.from({ length: 51 }, () => ({ type: 'divider' })))],
    ['an unknown block type', message([{ type: 'poem', text: plain('roses') }])],
    ['an unknown field in a block', message([{ type: 'header', text: plain('x'), colour: 'red' }])],
    ['a header of 151 characters', message([{ type: 'header', text: plain('x'.repeat(151)) }])],
    ['a header in mrkdwn', message([{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }])],
    ['mrkdwn in a section', message([{ type: 'section', text: { type: 'mrkdwn', text: '<!channel>' } }])],
    ['a section of 3,001 characters', message([{ type: 'section', text: plain('x'.repeat(3_001)) }])],
    ['26 buttons in a row', message([actions(...Array.from({ length: 26 }, (_, n) => button(String(n))))])],
    ['11 elements in a context', message([{ type: 'context', elements: Array.from({ length: 11 }, () => plain('x')) }])],
    ['a button text of 76 characters', message([actions(button('1', { text: plain('x'.repeat(76)) }))])],
    ['a button value of 2,001 characters', message([actions(button('1', { value: 'x'.repeat(2_001) }))])],
    ['a spoken label of 76 characters', message([actions(button('1', { accessibility_label: 'x'.repeat(76) }))])],
    ['a button without a spoken label', message([actions(button('1', { accessibility_label: undefined }))])],
    ['a button that is spoken of in other words than it shows', message([actions(button('1', { accessibility_label: 'Keep a paper' }))])],
    ['an action id of 256 characters', message([actions(button('x'.repeat(256)))])],
    ['one action id twice', message([actions(button('1')), actions(button('1'))])],
    ['one block id twice', message([{ type: 'divider', block_id: 'a' }, { type: 'divider', block_id: 'a' }])],
    ['an empty text in a rich text', message([rich({ type: 'text', text: '' })])],
    ['13,300 characters in all', message(Array.from({ length: 5 }, () => rich({ type: 'text', text: 'x'.repeat(2_700) })))],
    ['a text that is no sentence', message([], { text: 'New message' })],
    ['no text', message([], { text: undefined })],
    ['a live mention in the text', message([], { text: 'Hello <!channel>.' })],
    ['unfurled links', message([], { unfurl_links: true })],
    ['an unknown field', message([], { colour: 'red' })],
  ])('refuses %s', (_, payload) => {
    expect(slackProblems(payload as Record<string, unknown>)).not.toEqual([]);
  });
});
