// A form's message on Discord, as a person sees it.
import { componentsOf, type DiscordMessage, type Seen } from './discord-server.ts';

export interface SeenForm {
  message: DiscordMessage;
  words: string;
  /** What its selects show as chosen, by field. */
  chosen: Record<string, string[]>;
  /** All that a field's selects offer. */
  offered(field: string): string[];
  /** The `custom_id` of the select of this field that offers this. */
  select(field: string, value: string): string;
}

export const SEND = 'form:send roundup subscribe';
export const OTHER_WORDS = 'form:words roundup subscribe';

/** The form that a command opened, or that a press or a choice has redrawn. */
export function formIn({ ephemeral, public: shown }: Seen): SeenForm {
  const [message, ...more] = ephemeral;
  if (!message || more.length || shown.length) throw new Error(`not one form alone, but ${ephemeral.length} messages and ${shown.length} for all`);
  const all = componentsOf(message);
  const fields = all.flatMap(({ custom_id: id = '', options = [] }) => {
    const field = /^form:set \S+ \S+ (\S+)/.exec(id)?.[1];
    return field ? [{ id, field, options }] : [];
  });
  const chosen: SeenForm['chosen'] = {};
  for (const { field, options } of fields) chosen[field] = [...(chosen[field] ?? []), ...options.filter((one) => one.default).map(({ label }) => label)];
  const optionsOf = (field: string) => fields.filter((one) => one.field === field);
  return {
    message,
    words: all.flatMap(({ content }) => content ?? []).join('\n'),
    chosen,
    offered: (field) => optionsOf(field).flatMap(({ options }) => options.map(({ value }) => value)),
    select(field, value) {
      const found = optionsOf(field).find(({ options }) => options.some((one) => one.value === value));
      if (!found) throw new Error(`${field} doesn’t offer “${value}”`);
      return found.id;
    },
  };
}
