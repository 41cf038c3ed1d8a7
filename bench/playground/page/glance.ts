// The day's roundup, an answer and a form, each as Slack and as Discord show it, side by side.
import type { Play } from '../play.ts';
import { SIDES, type View } from '../view.ts';
import { html, type Html } from '../../../src/core/html.ts';
import { windowOf, type Part } from './window.ts';

export function glanceOf(play: Play, view: View): Html {
  const { roundup, answer } = play.marks;
  const parts: Part[] = [
    { id: 'roundup', name: 'Today’s roundup', has: ({ key }) => roundup.includes(key), form: false },
    { id: 'answer', name: 'An answer', has: ({ key }) => answer.includes(key), form: false },
    // What comes of the form stands below it.
    { id: 'form', name: 'A form', has: ({ key }) => !roundup.includes(key) && !answer.includes(key), form: true },
  ];
  const here = { ...view, home: false, forum: false };
  return html`${parts.map((part) => html`<h2>${part.name}</h2><div class="pair">${SIDES.map((name) => windowOf(name, play, here, part))}</div>`)}`;
}
