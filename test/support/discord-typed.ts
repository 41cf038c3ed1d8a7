// A line as it is typed elsewhere, put into the menus that Discord builds of the registered commands.

interface Registered {
  name: string;
  options?: Registered[];
}

/** The command, with its verb where it has verbs, and the words in its one option: `/roundup list` is `['roundup list', {}]`. */
export function filledIn(line: string, commands: object[]): [command: string, options: Record<string, string>] {
  const [, name, verb, words] = /^\/(\S+) ?(\S*) ?(.*)$/s.exec(line)!;
  if (name === 'paper') return ['paper', { query: `${verb} ${words}`.trim() }];
  const command = (commands as Registered[]).find((one) => one.name === name);
  const option = command?.options?.find((one) => one.name === verb)?.options?.[0]?.name;
  return [`${name} ${verb}`, words && option ? { [option]: words } : {}];
}
