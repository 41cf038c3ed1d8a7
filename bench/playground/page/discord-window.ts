// Discord's window on a desktop: the channel or the forum, an open thread below or beside it, an open modal before them.
import { addressOf } from '../view.ts';
import type { Entry, OpenForm } from '../side.ts';
import { avatar } from './avatar.ts';
import { discordBody, markdown } from './discord-message.ts';
import { discordModal } from './discord-modal.ts';
import { readDiscord } from './discord-payload.ts';
import { html, type Html } from '../../../src/core/html.ts';
import { byDay, grouped, payloadOf, pressable, timeOf, type Scene } from './scene.ts';

export interface DiscordSeen {
  entries: Entry[];
  posts: Entry[];
  form: OpenForm | undefined;
}

export function discordWindow({ entries, posts, form }: DiscordSeen, scene: Scene): Html {
  const { view, part } = scene;
  const open = (view.forum ? posts : entries).find(({ key }) => key === view.thread.discord);
  return html`<section class="discord window" id="discord${part && `-${part.id}`}" aria-label="Discord${part && `: ${part.name}`}">
    <div class="panes">${!part && placesOf(scene)}${view.forum ? forumOf(posts, scene) : channelOf(entries, scene)}${open && threadOf(open, scene)}</div>
    ${form && discordModal(form, scene)}
  </section>`;
}

function placesOf({ channel, view }: Scene): Html {
  const here = html` aria-current="page"`;
  const thread = { ...view.thread, discord: '' };
  return html`<nav class="places" aria-label="Places on Discord"><div><b aria-hidden="true">Text channels</b>
    <a href="${addressOf(view, '/', { forum: false, thread })}"${!view.forum && here}><span aria-hidden="true"># </span>${channel}</a>
    <a href="${addressOf(view, '/', { forum: true, thread })}"${view.forum && here}><span aria-hidden="true">❐ </span>${FORUM}</a>
  </div></nav>`;
}

function channelOf(entries: Entry[], scene: Scene): Html {
  return html`<div class="channel">
    <header><span aria-hidden="true">#</span><b>${scene.channel}</b></header>
    <div class="messages" tabindex="0" role="group" aria-label="Messages on Discord">
      ${byDay(entries, scene.zone, dayOf).map(([day, some]) => html`<div class="day"><span>${day}</span></div>${grouped(some).map((group) => groupOf(group, scene))}`)}
    </div>
    <div class="composer" aria-hidden="true"><span>Message #${scene.channel}</span></div>
  </div>`;
}

// A forum shows its newest post first.
function forumOf(posts: Entry[], { view, zone }: Scene): Html {
  const cards = [...posts].reverse().map(({ key, title, tags = [], thread, at }) => {
    const opened = addressOf(view, '/', { thread: { ...view.thread, discord: key } });
    return html`<li class="post"><div class="tags">${tags.map((tag) => html`<span>${tag}</span>`)}</div>
      <a href="${opened}">${title}</a>
      <small>Paperround · ${thread.length === 1 ? '1 message' : `${thread.length} messages`} · ${dayOf(at, zone)}</small></li>`;
  });
  return html`<div class="channel">
    <header><span aria-hidden="true">❐</span><b>${FORUM}</b></header>
    <div class="messages" id="discord-forum" tabindex="0" role="group" aria-label="Posts of the forum on Discord"><ul class="posts">${cards}</ul></div>
  </div>`;
}

const FORUM = 'reading-room';

function threadOf({ thread, title }: Entry, scene: Scene): Html {
  const closed = addressOf(scene.view, '/', { thread: { ...scene.view.thread, discord: '' } });
  return html`<aside class="thread" aria-label="Thread on Discord">
    <header>${THREAD}<b>${title}</b><a class="close" href="${closed}" aria-label="Close the thread on Discord">✕</a></header>
    <div class="messages" tabindex="0" role="group" aria-label="Replies on Discord">${grouped(thread).map((group) => groupOf(group, scene))}</div>
  </aside>`;
}

function groupOf(entries: Entry[], scene: Scene): Html {
  const [first] = entries;
  const { by, used, onlyFor, direct, at, key } = first!;
  const command = used && html`<div class="used"><i></i><span class="person" aria-hidden="true">${used.person.slice(0, 1)}</span><b>${used.person}</b> used <span class="command">${used.line}</span></div>`;
  const foot = direct ? html`<div class="private">${EYE}In your direct messages</div>` : onlyFor && html`<div class="private">${EYE}Only you can see this</div>`;
  return html`<div class="${onlyFor && 'mine'}"${key === scene.fresh && html` data-fresh`}>${command}<article>
    <div class="picture">${by ? html`<span class="person large" aria-hidden="true">${by.slice(0, 1)}</span>` : avatar(40)}</div>
    <div class="said">
      <div class="who"><b>${by ?? 'Paperround'}</b>${!by && html`<span class="badge">APP</span>`}<time>${timeOf(at, scene.zone)}</time></div>
      ${entries.map((entry) => html`<div class="message" id="discord-${entry.key}">
        ${entry.by ? wordsOf(entry, scene) : pressable('discord', entry, (payload) => discordBody(readDiscord(payload), entry.key), scene)}
        ${entry.thread.length > 0 && spurOf(entry, scene)}
        ${entry.by ? undefined : payloadOf('discord', entry)}
      </div>`)}${foot}
    </div>
  </article></div>`;
}

// What a person wrote, and what the menu of a message has of the bot's.
function wordsOf({ key, payload }: Entry, { view }: Scene): Html {
  return html`<div class="content">${markdown(String(payload.content))}</div>
    <form class="apps" method="post" action="${addressOf(view, '/look-up')}"><input type="hidden" name="message" value="${key}"><span>Apps ›</span> <button value="${key}">Look up paper</button></form>`;
}

function spurOf({ key, thread, at, title }: Entry, { view, zone }: Scene): Html {
  const opened = addressOf(view, '/', { thread: { ...view.thread, discord: key } });
  const told = thread.filter(({ onlyFor }) => !onlyFor).length;
  return html`<div class="spur"><div><b>${title}</b><a href="${opened}">${told === 1 ? '1 Message' : `${told} Messages`} ›</a></div><small>Paperround · ${timeOf(at, zone)}</small></div>`;
}

/** `July 24, 2026` */
function dayOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-US', { timeZone, month: 'long', day: 'numeric', year: 'numeric' }).format(at);
}

const THREAD = html`<svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" aria-hidden="true">
  <path d="M9 4 7 16M17 4l-1 6M4 8h15M3 14h6M13 14h7M13 17.500h7M13 21h5"/>
</svg>`;

const EYE = html`<svg width="16" height="16" viewBox="0 0 20 20" fill="currentColor" aria-hidden="true">
  <path d="M10 4C6.5 4 3.6 6.2 2 10c1.6 3.8 4.5 6 8 6s6.4-2.2 8-6c-1.6-3.8-4.5-6-8-6Zm0 9.500a3.5 3.5 0 1 1 0-7 3.5 3.5 0 0 1 0 7Z"/>
</svg>`;
