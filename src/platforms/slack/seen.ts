/**
 * Remembers the last `most` ids. Slack delivers a command, a press or an event again when its ack was lost, up
 * to minutes later and with the same id.
 */
export function rememberIds(most = 5_000): (id: string) => boolean {
  const ids = new Set<string>();
  return (id) => {
    if (ids.has(id)) return true;
    ids.add(id);
    if (ids.size > most) ids.delete(ids.values().next().value!);
    return false;
  };
}
