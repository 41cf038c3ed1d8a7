// How somebody looks at the playground: it stands in the page's address, so that it survives a reload and needs no cookie.
import { personOf, type Person } from './people.ts';
import type { SideName } from './side.ts';

export interface View {
  person: Person;
  /** Where the command box goes. */
  to: SideName[];
  theme: 'system' | 'light' | 'dark';
  /** One window alone, as large as the page. */
  alone?: SideName;
  /** The message whose thread is open, on each side; in the forum, the open post. */
  thread: Partial<Record<SideName, string>>;
  /** Slack shows the bot's Home in place of the channel, Discord its forum. */
  home: boolean;
  forum: boolean;
  /** The roundup, an answer and a form, each on both platforms, below one another. */
  glance: boolean;
}

export const SIDES: SideName[] = ['slack', 'discord'];
export const THEMES = ['system', 'light', 'dark'] as const;

export function viewOf(query: URLSearchParams): View {
  const to = SIDES.filter((name) => name === query.get('to'));
  const alone = SIDES.find((name) => name === query.get('alone'));
  return {
    person: personOf(query.get('as')),
    to: to.length ? to : SIDES,
    theme: THEMES.find((theme) => theme === query.get('theme')) ?? 'system',
    ...(alone ? { alone } : {}),
    home: query.has('home'),
    forum: query.has('forum'),
    glance: query.has('glance'),
    thread: Object.fromEntries(SIDES.flatMap((name) => (query.get(name) ? [[name, query.get(name)!]] : []))),
  };
}

/** The address of this view with some of it changed: `/?as=guest&slack=…`. */
export function addressOf(view: View, path = '/', change: Partial<View> = {}): string {
  const { person, to, theme, alone, thread, home, forum, glance } = { ...view, ...change };
  const query = new URLSearchParams({
    as: person.standing,
    ...(to.length === 1 ? { to: to[0]! } : {}),
    ...(theme === 'system' ? {} : { theme }),
    ...(alone ? { alone } : {}),
    ...(home ? { home: '' } : {}),
    ...(forum ? { forum: '' } : {}),
    ...(glance ? { glance: '' } : {}),
    ...Object.fromEntries(Object.entries(thread).filter(([, key]) => key)),
  });
  return `${path}?${query.toString()}`;
}
