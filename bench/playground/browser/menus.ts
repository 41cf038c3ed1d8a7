// Menus that unfold to have several things chosen: they are sent when they are closed, as Discord does.

export function closeMenus(): void {
  document.addEventListener('click', (event) => {
    const done = (event.target as Element).closest('[data-chooses] button');
    if (!done) return;
    event.preventDefault();
    done.closest('details')!.open = false;
  });
  document.addEventListener('pointerdown', (event) => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>('[data-chooses][open]')) if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener('keydown', (event) => {
    const menu = (event.target as Element).closest<HTMLDetailsElement>('[data-chooses][open]');
    if (event.key !== 'Escape' || !menu) return;
    menu.open = false;
    menu.querySelector('summary')!.focus();
    event.preventDefault();
  });
  // It doesn't bubble.
  document.addEventListener(
    'toggle',
    (event) => {
      const menu = event.target as HTMLDetailsElement;
      if (menu.matches('[data-chooses]') && !menu.open && isChanged(menu)) menu.closest('form')!.requestSubmit(menu.querySelector('button'));
    },
    true,
  );
}

function isChanged(menu: Element): boolean {
  return [...menu.querySelectorAll('input')].some((box) => box.checked !== box.defaultChecked);
}
