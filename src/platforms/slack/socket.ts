// Socket Mode: how the connection is doing, and when it can't be revived.
import type { SocketModeReceiver } from '@slack/bolt';
import type { ConnectionState, PlatformIo } from '../../core/platform.ts';
import { NotAllowed, wordsOf } from '../../core/errors.ts';
import { verdictOf } from './verdict.ts';

type SocketModeClient = SocketModeReceiver['client'];

export interface Link {
  state(): ConnectionState;
  close(): Promise<void>;
}

const LOOK_MS = 30_000;
/** Looks in a row, ten minutes of them. Counted, since the clock may jump; Slack's client itself would try for ever. */
const MOST_LOOKS = 20;

const NEW_APP_TOKEN = 'Make an app-level token with the scope connections:write and set SLACK_APP_TOKEN to it.';

/** Connects. Throws NotAllowed when Slack refuses the app token. Later the connection comes back by itself, or is told lost. */
export async function openSocket({ client }: SocketModeReceiver, io: Pick<PlatformIo, 'now' | 'log' | 'lost'>): Promise<Link> {
  let heardAt: Date | undefined;
  const heard = () => (heardAt = io.now());
  client.on('connected', heard);
  client.on('slack_event', heard);
  try {
    await client.start();
  } catch (error) {
    const verdict = verdictOf(error);
    throw verdict instanceof NotAllowed ? new NotAllowed(verdict.code, NEW_APP_TOKEN) : verdict;
  }
  const isConnected = () => client.websocket?.isActive() ?? false;
  const look = countLooks(isConnected, () => io.lost('Socket Mode has not been connected for ten minutes'));
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  surviveRestarts(client, (error) => {
    clearInterval(timer);
    io.lost(`Slack refuses to connect again: ${wordsOf(error)}`);
  });
  return {
    state: () => ({ connected: isConnected(), ...(heardAt && { lastEventAt: heardAt }) }),
    async close() {
      clearInterval(timer);
      await client.disconnect();
    },
  };
}

/** A function to be called now and then, which calls `lost` once when so many looks in a row found no connection. */
export function countLooks(isConnected: () => boolean, lost: () => void, most = MOST_LOOKS): () => void {
  let failed = 0;
  return () => {
    failed = isConnected() ? 0 : failed + 1;
    if (failed === most) lost();
  };
}

// The client starts itself again after a cut, and nobody awaits that: a rejection there would end the process unasked.
function surviveRestarts(client: SocketModeClient, refused: (error: unknown) => void): void {
  const inner = client as unknown as { retrieveWSSURL(): Promise<string> };
  const retrieve = inner.retrieveWSSURL.bind(client);
  inner.retrieveWSSURL = () =>
    retrieve().catch((error: unknown) => {
      refused(error);
      return new Promise<never>(() => {});
    });
  const start = client.start.bind(client);
  // Only stopping rejects it now.
  client.start = () => start().catch(() => ({ ok: false }));
}
