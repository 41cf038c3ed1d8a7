// A line as it is typed elsewhere, put into the menus that Discord builds of the registered commands.

/** Source: Discord's application command option types. */
const GROUP = 2;

interface Registered {
  name: string;
  type: number;
  options?: Registered[];
}

/** The command, with its verb where it has verbs, and the words in its one option: `/roundup list` is `['roundup list', {}]`. */
export function filledIn(line: string, commands: object[]): [command: string, options: Record<string, string>] {
  const [, name, verb, words] = /^\/(\S+) ?(\S*) ?(.*)$/s.exec(line)!;
  if (name === 'paper') return ['paper', { query: `${verb} ${words}`.trim() }];
  const command = (commands as Registered[]).find((one) => one.name === name);
  const chosen = command?.options?.find((one) => one.name === verb);
  if (chosen?.type === GROUP) return inGroup(name!, chosen, words!);
  const option = chosen?.options?.[0]?.name;
  return [`${name} ${verb}`, words && option ? { [option]: words } : {}];
}

// `/roundup me list`: a menu within the menu.
function inGroup(command: string, group: Registered, words: string): [command: string, options: Record<string, string>] {
  const [, verb, rest] = /^(\S*) ?(.*)$/s.exec(words)!;
  const option = group.options?.find((one) => one.name === verb)?.options?.[0]?.name;
  return [`${command} ${group.name} ${verb}`, rest && option ? { [option]: rest } : {}];
}
