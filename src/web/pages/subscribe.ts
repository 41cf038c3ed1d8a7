// The way into somebody's inbox: a banner, and the form with topics, hour and zone.
import { SUBSCRIBE_PATH } from '../../core/email-door.ts';
import { html, raw, type Html } from '../../core/html.ts';
import { FEEDS, feedPath, type FeedPlace } from './paths.ts';

/** What stands in the form. */
export interface Filled {
  email: string;
  topics: string[];
  time: string;
  zone: string;
}

export interface FormPage {
  filled: Filled;
  topics: { name: string; about: string }[];
  /** What is wrong, and the field that it is about. */
  problem?: { words: string; field: string | undefined } | undefined;
}

export const FRESH: Filled = { email: '', topics: [], time: '09:00', zone: 'UTC' };

/** On the first page and on those of topics. */
export function banner(hasEmail: boolean, feed: FeedPlace, topic?: string): Html {
  return hasEmail ? emailBanner(topic) : followBanner(feed, topic);
}

function emailBanner(topic: string | undefined): Html {
  return html`<section class="banner" aria-labelledby="banner">
<h2 id="banner">Get trending papers in your email inbox</h2>
<form action="${SUBSCRIBE_PATH}" method="post">
<label class="unseen" for="email">Your email address</label>
<input id="email" name="email" type="email" required maxlength="254" autocomplete="email" placeholder="you@lab.org">
<input type="hidden" name="step" value="choose">${topic ? html`<input type="hidden" name="topic" value="${topic}">` : undefined}
<button>Subscribe</button>
</form>
<p>On your topics, at your hour. One click ends it, and nobody else is told the address.</p>
</section>`;
}

function followBanner(feed: FeedPlace, topic: string | undefined): Html {
  return html`<section class="banner" aria-labelledby="banner">
<h2 id="banner">Get trending papers where you read</h2>
<p>In a feed reader: ${FEEDS.map(({ format, name }, i) => html`${i ? ', ' : ''}<a href="${feedPath(feed, format)}">${name}</a>`)}. In Slack and Discord: <code>/roundup subscribe${topic ? ` ${topic}` : undefined}</code>.</p>
</section>`;
}

/** Works without a script: all that can be chosen is in it. */
export function subscribeMain({ filled, topics, problem }: FormPage): Html {
  const wrong = (field: string) => (problem?.field === field ? raw(' aria-invalid="true" aria-describedby="problem"') : undefined);
  return html`<div class="heading"><p class="kind">By email</p><h1>Trending papers in your inbox</h1></div>
${problem ? html`<p class="notice" id="problem" role="alert">${problem.words}</p>` : undefined}
<form class="form" action="${SUBSCRIBE_PATH}" method="post">
<p><label for="email">Your email address</label><input id="email" name="email" type="email" required maxlength="254" autocomplete="email" value="${filled.email}"${wrong('email')}></p>
<p><label for="time">At</label><select id="time" name="time"${wrong('time')}>${options(HOURS, filled.time)}</select></p>
<p><label for="zone">Time zone</label><select id="zone" name="zone" autocomplete="off"${wrong('zone')}>${options(ZONES, filled.zone)}</select></p>
<fieldset${wrong('topics')}><legend>Topics <span>(none: everything that trends)</span></legend>
<ul class="choices">${topics.map(({ name, about }) => html`<li><label><input type="checkbox" name="topic" value="${name}"${filled.topics.includes(name) ? raw(' checked') : undefined}> ${about}</label></li>`)}</ul></fieldset>
<p class="about">A mail asks first whether this was you: nothing else comes before you press the button in it. The address is kept until you unsubscribe, and used for nothing else.</p>
<button>Send the confirmation</button>
</form>`;
}

const HOURS: [value: string, label: string][] = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`).map((time) => [time, time]);
const ZONES: [value: string, label: string][] = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => [zone, zone.replaceAll('_', ' ')]);

/** What was chosen stays chosen, also where it is none of these. */
function options(choices: [value: string, label: string][], chosen: string): Html {
  const all = choices.some(([value]) => value === chosen) || !chosen ? choices : [[chosen, chosen] as [string, string], ...choices];
  return html`${all.map(([value, label]) => html`<option value="${value}"${value === chosen ? raw(' selected') : undefined}>${label}</option>`)}`;
}
