// A connected Slack adapter against the loopback server, in either mode, with everything that it said and was told.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Call, ChannelRef, CommandSpec } from '../../../src/core/chat.ts';
import type { ChatAdapter, OutboxMessage, PlatformIo, Route } from '../../../src/core/platform.ts';
import { say } from '../../../src/core/doc.ts';
import type { Form, Prospect } from '../../../src/core/form.ts';
import type { LinkPreview } from '../../../src/core/linked.ts';
import type { Log } from '../../../src/core/log.ts';
import { connect } from '../../../src/platforms/slack/connect.ts';
import { slack } from '../../../src/platforms/slack/index.ts';
import { claims, wordsKept } from '../../support/factories.ts';
import { memoryInstallations } from '../../support/installations.ts';
import { slackProblems, slackViewProblems } from '../../support/slack-contract.ts';
import { startSlackServer, type SlackServer } from '../../support/slack-server.ts';

export type Mode = 'socket' | 'http';

export const SIGNING_SECRET = 'shhh';

export interface Rig {
  server: SlackServer;
  adapter: ChatAdapter;
  calls: Call[];
  changes: { channel?: ChannelRef; workspace?: string; change: object }[];
  /** Why the bot said that its connection is lost for good. */
  lost: string[];
  /** Every log line as one string. */
  logged: string[];
  /** Where HTTP mode listens. */
  url: string;
  /** May be replaced. */
  now: () => Date;
  /** What a call has to be filled in with, and would bring; may be replaced. */
  form: Form | undefined;
  prospect: Prospect | undefined;
  /** What handle() answers; may be replaced. */
  handle: (call: Call) => Promise<Answer>;
  /** What links in messages show; may be replaced. */
  previews: PlatformIo['previews'];
  stop(): Promise<void>;
}

export const commands: CommandSpec[] = [
  { name: 'paper', summary: 'Looks papers up.', verbs: [] },
  { name: 'roundup', summary: 'Manages this channel’s roundup.', verbs: [] },
];

/** What two processes of one bot share. */
export interface Shared {
  server?: SlackServer;
  claim?: PlatformIo['claim'];
  installations?: PlatformIo['installations'];
  /** How long an answer to a form or a press in a view is waited for. */
  waitMs?: number;
}

export async function startRig(mode: Mode = 'socket', shared: Shared = {}): Promise<Rig> {
  const server = shared.server ?? (await startSlackServer({ problemsOf: slackProblems, problemsOfView: slackViewProblems }));
  const routes: Route[] = [];
  const web = await listen(routes);
  const rig = { calls: [], changes: [], logged: [], lost: [], now: () => new Date() } as unknown as Rig;
  const log = logInto(rig.logged);
  const io: PlatformIo = {
    env: {
      SLACK_BOT_TOKEN: 'xoxb-secret',
      SLACK_API_URL: server.url,
      ...(mode === 'socket' ? { SLACK_APP_TOKEN: 'xapp-secret' } : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
    },
    commands,
    handle(call) {
      rig.calls.push(call);
      return rig.handle(call);
    },
    complete: async () => [],
    form: async () => rig.form,
    foresee: async () => rig.prospect,
    words: wordsKept(),
    home: async (whose) => say(`${whose.person.id} is in ${(await whose.isIn(['C1', 'C9'])).join(' and ')}.`),
    greeting: async () => undefined,
    previews: (channel, message) => rig.previews(channel, message),
    papersIn: async () => [],
    channelChanged: async (channel, change) => void rig.changes.push({ channel, change }),
    workspaceChanged: async (workspace, change) => void rig.changes.push({ workspace, change }),
    claim: shared.claim ?? claims(),
    lost: (why) => void rig.lost.push(why),
    installations: shared.installations ?? memoryInstallations(() => rig.now()),
    takeTurns: async () => new Date(),
    leases: { take: async () => true, giveBack: async () => {} },
    seal: (words) => words,
    memory: { get: async () => undefined, set: async () => {} },
    mount: (route) => void routes.push(route),
    log,
    now: () => rig.now(),
  };
  const adapter = await connect(io, shared);
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/slack/events`;
  if (mode === 'http') server.sendTo({ url, signingSecret: SIGNING_SECRET });
  return Object.assign(rig, {
    server,
    adapter,
    url,
    previews: async (): Promise<LinkPreview[]> => [],
    handle: async (call: Call): Promise<Answer> => ({ doc: say(`You said ${call.text}.`), audience: 'asker' }),
    async stop() {
      await adapter.stop();
      web.closeAllConnections();
      web.close();
      if (!shared.server) await server.stop();
    },
  });
}

/** One message of a roundup, as the outbox hands it over. */
export function outboxMessage(more: Partial<OutboxMessage> = {}): OutboxMessage {
  return {
    key: 'round-1-0',
    channel: { platform: 'slack', workspace: 'T1', id: 'C1' },
    payload: slack.render(say('Ten papers for today.'))[0]!,
    title: 'Papers',
    parent: undefined,
    firstTriedAt: undefined,
    ...more,
  };
}

async function listen(routes: Route[]): Promise<Server> {
  const web = createServer((request, response) => {
    const route = routes.find(({ method, path }) => method === request.method && path === request.url);
    if (route) route.handle(request, response);
    else response.writeHead(404).end();
  });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  return web;
}

function logInto(lines: string[]): Log {
  const write = (data: object, text: string) => void lines.push(`${text} ${JSON.stringify(data)}`);
  return { debug: write, info: write, warn: write, error: write };
}
