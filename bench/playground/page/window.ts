// One platform's window, with all that somebody sees in it or with a part of it.
import type { Play } from '../play.ts';
import type { Entry, SideName } from '../side.ts';
import type { View } from '../view.ts';
import { discordWindow } from './discord-window.ts';
import type { Html } from '../../../src/core/html.ts';
import type { Scene } from './scene.ts';
import { slackWindow } from './slack-window.ts';

export interface Part {
  id: string;
  name: string;
  /** Whether an entry is of it. */
  has: (entry: Entry) => boolean;
  /** It has what stands open, too. */
  form: boolean;
}

export function windowOf(name: SideName, play: Play, view: View, part?: Part): Html {
  const side = play.sides[name];
  const scene: Scene = { view, zone: play.zone, now: play.now(), channel: side.channel.name ?? '', fresh: part ? undefined : play.fresh[name], ...(part && { part }) };
  const entries = side.entries(view.person).filter((entry) => !part || part.has(entry));
  const form = !part || part.form ? side.form(view.person) : undefined;
  if (name === 'slack') return slackWindow({ entries, form, home: side.home(view.person) }, scene);
  return discordWindow({ entries, form, posts: side.posts(view.person) }, scene);
}
