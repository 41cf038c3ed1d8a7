// What the page does better with a script than without: it stays where it is, suggests while somebody types, and goes to what is new.
import { suggestWhileTyping } from './combobox.ts';
import { closeMenus } from './menus.ts';
import { show } from './show.ts';

document.documentElement.classList.add('scripted');
suggestWhileTyping(document);
closeMenus();
toTheNewest();
// At once: the page's autofocus comes later, and what is typed before it would be lost.
focusOn(firstIn(openDialog()) ?? document.querySelector<HTMLElement>('#line'));

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (form.method !== 'post') return;
  event.preventDefault();
  void post(form, event.submitter);
});

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="/"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void load(link.href);
});

document.addEventListener('change', (event) => {
  const menu = event.target as HTMLSelectElement;
  if (menu.matches('[data-view]')) {
    const address = new URL(location.href);
    address.searchParams.set(menu.name, menu.value);
    void load(address.href);
  }
  // A menu in a message is sent when something is chosen, a field of a modal when the bot wants to know of it.
  if (menu.matches('[data-presses]')) menu.form?.requestSubmit(menu.closest('.menu')!.querySelector<HTMLButtonElement>('.go'));
  const change = menu.closest('[id^="form-"]')?.querySelector<HTMLButtonElement>('[name=changed]');
  if (change) menu.form?.requestSubmit(change);
});

document.addEventListener('keydown', (event) => {
  const dialog = (event.target as Element).closest<HTMLElement>('[role=dialog]');
  if (event.key === 'Tab' && dialog) keepIn(dialog, event);
  if (event.key === 'Escape' && dialog && !event.defaultPrevented) dialog.querySelector<HTMLButtonElement>('button[name=dismiss]')?.click();
});

/** What is under way: a change that the bot is told of, or something that somebody does. */
let doing: 'change' | 'act' | undefined;
/** What comes after it, in order. */
const waiting: (() => Promise<void>)[] = [];

async function post(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const fields = [...new FormData(form, submitter)].map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : value.name]);
  const kind = submitter?.matches('[name=changed]') ? 'change' : 'act';
  const line = form.matches('.say') ? form.querySelector('input') : null;
  const send = async () => {
    doing = kind;
    const answered = await load(form.action, { method: 'POST', body: new URLSearchParams(fields) });
    // What was not taken may be mended, unless the next line is being typed.
    if (!answered && line?.value === '') line.value = String(fields.find(([name]) => name === line.name)?.[1]);
    doing = undefined;
    await waiting.shift()?.();
  };
  // At once, for whoever types on.
  if (line) line.value = '';
  if (!doing) return send();
  // A second press is one too many; a second line is another one. Leaving a field for a button tells of the change first.
  if (line || doing === 'change' || kind === 'change') waiting.push(send);
}

/** True when it was taken. */
async function load(address: string, init?: RequestInit): Promise<boolean> {
  const opened = openDialog();
  document.body.ariaBusy = 'true';
  try {
    const response = await fetch(address, init);
    const text = await response.text();
    if (!response.ok) {
      tell(text);
      return false;
    }
    show(new DOMParser().parseFromString(text, 'text/html'));
    history.replaceState(null, '', response.url);
    suggestWhileTyping(document.querySelector('main')!);
    toTheNewest();
    const dialog = openDialog();
    if (dialog?.dataset.key !== opened?.dataset.key || !dialog?.contains(document.activeElement)) focusOn(firstIn(dialog));
    return true;
  } catch {
    tell('The playground doesn’t answer. Was it ended?');
    return false;
  } finally {
    document.body.ariaBusy = 'false';
  }
}

function openDialog(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[role=dialog]');
}

function firstIn(dialog: HTMLElement | null): HTMLElement | null | undefined {
  return dialog?.querySelector<HTMLElement>(':is(input, select, textarea, footer button):not([hidden], [type=hidden])');
}

// At a glance, the roundup comes first and the form last.
function focusOn(element: HTMLElement | null | undefined): void {
  element?.focus({ preventScroll: document.body.matches('.glance') });
}

// Whoever goes through a modal by the keyboard stays in it.
function keepIn(dialog: HTMLElement, event: KeyboardEvent): void {
  const stops = [...dialog.querySelectorAll<HTMLElement>('input, select, textarea, button, summary, [tabindex="0"]')].filter((one) => one.checkVisibility() && one.tabIndex >= 0);
  const [first, last] = [stops[0], stops.at(-1)];
  const [from, to] = event.shiftKey ? [first, last] : [last, first];
  if (document.activeElement !== from) return;
  to?.focus();
  event.preventDefault();
}

function tell(words: string): void {
  const line = document.createElement('p');
  line.textContent = words;
  document.querySelector('#told')!.replaceChildren(line);
}

function toTheNewest(): void {
  for (const fresh of document.querySelectorAll('[data-fresh]')) {
    const messages = fresh.closest<HTMLElement>('.messages')!;
    messages.scrollTop = messages.scrollTop + fresh.getBoundingClientRect().top - messages.getBoundingClientRect().top - 8;
  }
}
