// Puts a new page in the place of the one that is shown, without losing what somebody has opened, scrolled, typed or focused.
import { Idiomorph } from 'idiomorph';

/** What a field's list of suggestions has made of it. */
const OF_SUGGESTIONS = ['role', 'aria-autocomplete', 'aria-controls', 'aria-expanded', 'aria-activedescendant'];

export function show(next: Document): void {
  document.documentElement.dataset.theme = next.documentElement.dataset.theme ?? '';
  // Elements go on being the same, so that a screen reader reads what is new in them.
  void Idiomorph.morph(document.body, next.body, {
    callbacks: {
      beforeNodeMorphed: (node) => !isElement(node) || !node.matches('#line'),
      beforeNodeRemoved: (node) => !isElement(node) || !node.matches('.suggestions'),
      beforeAttributeUpdated(name, node) {
        const isPeoples = name === 'open' || (name === 'value' && node === document.activeElement && node.matches('input, textarea'));
        return !isPeoples && !(node.matches('[data-suggests]') && OF_SUGGESTIONS.includes(name));
      },
    },
  });
  if (document.activeElement === document.body) document.querySelector<HTMLElement>('#line')!.focus();
}

function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE;
}
