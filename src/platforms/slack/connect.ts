// The connection to Slack: Bolt for what comes in, two Web API clients for what goes out.
import type { App, Receiver, SocketModeReceiver } from '@slack/bolt';
import type { ChatAdapter, PlatformIo } from '../../core/platform.ts';
import { wordsOf } from '../../core/errors.ts';
import { signIn } from './bot.ts';
import { takeCalls } from './calls.ts';
import { edit, find, post, preflight, tell } from './delivery.ts';
import { watchChannels } from './events.ts';
import { trackFlight } from './flight.ts';
import { takeForms } from './form.ts';
import { openHome, takeHome } from './home.ts';
import { installs, mountInstall } from './install.ts';
import { installationStore } from './installation-store.ts';
import { WAIT_MS } from './limits.ts';
import { boltLogger } from './logger.ts';
import { REQUEST_PATH } from './manifest.ts';
import { lookUpProfile } from './person.ts';
import { openSocket } from './socket.ts';
import { takeViewCalls } from './view-calls.ts';
import { previewLinks } from './unfurl.ts';
import { installedWorkspaces, oneWorkspace, type Workspaces } from './workspaces.ts';

const POST_TIMEOUT_MS = 15_000;
const LOOKUP_TIMEOUT_MS = 5_000;
const RESPOND_TIMEOUT_MS = 15_000;
/** How long stopping waits for answers under way. */
const LAND_MS = 10_000;

/**
 * Signs in with SLACK_BOT_TOKEN, or lets workspaces install the app, and takes calls: Socket Mode with SLACK_APP_TOKEN, else
 * HTTP. Throws NotAllowed when Slack refuses a token, ConfigError when installations can't be opened. Tests shorten `waitMs`.
 */
export async function connect(io: PlatformIo, { waitMs = WAIT_MS }: { waitMs?: number } = {}): Promise<ChatAdapter> {
  const bolt = await import('@slack/bolt');
  const logger = boltLogger(io.log);
  const base = { logger, ...(io.env.SLACK_API_URL && { slackApiUrl: io.env.SLACK_API_URL }) };
  const { WebClient } = bolt.webApi;

  // Never sends twice by itself: the outbox is the one retry loop.
  const poster = new WebClient(undefined, { ...base, timeout: POST_TIMEOUT_MS, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
  const lookup = new WebClient(undefined, {
    ...base,
    timeout: LOOKUP_TIMEOUT_MS,
    retryConfig: { retries: 1, minTimeout: 200 },
    rejectRateLimitedCalls: true,
  });
  const flight = trackFlight((error) => io.log.error({ error: wordsOf(error) }, 'slack answer lost'));
  const workspaces = installs(io.env) ? await installable() : oneWorkspace(io, await signIn(lookup, io.env.SLACK_BOT_TOKEN!), lookup);

  const socket = io.env.SLACK_APP_TOKEN ? socketReceiver() : undefined;
  const receiver = socket ?? httpReceiver();
  const app: App = new bolt.App({
    receiver,
    logger,
    // Nothing is looked up before the ack, and Bolt's own client isn't used.
    authorize: async () => ({}),
    clientOptions: { ...base, fetch: impatientFetch },
    convoStore: false,
  });
  app.error(async (error) => io.log.error({ error: wordsOf(error) }, 'slack call failed'));
  const clients = { lookup, poster };
  const home = openHome(io, workspaces, lookup);
  takeCalls(app, io, workspaces, lookup, flight);
  takeForms(app, home, io, workspaces, clients, flight, waitMs);
  takeHome(app, home, io, workspaces, flight);
  takeViewCalls(app, home, io, workspaces, clients, flight, waitMs);
  watchChannels(app, home, io, workspaces, clients, flight);
  previewLinks(app, io, workspaces, lookup, flight);
  const link = socket && (await openSocket(socket, io));
  flight.start(() => workspaces.begin());
  let heardAt: Date | undefined;
  let stopping = false;

  return {
    post: async (message) => post(poster, await workspaces.bot(message.channel.workspace), message),
    edit: async (message) => edit(poster, await workspaces.bot(message.channel.workspace), message),
    find: async (message) => find(lookup, await workspaces.bot(message.channel.workspace), message),
    preflight: (channel) => preflight(lookup, workspaces, channel),
    tell: async (to, payload) => tell(clients, await workspaces.bot(to.workspace), to.person, payload),
    standing: async ({ workspace }, person) => (await lookUpProfile(lookup, () => workspaces.bot(workspace), person, io.log)).standing,
    state: () => link?.state() ?? { connected: true, ...(heardAt && { lastEventAt: heardAt }) },
    check: () => workspaces.describe(),
    async stop() {
      stopping = true;
      // Calls that came before the socket closed are still answered: that goes over HTTP.
      if (link) flight.start(() => link.close());
      const left = await flight.land(LAND_MS);
      if (left > 0) io.log.warn({ left }, 'slack stopped with answers under way');
    },
  };

  async function installable(): Promise<Workspaces> {
    await io.installations.open();
    const store = installationStore(io, lookup);
    // Channels that were lost with an older installation go on by themselves.
    const installed = (workspace: string) => flight.start(() => io.workspaceChanged(workspace, { back: true }));
    // A code from Slack is good for one exchange, so it isn't tried twice.
    const clientOptions = { ...base, timeout: LOOKUP_TIMEOUT_MS, retryConfig: { retries: 0 } };
    mountInstall({ Receiver: bolt.HTTPReceiver, io, store, logger, clientOptions, installed });
    return installedWorkspaces(io, store);
  }

  function socketReceiver(): SocketModeReceiver {
    return new bolt.SocketModeReceiver({
      appToken: io.env.SLACK_APP_TOKEN!,
      logger,
      installerOptions: { clientOptions: { ...base, retryConfig: { retries: 1_000, factor: 1.3, maxTimeout: 30_000 } } },
    });
  }

  function httpReceiver(): Receiver {
    const http = new bolt.HTTPReceiver({ signingSecret: io.env.SLACK_SIGNING_SECRET!, endpoints: REQUEST_PATH, logger });
    io.mount({
      method: 'POST',
      path: REQUEST_PATH,
      handle(request, response) {
        // Not acknowledged, so Slack shows that it failed, or delivers an event again.
        if (stopping) return void response.writeHead(503).end();
        heardAt = io.now();
        http.requestListener(request, response);
      },
    });
    return http;
  }
}

/** `fetch` that gives up: Bolt's own answer to a response_url would wait for ever. */
const impatientFetch: typeof fetch = (url, init) =>
  fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(RESPOND_TIMEOUT_MS) });
