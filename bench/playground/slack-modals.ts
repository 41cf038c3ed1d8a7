// The modals that stand open before people in Slack, one on another, and what is filled into them.
import type { SlackServer, SlackView } from '../../test/support/slack-server.ts';
import type { Person } from './people.ts';
import type { Filled, Json, OpenForm } from './side.ts';

type Fields = Pick<OpenForm, 'filled' | 'errors'>;

export interface Modals {
  /** Takes in what was opened since; by whom, Slack's trigger says. */
  listen(person: Person): void;
  /** A modal that came with an acknowledgement, to stand on the others. */
  push(view: Json, person: Person): void;
  /** A modal that came with an acknowledgement, in place of the one on top; what was filled in stays. */
  replace(view: Json, person: Person): void;
  /** The one on top, as it is now. */
  top(person: Person): SlackView | undefined;
  form(person: Person): OpenForm | undefined;
  /** One is filled in so. */
  note(id: string, fields: Partial<Fields>): void;
  close(person: Person): void;
}

export function slackModals({ views }: SlackServer): Modals {
  const stacks = new Map<string, string[]>();
  const fields = new Map<string, Fields>();
  let taken = 0;

  const stackOf = ({ slack: { id } }: Person) => stacks.get(id) ?? [];
  const top: Modals['top'] = (person) => views.find(({ id }) => id === stackOf(person).at(-1));

  const modals: Modals = {
    listen(person) {
      for (; taken < views.length; taken++) {
        const { id, previous_view_id: under } = views[taken]!;
        // One that is opened by itself takes the place of all others.
        if (under === null) while (top(person)) modals.close(person);
        stacks.set(person.slack.id, [...stackOf(person), id]);
      }
    },
    push(view, person) {
      const under = top(person);
      const id = `V${views.length + 1}`;
      views.push({ ...view, id, hash: id, root_view_id: under?.root_view_id ?? id, previous_view_id: under?.id ?? null } as unknown as SlackView);
      modals.listen(person);
    },
    replace: (view, person) => void Object.assign(top(person) ?? {}, view),
    top,
    form(person) {
      const view = top(person);
      if (!view) return undefined;
      // As the bot sent it.
      const { id, hash: _hash, root_view_id: _root, previous_view_id: _under, ...payload } = view;
      return { key: id, payload, filled: {}, errors: {}, ...fields.get(id) };
    },
    note: (id, some) => void fields.set(id, { filled: {}, errors: {}, ...fields.get(id), ...some }),
    close(person) {
      const closed = top(person);
      if (closed) closed.closed = true;
      stacks.set(person.slack.id, stackOf(person).slice(0, -1));
    },
  };
  return modals;
}

interface Input {
  block_id: string;
  element?: { type: string; options?: { text: Json; value: string }[] };
}

/** What Slack tells of a field that is filled with these words, by the field's kind. */
export function valueOf({ blocks }: Json, field: string, words: string[] = []): Json {
  const element = (blocks as Input[]).find(({ block_id: id }) => id === field)?.element;
  const options = words.filter(Boolean).map((value) => ({ text: { type: 'plain_text', text: value }, value }));
  if (element?.type === 'timepicker') return { selected_time: words[0] || null };
  if (element?.type === 'checkboxes') return { selected_options: options };
  return { selected_option: options[0] ?? null };
}

/** The same of all fields of a modal. */
export function valuesOf(view: Json, filled: Filled): Record<string, Json> {
  const fields = (view.blocks as Input[]).filter(({ element }) => element);
  return Object.fromEntries(fields.map(({ block_id: id }) => [id, valueOf(view, id, filled[id])]));
}

/** True where only what is offered can be chosen. */
export function isSearched({ blocks }: Json, field: string): boolean {
  return (blocks as Input[]).some(({ block_id: id, element }) => id === field && element?.type === 'external_select');
}
