// Slack's window on a desktop: the channel, an open thread below or beside it, the app's Home, an open modal before them.
import { addressOf } from '../view.ts';
import type { Entry, Json, OpenForm } from '../side.ts';
import { avatar } from './avatar.ts';
import { ADDRESSES, webLink } from './controls.ts';
import { html, type Html } from '../../../src/core/html.ts';
import { byDay, grouped, payloadOf, pressable, timeOf, viewPayload, type Scene } from './scene.ts';
import { readSlack } from './slack-blocks.ts';
import { slackForm } from './slack-form.ts';
import { blockOf, slackBody, slackPreview } from './slack-message.ts';
import { readHome } from './slack-view.ts';

export interface SlackSeen {
  entries: Entry[];
  form: OpenForm | undefined;
  home: Json | undefined;
}

export function slackWindow({ entries, form, home }: SlackSeen, scene: Scene): Html {
  const { view, part } = scene;
  const open = entries.find(({ key }) => key === view.thread.slack);
  return html`<section class="slack window" id="slack${part && `-${part.id}`}" aria-label="Slack${part && `: ${part.name}`}">
    <div class="panes">${!part && placesOf(scene)}${view.home ? homeOf(home, scene) : html`${channelOf(entries, scene)}${open && threadOf(open, scene)}`}</div>
    ${form && slackForm(form, scene)}
  </section>`;
}

function placesOf({ channel, view }: Scene): Html {
  const here = html` aria-current="page"`;
  return html`<nav class="places" aria-label="Places in Slack">
    <div><b aria-hidden="true">Channels</b><a href="${addressOf(view, '/', { home: false })}"${!view.home && here}># ${channel}</a></div>
    <div><b aria-hidden="true">Apps</b><form method="post" action="${addressOf({ ...view, home: true }, '/home')}"><button id="slack-home"${view.home && here}>${avatar(20)} Paperround</button></form></div>
  </nav>`;
}

function channelOf(entries: Entry[], scene: Scene): Html {
  return html`<div class="channel">
    <header><b># ${scene.channel}</b></header>
    <div class="messages" tabindex="0" role="group" aria-label="Messages on Slack">
      ${byDay(entries, scene.zone, dayOf).map(([day, some]) => html`<div class="day"><span>${day}</span></div>${grouped(some).map((group) => groupOf(group, scene, true))}`)}
    </div>
    <div class="composer" aria-hidden="true"><span>Message #${scene.channel}</span></div>
  </div>`;
}

function homeOf(home: Json | undefined, scene: Scene): Html {
  const shown = home
    ? html`${pressable('slack', { key: 'home', payload: home }, (payload) => html`<div class="blocks">${readHome(payload).blocks.map(blockOf)}</div>`, scene)}${viewPayload('slack-home', home)}`
    : html`<p>Nothing is published here yet.</p>`;
  return html`<div class="channel home">
    <header>${avatar(24)}<b>Paperround</b></header>
    <div class="tabs" aria-hidden="true"><span class="on">Home</span><span>Messages</span><span>About</span></div>
    <div class="messages" id="slack-home-page" tabindex="0" role="group" aria-label="Paperround’s Home on Slack">${shown}</div>
  </div>`;
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
  const { by, direct, onlyFor, at, key } = first!;
  const hint = direct ? html`<div class="private">${EYE}In your direct messages with Paperround</div>` : onlyFor && html`<div class="private">${EYE}Only visible to you</div>`;
  return html`<article${key === scene.fresh && html` data-fresh`}>
    ${hint}
    <div class="picture">${by ? personOf(by) : avatar(36)}</div>
    <div class="said">
      <div class="who"><b>${by ?? 'Paperround'}</b>${!by && html`<span class="badge">APP</span>`}<time>${timeOf(at, scene.zone)}</time></div>
      ${entries.map((entry) => html`<div class="message" id="slack-${entry.key}">
        ${entry.by ? wordsOf(entry, scene) : pressable('slack', entry, (payload) => slackBody(readSlack(payload)), scene)}
        ${withThread && entry.thread.length > 0 && repliesOf(entry, scene)}
        ${entry.by ? undefined : payloadOf('slack', entry)}
      </div>`)}
    </div>
  </article>`;
}

// What a person wrote, and the previews under it.
function wordsOf({ key, payload, previews = [] }: Entry, scene: Scene): Html {
  const words = String(payload.text).split(ADDRESSES).map((part, at) => (at % 2 ? webLink(part, html`${part}`) : html`${part}`));
  const shown = previews.length > 0 && html`${previews.map((preview) => pressable('slack', { key, payload: preview }, slackPreview, scene))}${viewPayload(`slack-${key}`, previews, html` <span>· previews of links, which the channel sees</span>`)}`;
  return html`<div class="text">${words}</div>${shown}`;
}

function personOf(name: string): Html {
  return html`<span class="person" aria-hidden="true">${name.slice(0, 1)}</span>`;
}

function repliesOf({ key, thread }: Entry, { view, zone, now }: Scene): Html {
  const opened = addressOf(view, '/', { thread: { ...view.thread, slack: key } });
  return html`<div class="replies">${avatar(24)}<a href="${opened}">${repliesInWords(thread.length)}</a><span>Last reply ${agoOf(thread.at(-1)!.at, now, zone)}</span></div>`;
}

/** `today at 9:00 AM`, `3 days ago` */
function agoOf(at: Date, now: Date, zone: string): string {
  if (dayOf(at, zone) === dayOf(now, zone)) return `today at ${timeOf(at, zone)}`;
  return new Intl.RelativeTimeFormat('en').format(-Math.max(1, Math.round((now.getTime() - at.getTime()) / 86_400_000)), 'day');
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
