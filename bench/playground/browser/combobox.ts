// Suggestions under a field while somebody types: a combobox as the ARIA practices describe it, with arrows, Enter and Escape.

interface Suggestion {
  line: string;
  hint?: string;
}

const PAUSE_MS = 120;
let lists = 0;

/** Gives every field with `data-suggests` its list; the attribute is the address that is asked. */
export function suggestWhileTyping(within: ParentNode): void {
  for (const field of within.querySelectorAll<HTMLInputElement>('input[data-suggests]')) if (!field.hasAttribute('role')) suggest(field);
}

function suggest(field: HTMLInputElement): void {
  const list = document.createElement('ul');
  list.id = `suggestions-${++lists}`;
  list.className = 'suggestions';
  list.role = 'listbox';
  list.hidden = true;
  list.setAttribute('aria-label', 'Suggestions');
  field.after(list);
  field.role = 'combobox';
  field.setAttribute('aria-autocomplete', 'list');
  field.setAttribute('aria-controls', list.id);
  field.setAttribute('aria-expanded', 'false');
  let active = -1;
  let timer = 0;
  let asked = 0;

  const close = () => {
    clearTimeout(timer);
    asked++;
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    leave();
  };

  const pick = (option: Element) => {
    field.value = (option as HTMLElement).dataset.line!;
    close();
    // Set by a script, it would count as no change.
    field.dispatchEvent(new Event('change', { bubbles: true }));
    // A verb without its words goes on.
    if (field.value.endsWith(' ')) ask();
    field.focus();
  };

  const leave = () => {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = -1;
    field.removeAttribute('aria-activedescendant');
  };

  const move = (by: number) => {
    const options = [...list.children];
    const to = (active + by + options.length) % options.length;
    leave();
    active = to;
    const now = options[active]!;
    now.setAttribute('aria-selected', 'true');
    now.scrollIntoView({ block: 'nearest' });
    field.setAttribute('aria-activedescendant', now.id);
  };

  const fill = (found: Suggestion[]) => {
    leave();
    list.replaceChildren(...found.map(({ line, hint }, at) => optionOf(`${list.id}-${at}`, line, hint)));
    list.hidden = found.length === 0;
    field.setAttribute('aria-expanded', String(!list.hidden));
  };

  async function load(turn: number): Promise<void> {
    const address = new URL(field.dataset.suggests!, location.href);
    for (const [name, value] of new URLSearchParams(location.search)) address.searchParams.set(name, value);
    address.searchParams.set('typed', field.value);
    const found = (await (await fetch(address)).json()) as Suggestion[];
    // What was typed since has asked anew; and whoever has begun to choose goes on in what they see.
    if (turn === asked && active < 0 && document.activeElement === field) fill(found);
  }

  function ask(): void {
    clearTimeout(timer);
    leave();
    const turn = ++asked;
    timer = window.setTimeout(() => void load(turn).catch(close), PAUSE_MS);
  }

  field.addEventListener('input', ask);
  field.addEventListener('blur', close);
  field.form?.addEventListener('submit', close);
  field.addEventListener('keydown', (event) => {
    if (list.hidden) return event.key === 'ArrowDown' ? ask() : undefined;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(active < 0 ? 0 : -1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && active >= 0) pick(list.children[active]!);
    else return;
    event.preventDefault();
  });
  // Before the field loses the focus.
  list.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    const option = (event.target as Element).closest('[role=option]');
    if (option) pick(option);
  });
}

function optionOf(id: string, line: string, hint: string | undefined): HTMLElement {
  const option = document.createElement('li');
  option.id = id;
  option.role = 'option';
  option.setAttribute('aria-selected', 'false');
  option.dataset.line = line;
  option.append(line);
  if (hint) {
    const small = document.createElement('small');
    small.textContent = hint;
    option.append(' ', small);
  }
  return option;
}
