// Slack's window on a desktop: the channel, an open thread below or beside it, an open form before it.
import { addressOf } from '../view.ts';
import type { Entry, OpenForm } from '../side.ts';
import { avatar } from './avatar.ts';
import { html, type Html } from './html.ts';
import { byDay, grouped, payloadOf, pressable, timeOf, type Scene } from './scene.ts';
import { readSlack } from './slack-blocks.ts';
import { slackForm } from './slack-form.ts';
import { slackBody } from './slack-message.ts';

export function slackWindow(entries: Entry[], form: OpenForm | undefined, scene: Scene): Html {
  const { channel, view, zone } = scene;
  const open = entries.find(({ key }) => key === view.thread.slack);
  return html`<section class="slack window" id="slack" aria-label="Slack">
    <div class="panes"><div class="channel">
      <header><b># ${channel}</b></header>
      <div class="messages" tabindex="0" role="group" aria-label="Messages on Slack">
        ${byDay(entries, zone, dayOf).map(([day, some]) => html`<div class="day"><span>${day}</span></div>${grouped(some).map((group) => groupOf(group, scene, true))}`)}
      </div>
      <div class="composer" aria-hidden="true"><span>Message #${channel}</span></div>
    </div>
    ${open && threadOf(open, scene)}</div>
    ${form && slackForm(form, scene)}
  </section>`;
}

function threadOf({ thread }: Entry, scene: Scene): Html {
  const closed = addressOf(scene.view, '/', { thread: { ...scene.view.thread, slack: '' } });
  return html`<aside class="thread" aria-label="Thread on Slack">
    <header><b>Thread</b><span># ${scene.channel}</span><a class="close" href="${closed}" aria-label="Close the thread on Slack">✕</a></header>
    <div class="messages" tabindex="0" role="group" aria-label="Replies on Slack">
      <div class="count"><span>${repliesInWords(thread.length)}</span></div>
      ${grouped(thread).map((group) => groupOf(group, scene, false))}
    </div>
  </aside>`;
}

function groupOf(entries: Entry[], scene: Scene, withThread: boolean): Html {
  const [first] = entries;
  const hint = first!.direct ? html`<div class="private">${EYE}In your direct messages with Paperround</div>` : first!.onlyFor && html`<div class="private">${EYE}Only visible to you</div>`;
  return html`<article${first!.key === scene.fresh && html` data-fresh`}>
    ${hint}
    <div class="picture">${avatar(36)}</div>
    <div class="said">
      <div class="who"><b>Paperround</b><span class="badge">APP</span><time>${timeOf(first!.at, scene.zone)}</time></div>
      ${entries.map((entry) => html`<div class="message" id="slack-${entry.key}">
        ${pressable('slack', entry, (payload) => slackBody(readSlack(payload)), scene)}
        ${withThread && entry.thread.length > 0 && repliesOf(entry, scene)}
        ${payloadOf('slack', entry)}
      </div>`)}
    </div>
  </article>`;
}

function repliesOf({ key, thread }: Entry, { view, zone }: Scene): Html {
  const opened = addressOf(view, '/', { thread: { ...view.thread, slack: key } });
  return html`<div class="replies">${avatar(24)}<a href="${opened}">${repliesInWords(thread.length)}</a><span>Last reply today at ${timeOf(thread.at(-1)!.at, zone)}</span></div>`;
}

function repliesInWords(replies: number): string {
  return replies === 1 ? '1 reply' : `${replies} replies`;
}

/** `Friday, July 24th` */
function dayOf(at: Date, timeZone: string): string {
  const day = Number(new Intl.DateTimeFormat('en-US', { timeZone, day: 'numeric' }).format(at));
  const nth = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[new Intl.PluralRules('en', { type: 'ordinal' }).select(day)];
  return `${new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'long', month: 'long', day: 'numeric' }).format(at)}${nth}`;
}

const EYE = html`<svg width="16" height="16" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
  <path d="M2 10c2-3.6 4.7-5.5 8-5.500s6 1.9 8 5.500c-2 3.6-4.7 5.5-8 5.500S4 13.6 2 10Z"/><circle cx="10" cy="10" r="2.6"/>
</svg>`;
