/** Labels may begin with the number of the paper that they are about: `3 · Details`. */
export function findLabelled<T>(buttons: T[], labelOf: (button: T) => string, label: string): T {
  const found = buttons.find((one) => labelOf(one).replace(/^\d+ · /, '') === label);
  if (!found) throw new Error(`no button “${label}”; there are ${buttons.map(labelOf).join(', ')}`);
  return found;
}
