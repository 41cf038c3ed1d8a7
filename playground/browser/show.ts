// Puts a new page in the place of the one that is shown, without losing what somebody has opened, scrolled or focused.

/** The parts that are replaced as a whole; of the others, only where their forms go. */
const REPLACED = ['.clock', '.try', '#windows'];
const KEPT = 'form:is(.top *, .say)';

export function show(next: Document): void {
  const opened = [...document.querySelectorAll('details[open]')].map(({ id }) => id);
  const scrolled = [...document.querySelectorAll('.messages')].map((list) => [placeOf(list), list.scrollTop] as const);
  const focused = document.activeElement;
  const back = focused && focused !== document.body ? pathTo(focused) : undefined;

  document.documentElement.dataset.theme = next.documentElement.dataset.theme ?? '';
  document.body.className = next.body.className;
  for (const part of REPLACED) document.querySelector(part)!.replaceWith(next.querySelector(part)!);
  // It goes on being the same element, so that a screen reader reads what is new in it.
  document.querySelector('#told')!.replaceChildren(...next.querySelector('#told')!.childNodes);
  const forms = next.querySelectorAll<HTMLFormElement>(KEPT);
  document.querySelectorAll<HTMLFormElement>(KEPT).forEach((form, at) => form.setAttribute('action', forms[at]!.getAttribute('action')!));

  for (const id of opened) document.getElementById(id)?.setAttribute('open', '');
  for (const list of document.querySelectorAll('.messages')) list.scrollTop = scrolled.find(([place]) => place === placeOf(list))?.[1] ?? 0;
  if (focused?.isConnected) return;
  (back ? document.querySelector<HTMLElement>(back) : null)?.focus({ preventScroll: true });
  if (document.activeElement === document.body) document.querySelector<HTMLElement>('#line')!.focus();
}

function placeOf(list: Element): string {
  return list.getAttribute('aria-label') ?? '';
}

/** Where the same element is in the next page: by its id, or by its message and what it says. */
function pathTo(element: Element): string | undefined {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const message = element.closest('[id]');
  const value = element.getAttribute('value');
  return message && value !== null ? `#${CSS.escape(message.id)} [value="${CSS.escape(value)}"]` : undefined;
}
