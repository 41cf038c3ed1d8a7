import type { CommandSpec, VerbSpec } from './chat.ts';

/** `Use it like this: /roundup schedule 09:00 Europe/Berlin weekdays` */
export function usage(command: CommandSpec, spec: VerbSpec): string {
  const options = spec.options.map(({ name, required }) => (required ? name.toUpperCase() : `[${name.toUpperCase()}]`));
  const shown = spec.name === command.fallback ? [] : [spec.name];
  return `Use it like this: ${[`/${command.name}`, ...shown, ...options].join(' ')}`;
}
