// Slack's window on a desktop, as far as a picture needs it: the channel, and beside it an open thread.
import { avatar } from './avatar.ts';
import { html, type Html } from '../../src/core/html.ts';
import { page } from './page.ts';
import type { SlackMessage } from './slack-blocks.ts';
import { slackBody } from './slack-message.ts';

export interface SlackScene {
  channel: string;
  /** Above the messages: `Friday, July 24th`. */
  day: string;
  /** `9:00 AM` */
  time: string;
}

/** The parent post in its channel and its replies in the thread beside it, which is cut at the window's foot, as a longer thread is. */
export function slackRoundup([parent, ...replies]: SlackMessage[], scene: SlackScene): Html {
  const foot = html`<div class="replies">${avatar(24)}<a>${repliesInWords(replies.length)}</a><span>Today at ${scene.time}</span></div>`;
  const thread = html`<aside>
    <header><b>Thread</b><span># ${scene.channel}</span></header>
    <div class="scroll">
      <div class="count"><span>${repliesInWords(replies.length)}</span></div>
      ${replies.map((reply) => messageOf(reply, scene))}
    </div>
  </aside>`;
  return windowOf(html`${messageOf(parent!, scene, foot)}`, scene, replies.length ? thread : undefined);
}

/** The answer to a slash command. */
export function slackAnswer(messages: SlackMessage[], scene: SlackScene): Html {
  return windowOf(html`${messages.map((message) => messageOf(message, scene))}`, scene);
}

function windowOf(messages: Html, { channel, day }: SlackScene, thread?: Html): Html {
  const main = html`<main>
    <header><b># ${channel}</b></header>
    <div class="day"><span>${day}</span></div>
    ${messages}
    <div class="composer">Message #${channel}</div>
  </main>`;
  return page('slack.css', html`<div class="window ${thread && 'split'}">${main}${thread}</div>`);
}

function messageOf(message: SlackMessage, { time }: SlackScene, foot?: Html): Html {
  const seenBy = message.response_type === 'ephemeral' ? html`<div class="private">${EYE}Only visible to you</div>` : undefined;
  return html`<article>
    ${seenBy}
    <div class="picture">${avatar(36)}</div>
    <div class="said">
      <div class="who"><b>Paperround</b><span class="badge">APP</span><time>${time}</time></div>
      ${slackBody(message)}${foot}
    </div>
  </article>`;
}

function repliesInWords(replies: number): string {
  return replies === 1 ? '1 reply' : `${replies} replies`;
}

const EYE = html`<svg width="16" height="16" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.5">
  <path d="M2 10c2-3.6 4.7-5.5 8-5.500s6 1.9 8 5.500c-2 3.6-4.7 5.5-8 5.500S4 13.6 2 10Z"/><circle cx="10" cy="10" r="2.6"/>
</svg>`;
