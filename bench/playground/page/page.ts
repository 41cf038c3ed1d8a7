// The whole page: what can be said, and what both platforms show for it.
import { STANDINGS } from '../../../src/core/chat.ts';
import { PEOPLE } from '../people.ts';
import type { Play } from '../play.ts';
import { allOn, type Json, type SideName } from '../side.ts';
import { addressOf, SIDES, THEMES, type View } from '../view.ts';
import { glanceOf } from './glance.ts';
import { html, type Html } from '../../../src/core/html.ts';
import { windowOf } from './window.ts';

const NAMES: Record<SideName, string> = { slack: 'Slack', discord: 'Discord' };

/** What is worth a first look, and the line that brings it. */
const TRY: [label: string, line: string][] = [
  ['An answer', '/paper attention'],
  ['A form', '/roundup subscribe'],
  ['A preview', '/roundup preview diffusion'],
  ['The schedule', '/roundup list'],
];

export async function playgroundPage(play: Play, view: View): Promise<string> {
  const due = await play.nextDue();
  const { theme, alone } = view;
  const { html: written } = html`<!doctype html>
<html lang="en"${theme !== 'system' && html` data-theme="${theme}"`}>
<head>
  <meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Paperround playground</title>
  <link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="/style.css"><script src="/client.js" defer></script>
</head>
<body class="${alone ? 'alone' : view.glance && 'glance'}">
  <header class="top">
    <h1>Paperround playground</h1>
    <p class="clock">It is <b>${momentOf(play.now(), play.zone)}</b> here. ${due ? `The next roundup comes on ${momentOf(due, play.zone)}.` : 'No channel waits for a roundup.'}</p>
    <form action="/"><input type="hidden" name="as" value="${view.person.standing}">${choice('theme', 'Theme', THEMES.map((one) => [one, one]), theme)}<button class="go">Change</button></form>
    <form method="post" action="${addressOf(view, '/next-morning')}"><button id="next-morning">Next morning</button></form>
    ${view.glance ? html`<a href="${addressOf(view, '/', { glance: false })}">The channels</a>` : html`<form method="post" action="${addressOf({ ...view, glance: true }, '/glance')}"><button id="glance">At a glance</button></form>`}
    <form method="post" action="${addressOf(view, '/clear')}"><button id="clear">Clear</button></form>
  </header>
  <section class="box" aria-label="What is said">
    ${sayForm(view)}
    <form class="try" method="post" action="${addressOf(view, '/say')}"><span id="try">Try</span> ${tries(play).map(([label, line]) => html`<button name="line" value="${line}" title="${line}">${label}</button>`)}</form>
  </section>
  <div id="told" role="status" aria-live="polite">${play.notices.map((notice) => html`<p>${notice}</p>`)}${SIDES.map((name) => heardOn(name, play, view))}</div>
  <main id="windows">${view.glance ? glanceOf(play, view) : SIDES.filter((name) => !alone || name === alone).map((name) => columnOf(name, play, view))}</main>
</body>
</html>`;
  return written;
}

function sayForm(view: View): Html {
  const person = choice('as', 'as', STANDINGS.map((standing) => [standing, `${PEOPLE[standing].name}, ${standing}`]), view.person.standing);
  const to = choice('to', 'on', [['both', 'Slack and Discord'], ['slack', 'Slack'], ['discord', 'Discord']], view.to.length === 1 ? view.to[0]! : 'both');
  return html`<form class="say" method="post" action="${addressOf(view, '/say')}">
    <label for="line">Say</label>
    <input id="line" name="line" type="text" required autocomplete="off" spellcheck="false" placeholder="/paper attention" data-suggests="/suggest" autofocus>
    ${person}${to}<button class="primary">Send</button>
  </form>`;
}

function tries({ example }: Play): typeof TRY {
  return example ? [...TRY, ['A link', `Has anybody read ${example} yet?`]] : TRY;
}

function choice(name: string, label: string, options: [value: string, words: string][], chosen: string): Html {
  const listed = options.map(([value, words]) => html`<option value="${value}"${value === chosen && html` selected`}>${words}</option>`);
  return html`<span class="choice"><label for="${name}">${label}</label> <select id="${name}" name="${name}" data-view>${listed}</select></span>`;
}

function columnOf(name: SideName, play: Play, view: View): Html {
  const link = view.alone ? addressOf(view, '/', { alone: undefined }) : addressOf(view, '/', { alone: name });
  return html`<div class="column">
    <h2>${NAMES[name]} <a href="${link}">${view.alone ? 'Both side by side' : `${NAMES[name]} alone`}</a></h2>
    ${windowOf(name, play, view)}
  </div>`;
}

/** For whoever can't see what came of it: the sentence that a notification or a screen reader would have. */
function heardOn(name: SideName, play: Play, view: View): Html | undefined {
  const fresh = allOn(play.sides[name], view.person).find(({ key }) => key === play.fresh[name]);
  const words = fresh && (fresh.payload.text ?? fresh.payload.content ?? textsIn(fresh.payload));
  return typeof words === 'string' ? html`<p class="heard">${NAMES[name]}: ${words}</p>` : undefined;
}

// A message that is made of components alone has its words in them.
function textsIn({ components = [] }: Json): string {
  return (components as { content?: string }[]).flatMap(({ content }) => content ?? []).join('\n');
}

/** `Friday 24 July 2026, 09:00` */
function momentOf(at: Date, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(at);
  return `${day}, ${new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)}`;
}
