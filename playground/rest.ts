// When the bot has said all that it had to say: it works behind its acknowledgement, so only its silence tells.
import { setTimeout as pause } from 'node:timers/promises';

/** Looking a paper up may take the bot 20 s. */
const PATIENCE_MS = 25_000;
const QUIET_MS = 120;

/** Resolves once the bot has answered and sent no request for a moment. False: it never answered. */
export async function atRest(requests: () => number, answered: () => boolean): Promise<boolean> {
  const end = performance.now() + PATIENCE_MS;
  let seen = requests();
  let quietSince = performance.now();
  while (!answered() || performance.now() - quietSince < QUIET_MS) {
    if (performance.now() > end) return answered();
    await pause(10);
    if (requests() !== seen) [seen, quietSince] = [requests(), performance.now()];
  }
  return true;
}
