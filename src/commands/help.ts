// Help, made from the same list that registers the commands: it can't fall behind.
import { commandFor, wordlessVerb, type Command, type Verb } from '../command.ts';
import { usage } from '../core/usage.ts';
import { note, type Block, type Doc } from '../core/doc.ts';

/** The `help` verb of a command; `more` follows the list of verbs. */
export function helpVerb(name: string, more: Block[]): Verb {
  return wordlessVerb({
    name: 'help',
    summary: 'What can be said here',
    who: 'anyone',
    audience: 'asker',
    run: async ({ channel }, deps) => helpDoc(commandFor(deps.commands.find((command) => command.name === name)!, deps.can(channel.platform)), more),
  });
}

/** Lists what a command can do; `more` follows. */
export function helpDoc(command: Command, more: Block[]): Doc {
  return {
    title: `/${command.name}`,
    summary: `Here is all that /${command.name} can do.`,
    blocks: [
      ...command.verbs
        .filter(({ name }) => name !== 'help')
        .map((spec): Block => ({
          kind: 'item',
          title: { text: usage(command, spec).replace('Use it like this: ', ''), code: true },
          facts: [spec.summary, ...(spec.who === 'manager' ? ['for those who manage the channel'] : [])],
        })),
      ...more,
      note('Words in capitals are yours to fill in; those in [brackets] can be left out.'),
    ],
  };
}
