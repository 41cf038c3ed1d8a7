// What the command box offers while somebody types: commands and verbs from their lists, words from the real `complete`.
import { complete } from '../../src/call.ts';
import type { Command, Deps } from '../../src/command.ts';
import type { Person } from './people.ts';

export interface Suggestion {
  /** The whole line. */
  line: string;
  hint?: string;
}

const MOST = 10;

/** Best first. `/` offers the commands, `/roundup s` verbs, `/roundup subscribe rob` topics, `/paper att` verbs and titles. */
export async function suggestLines(typed: string, person: Person, deps: Deps): Promise<Suggestion[]> {
  const [, name = '', gap, rest = ''] = /^\/?(\S*)(\s*)(.*)$/s.exec(typed)!;
  if (!gap) return deps.commands.filter((command) => command.name.startsWith(name)).map((command) => ({ line: `/${command.name} `, hint: command.summary }));
  const command = deps.commands.find((one) => one.name === name);
  if (!command) return [];
  const verbs = /\s/.test(rest) ? [] : command.verbs.filter((verb) => verb.name.startsWith(rest) && verb.name !== command.fallback);
  const known = verbs.map((verb) => ({ line: `/${name} ${verb.name} `, hint: verb.summary }));
  return [...(rest ? known : known.slice(0, MOST)), ...(await words(command, rest, person, deps))].slice(0, MOST);
}

async function words(command: Command, rest: string, person: Person, deps: Deps): Promise<Suggestion[]> {
  const [, first = '', gap = ''] = /^(\S*)(\s*)/.exec(rest)!;
  const named = gap ? command.verbs.find(({ name }) => name === first) : undefined;
  const verb = named?.complete ? named : command.verbs.find(({ name }) => name === command.fallback);
  const option = verb?.options.find(({ suggests }) => suggests)?.name;
  if (!rest || !verb || !option) return [];
  const channel = { platform: 'slack', workspace: 'T1', id: 'C1' };
  const asked = { id: person.slack.id, profile: async () => ({ standing: person.standing }) };
  const found = await complete({ command: command.name, text: rest, channel, person: asked, option }, deps);
  // Where a command takes plain words, a suggestion brings its verb along.
  const start = command.fallback ? '' : `${verb.name} `;
  return found.map(({ label, value }) => ({ line: `/${command.name} ${start}${value}`, ...(label === value ? {} : { hint: label }) }));
}
