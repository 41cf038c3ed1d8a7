/** Labels may begin with the number of the paper that they are about: `3 · Details`. */
export function findLabelled<T>(buttons: T[], labelOf: (button: T) => string, label: string): T {
  const found = buttons.find((one) => isLabelled(labelOf(one), label));
  if (!found) throw new Error(`no button “${label}”; there are ${buttons.map(labelOf).join(', ')}`);
  return found;
}

export function isLabelled(shown: string, label: string): boolean {
  return shown.replace(/^\d+ · /, '') === label;
}
