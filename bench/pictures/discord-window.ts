// Discord's window on a desktop, as far as a picture needs it: the channel, and beside it an open thread.
import { avatar } from './avatar.ts';
import { discordBody } from './discord-message.ts';
import type { DiscordMessage } from './discord-payload.ts';
import { html, type Html } from '../../src/core/html.ts';
import { page } from './page.ts';

export interface DiscordScene {
  channel: string;
  /** Above the messages: `July 24, 2026`. */
  day: string;
  /** `9:00 AM` */
  time: string;
}

/** The parent post in its channel with the thread under it, which stands open beside it and is cut at the window's foot. */
export function discordRoundup([parent, ...replies]: DiscordMessage[], title: string, scene: DiscordScene): Html {
  const spur = html`<div class="spur"><div><b>${title}</b><a>${messagesInWords(replies.length)} ›</a></div><small>Paperround · ${scene.time}</small></div>`;
  const thread = html`<aside>
    <header>${THREAD}<b>${title}</b></header>
    <div class="scroll">${groupOf(replies, scene)}</div>
  </aside>`;
  return windowOf(groupOf([parent!], scene, replies.length ? spur : undefined), scene, replies.length ? thread : undefined);
}

/** The answer to a slash command that `person` gave. */
export function discordAnswer(messages: DiscordMessage[], asked: { person: string; command: string }, scene: DiscordScene): Html {
  const used = html`<div class="used"><i></i><span class="person">${asked.person.slice(0, 1)}</span><b>${asked.person}</b> used <a>${asked.command}</a></div>`;
  return windowOf(html`${messages.map((message, at) => answerOf(message, at === 0 ? used : undefined, scene))}`, scene);
}

function answerOf(message: DiscordMessage, used: Html | undefined, scene: DiscordScene): Html {
  if (!message.flags) return html`${used}${groupOf([message], scene)}`;
  const foot = html`<div class="private">${EYE}Only you can see this · <a>Dismiss message</a></div>`;
  return html`<div class="mine">${used}${groupOf([message], scene, foot)}</div>`;
}

function windowOf(messages: Html, { channel, day }: DiscordScene, thread?: Html): Html {
  const main = html`<main>
    <header><span>#</span><b>${channel}</b></header>
    <div class="day"><span>${day}</span></div>
    ${messages}
    <div class="composer">Message #${channel}</div>
  </main>`;
  return page('discord.css', html`<div class="window ${thread && 'split'}">${main}${thread}</div>`);
}

// Messages of one minute stand under one name.
function groupOf(messages: DiscordMessage[], { time }: DiscordScene, foot?: Html): Html {
  const who = html`<div class="who"><b>Paperround</b><span class="badge">APP</span><time>${time}</time></div>`;
  return html`<article>
    <div class="picture">${avatar(40)}</div>
    <div class="said">${who}${messages.map((message) => html`<div class="message">${discordBody(message)}</div>`)}${foot}</div>
  </article>`;
}

function messagesInWords(messages: number): string {
  return messages === 1 ? '1 Message' : `${messages} Messages`;
}

const THREAD = html`<svg width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="#80848e" stroke-width="2" stroke-linecap="round">
  <path d="M9 4 7 16M17 4l-1 6M4 8h15M3 14h6M13 14h7M13 17.500h7M13 21h5"/>
</svg>`;

const EYE = html`<svg width="16" height="16" viewBox="0 0 20 20" fill="currentColor">
  <path d="M10 4C6.5 4 3.6 6.2 2 10c1.6 3.8 4.5 6 8 6s6.4-2.2 8-6c-1.6-3.8-4.5-6-8-6Zm0 9.500a3.5 3.5 0 1 1 0-7 3.5 3.5 0 0 1 0 7Z"/>
</svg>`;
