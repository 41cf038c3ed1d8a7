// What the page does better with a script than without: it stays where it is, suggests while somebody types, and goes to what is new.
import { suggestWhileTyping } from './combobox.ts';
import { show } from './show.ts';

document.documentElement.classList.add('scripted');
suggestWhileTyping(document);
toTheNewest();

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
  // A menu in a message is sent when something is chosen.
  if (menu.matches('[data-presses]')) menu.form?.requestSubmit(menu.parentElement!.querySelector('button'));
});

document.addEventListener('keydown', (event) => {
  const dialog = (event.target as Element).closest('[role=dialog]');
  if (event.key === 'Escape' && dialog && !event.defaultPrevented) dialog.querySelector<HTMLButtonElement>('button[name=dismiss]')?.click();
});

async function post(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  if (document.body.ariaBusy === 'true') return;
  const fields = [...new FormData(form, submitter)].map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : value.name]);
  await load(form.action, { method: 'POST', body: new URLSearchParams(fields) });
  if (form.matches('.say')) form.querySelector('input')!.value = '';
}

async function load(address: string, init?: RequestInit): Promise<void> {
  document.body.ariaBusy = 'true';
  try {
    const response = await fetch(address, init);
    const text = await response.text();
    if (!response.ok) return tell(text);
    show(new DOMParser().parseFromString(text, 'text/html'));
    history.replaceState(null, '', response.url);
    suggestWhileTyping(document.querySelector('main')!);
    toTheNewest();
  } catch {
    tell('The playground doesn’t answer. Was it ended?');
  } finally {
    document.body.ariaBusy = 'false';
  }
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
  document.querySelector<HTMLElement>('[role=dialog] :is(input, select, button)')?.focus();
}
