// A mail, whole: what a document said, between the head of a page and a foot that says why it came and how to end it.
import type { Payload } from '../../core/platform.ts';
import type { Doc } from '../../core/doc.ts';
import { pageUrl } from '../../core/email.ts';
import { SUBSCRIBE_PATH } from '../../core/email-door.ts';
import { html, raw } from '../../core/html.ts';
import { takeMarks } from '../../core/live.ts';
import { clip, tidy } from '../../core/text.ts';
import { bodyOf } from './body.ts';
import { edge, ground, ink, letters, SHEET } from './style.ts';
import { textOf, wrap } from './text.ts';

/** What is known of a mail before it is known to whom it goes. */
export interface Body {
  subject: string;
  /** What a list of mails shows behind the subject. */
  preview: string;
  html: string;
  text: string;
}

/** Whose mail it is. */
export interface Foot {
  address: string;
  /** PUBLIC_URL: today’s papers on the web. */
  home: string;
  /** The page that ends it; none where there is nothing to end yet. */
  unsubscribe?: string;
}

const SUBJECT = 120;
const PREVIEW = 180;

/** Pure. One mail, however long: what comes after it or under it elsewhere has no place in a mail. */
export function render(marked: Doc): Payload[] {
  // A mail stays as it is: counts that change elsewhere are words here.
  const doc = takeMarks({ doc: marked }).payload.doc as Doc;
  const { title, summary } = doc;
  return [{ subject: clip(tidy(title ?? summary), SUBJECT) || 'Paperround', preview: clip(tidy(summary), PREVIEW), html: bodyOf(doc).html, text: textOf(doc) }];
}

/** Both halves of a mail. No script, no picture, nothing that tells that it was read. */
export function letterOf(body: Body, { address, home, unsubscribe }: Foot): { html: string; text: string } {
  const why = unsubscribe ? `You asked for this roundup, for ${address}. To change its topics or its hour, subscribe again: once it is confirmed, the new one takes its place.` : `Sent to ${address}, since somebody gave this address.`;
  const link = (url: string, words: string) => html`<a class="muted" href="${url}" style="${ink('muted')}text-decoration:underline;">${words}</a>`;
  const again = pageUrl(home, SUBSCRIBE_PATH);
  const links = [...(unsubscribe ? [link(unsubscribe, 'Unsubscribe'), link(again, 'Subscribe again')] : []), link(home, 'Papers on the web')];
  const page = html`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${body.subject}</title>
<style>
${raw(SHEET)}
</style>
</head>
<body class="page" style="margin:0;padding:0;${ground('page')}">
<div style="display:none;max-height:0;overflow:hidden;">${body.preview}</div>
<table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="${ground('page')}"><tr><td class="page" align="center" style="padding:28px 12px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:620px;text-align:left;">
<tr><td class="card" style="${ground('card')}padding:32px 36px;border-radius:10px;"><div role="article" aria-roledescription="email" aria-label="${body.subject}" lang="en">
<p class="link line" style="${letters(13, 16, 'link', `font-weight:700;letter-spacing:.04em;margin:0 0 22px;padding:0 0 14px;${edge('bottom')}`)}">Paperround</p>
${raw(body.html)}
</div></td></tr>
<tr><td class="foot" style="padding:20px 36px 8px;"><p class="muted" style="${letters(13, 20, 'muted', 'margin:0 0 6px;')}">${why}</p><p class="muted" style="${letters(13, 20, 'muted', 'margin:0;')}">${links.map((one, at) => html`${at > 0 ? ' · ' : ''}${one}`)}</p></td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
  const foot = ['-- ', wrap(why), ...(unsubscribe ? [`Unsubscribe: ${unsubscribe}`, `Subscribe again: ${again}`] : []), `Papers on the web: ${home}`];
  return { html: page.html, text: `${body.text}\n${foot.join('\n')}\n` };
}
