// When the bot has said all that it had to say: it works behind its acknowledgement, so only its silence tells.
import { setTimeout as pause } from 'node:timers/promises';

/** Looking a paper up may take the bot 20 s. */
const PATIENCE_MS = 25_000;
/** Looks and not milliseconds: on a busy machine time passes while the bot can do nothing. */
const QUIET_LOOKS = 12;
const LOOK_MS = 10;

/** Resolves once the bot has answered and sent no request for a moment. False: it never answered. */
export async function atRest(requests: () => number, answered: () => boolean): Promise<boolean> {
  const end = performance.now() + PATIENCE_MS;
  let [seen, quiet] = [requests(), 0];
  while (!answered() || quiet < QUIET_LOOKS) {
    if (performance.now() > end) return answered();
    await pause(LOOK_MS);
    quiet = requests() === seen ? quiet + 1 : 0;
    seen = requests();
  }
  return true;
}
