// The real forms, Homes and previews as the playground draws them: nothing of them is left out, and nothing in them is HTML.
import { describe, expect, test } from 'vitest';
import { discordBody } from '../../../bench/playground/page/discord-message.ts';
import { discordModal } from '../../../bench/playground/page/discord-modal.ts';
import { readDiscord } from '../../../bench/playground/page/discord-payload.ts';
import type { Html } from '../../../src/core/html.ts';
import type { Scene } from '../../../bench/playground/page/scene.ts';
import { slackForm } from '../../../bench/playground/page/slack-form.ts';
import { blockOf, slackPreview } from '../../../bench/playground/page/slack-message.ts';
import { readHome } from '../../../bench/playground/page/slack-view.ts';
import { viewOf } from '../../../bench/playground/view.ts';
import { note, type Doc } from '../../../src/core/doc.ts';
import type { Form } from '../../../src/core/form.ts';
import { formMessage, formModal } from '../../../src/platforms/discord/form-message.ts';
import { formView, withProspect } from '../../../src/platforms/slack/form-view.ts';
import { unfurlsOf } from '../../../src/platforms/slack/unfurl-blocks.ts';
import { homeView } from '../../../src/platforms/slack/views.ts';

const HOSTILE = '<b>&"\'</b>';
const ESCAPED = '&lt;b&gt;&amp;&quot;&apos;&lt;/b&gt;';

const form: Form = {
  ...{ title: 'Subscribe this channel', lead: `Follows ${HOSTILE}.`, submit: 'Subscribe', command: 'roundup', verb: 'subscribe' },
  fields: [
    { kind: 'search', name: 'topic', label: 'Topic', hint: `Words, ${HOSTILE}`, empty: 'Everything', free: true, ready: [{ label: 'nlp', value: 'nlp', about: `Of ${HOSTILE}` }] },
    { kind: 'time', name: 'time', label: 'Time', value: '09:00' },
    { kind: 'some', name: 'days', label: 'Days', choices: [{ label: 'Mondays', value: 'mondays' }, { label: 'Tuesdays', value: 'tuesdays' }], values: ['mondays'] },
    { kind: 'one', name: 'size', label: 'Papers', choices: [{ label: '5', value: 'top 5' }], value: 'top 5' },
  ],
};
const filling = { topic: [HOSTILE], time: ['09:00'], days: ['mondays'], size: ['top 5'] };
const prospect = { says: `About ${HOSTILE} a day.` };
const scene: Scene = { view: viewOf(new URLSearchParams()), zone: 'UTC', now: new Date(0), channel: 'papers', fresh: undefined };

const opened = (payload: object, errors = {}) => ({ key: 'V1', payload: { ...payload }, errors, filled: {} });

describe('a form is drawn from its real payload', () => {
  test('on Slack, with its hints, its forecast, and what is wrong under its field', () => {
    const view = withProspect(formView(form, { id: 'C1' }, false) as never, prospect);
    const { html } = slackForm(opened(view, { topic: `No ${HOSTILE}.` }), scene);
    for (const words of ['Subscribe this channel', `Follows ${ESCAPED}.`, `Words, ${ESCAPED}`, `About ${ESCAPED} a day.`, `No ${ESCAPED}.`, 'Mondays', 'Cancel']) expect(html).toContain(words);
    expect(html).toMatch(/id="field-topic"[^>]* aria-invalid="true" aria-describedby="problem-topic hint-topic"/);
    expect(html.match(/name="changed"/g)).toHaveLength(form.fields.length);
    expectHarmless({ html });
  });

  test('on Discord, as a message of menus, and as a modal for what is typed', () => {
    const message = formMessage({ form, filling, words: {}, prospect });
    const { html } = discordBody(readDiscord(message), 'a');
    for (const words of ['Subscribe this channel', `Of ${ESCAPED}`, 'Mondays', 'Other words…']) expect(html).toContain(words);
    expectHarmless({ html });
    const modal = discordModal(opened(formModal({ form, filling, words: {} })), scene);
    expect(modal.html).toContain(`value="${ESCAPED}"`);
    expect(modal.html).toContain(`Words, ${ESCAPED}`);
    expectHarmless(modal);
  });

  test('what can’t be drawn of a modal is named in its place', () => {
    const { html } = slackForm(opened({ type: 'modal', title: { type: 'plain_text', text: 'a' }, close: { type: 'plain_text', text: 'b' }, blocks: [{ type: 'video' }] }), scene);
    expect(html).toContain('This modal can’t be drawn');
    expect(html).toContain('video');
  });
});

test('a Home and the preview of a link are drawn from their real payloads', () => {
  const actions = [{ label: 'Save', says: `Save: ${HOSTILE}`, call: { name: 'paper', text: 'save 1' } }];
  const doc: Doc = { summary: 'A.', blocks: [{ kind: 'item', title: HOSTILE, facts: [HOSTILE], actions }, note('Posted ', { text: 'here', url: 'https://example.org/a' }, ` ${HOSTILE}`)] };
  const home = { html: readHome(homeView(doc)).blocks.map((block) => blockOf(block).html).join('') };
  expect(home.html).toContain(ESCAPED);
  expectHarmless(home);
  const [preview] = Object.values(unfurlsOf([{ url: 'https://arxiv.org/abs/2607.00001', doc: { ...doc, actions } }], 'T1'));
  const shown = slackPreview(preview);
  expect(shown.html).toContain('href="https://example.org/a"');
  // Two previews of one message may have the same button.
  expect(shown.html).toContain('value="team:T1/0 1:paper"');
  expectHarmless(shown);
});

test('containers, sections, separators and menus of people are drawn as well', () => {
  const text = { type: 10, content: 'Some **words**' };
  const section = { type: 9, components: [text], accessory: { type: 2, style: 5, label: 'Read', url: 'https://example.org' } };
  const components = [{ type: 17, accent_color: 0xff0000, components: [text, { type: 14, spacing: 2 }, section] }, ...[5, 6, 7, 8].map((type) => ({ type: 1, components: [{ type, custom_id: `menu ${type}`, placeholder: `Menu ${type}` }] }))];
  const { html } = discordBody(readDiscord({ components, flags: 32_768, allowed_mentions: { parse: [] } }), 'a');
  for (const words of ['<strong>words</strong>', '<hr', 'href="https://example.org"', 'Menu 5', 'Menu 8', 'Ana']) expect(html).toContain(words);
});

function expectHarmless({ html }: Html): void {
  expect(html).not.toContain(HOSTILE);
}
