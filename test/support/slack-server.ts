// Slack on the loopback: the Web API with state, Socket Mode, signed requests, response urls, and faults on demand.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lackedScope } from './slack-scopes.ts';
import { slackManifest } from '../../src/platforms/slack/index.ts';
import { startSocketMode } from './slack-socket-mode.ts';
import { BOT, webApi, type Fault, type Handler, type SlackBot } from './slack-web-api.ts';

type Json = Record<string, unknown>;

export interface SlackMessage extends Json {
  ts: string;
  channel: string;
  text: string;
  thread_ts?: string;
  metadata?: { event_type: string; event_payload: Json };
}

/** A view as Slack hands it back. */
export interface SlackView extends Json {
  id: string;
  hash: string;
  blocks: Json[];
  /** True once somebody has closed it. */
  closed?: true;
}

export interface SlackState {
  /** By id; `C1` (public, the bot is in it) is there from the start. `members` are all people, unless it names them. */
  channels: Map<string, Json>;
  /** By id; `U1` is a full member. */
  users: Map<string, Json>;
  /** Every posted message, oldest first. */
  messages: SlackMessage[];
  /** What was shown to one person alone, unasked: with `channel` and `user`. */
  ephemerals: Json[];
  /** Modals that were opened, oldest first, as they are now. */
  views: SlackView[];
  /** What each person's Home shows, by user. */
  homes: Map<string, SlackView>;
  /** Messages with links of which the bot was told. */
  shared: { team: string; channel: string; ts: string; urls: string[] }[];
  /** Previews of links that the bot has shown, oldest first. */
  unfurls: { channel: string; ts: string; unfurls: Record<string, Json> }[];
  /** What was uploaded, by id, and the conversation in which it was shared. */
  files: Map<string, { name: string; text?: string; channel?: string; comment?: string }>;
  /** What the bot's token may do; undefined leaves the header out. */
  scopes: string[] | undefined;
  /** Whose a token is; `T1`'s bot, where it isn't listed. */
  tokens: Map<string, SlackBot>;
  /** Tokens that a workspace took back. */
  revoked: Set<string>;
  /** What a code from Slack's consent page is exchanged for, by code. */
  grants: Map<string, Json>;
}

/** Slack tells of links to these and to what stands below them, as the app's manifest asks. */
const { unfurl_domains: DOMAINS } = slackManifest([]).features;

export interface Where {
  user?: string;
  channel?: string;
  /** The workspace: `T1`, unless it is told. */
  team?: string;
  /** Of a press: what Slack tells of the message that the button is in. */
  message?: Json;
  /** Of a press in the preview of a link: the link. Of the message itself, Slack then tells nothing. */
  unfurl?: string;
  /** How many answers to wait for. */
  answers?: number;
}

/** How the server reaches the bot: undefined is Socket Mode. */
export type Door = { url: string; signingSecret: string } | undefined;

/** What Slack sends to a bot, and what came back for it. */
export interface Delivery {
  ackMs: number | undefined;
  /** HTTP status of the ack, where there is one. */
  status: number | undefined;
  /** What came with the ack. */
  ack?: Json | undefined;
  /** Bodies sent to the response_url, in order; grows. */
  answers: Json[];
}

/** Starts it on a free port. `problemsOf` judges each message and answer, `problemsOfView` each view: what they find is thrown by `stop`. */
export async function startSlackServer(options: { problemsOf?: (payload: Json) => string[]; problemsOfView?: (view: Json) => string[]; now?: () => number } = {}) {
  const state: SlackState = {
    channels: new Map([['C1', { id: 'C1', name: 'papers', is_member: true, is_archived: false }]]),
    users: new Map([['U1', { id: 'U1', name: 'ana', team_id: BOT.team, tz: 'Europe/Berlin' }]]),
    messages: [],
    ephemerals: [],
    views: [],
    homes: new Map(),
    shared: [],
    unfurls: [],
    files: new Map(),
    scopes: undefined,
    tokens: new Map(),
    revoked: new Set(),
    grants: new Map(),
  };
  const requests: { method: string; body: Json }[] = [];
  const faults: { method: string; fault: Fault }[] = [];
  const problems: string[] = [];
  const deliveries = new Map<string, Delivery>();
  /** What is filled into each modal, by view, block and element. */
  const inputs = new Map<string, Record<string, Json>>();
  let ids = 0;
  let last: { kind: string; body: Json; delivery: Delivery } | undefined;
  let door: Door;

  const http = createServer((request, response) => void serve(request, response));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const socket = startSocketMode(http);
  const api = webApi(state, { socketUrl: `${origin.replace('http', 'ws')}/socket`, origin, now: options.now ?? Date.now });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await textOf(request);
    const [, place, name = ''] = request.url!.split('/');
    if (place === 'upload') {
      state.files.get(name)!.text = await fileIn(raw, request.headers['content-type']);
      return end(response, { status: 200, body: 'OK' });
    }
    const body = place === 'api' ? formOf(raw) : (JSON.parse(raw) as Json);
    const method = place === 'api' ? name : 'response_url';
    requests.push({ method, body });
    const at = faults.findIndex((planned) => planned.method === method);
    const fault = at < 0 ? undefined : faults.splice(at, 1)[0]!.fault;
    const handler: Handler | undefined = place === 'api' ? api[name] : () => respondTo(name, body);
    const refusal = fault ? refusalBy(fault) : undefined;
    if (refusal) return end(response, refusal);
    const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const unknown = state.revoked.has(token) ? 'token_revoked' : handler ? undefined : 'unknown_method';
    const lacked = place === 'api' && !unknown ? lackedScope(name, body, state.channels.get(String(body.channel))) : undefined;
    if (lacked) problems.push(`${name} takes the scope ${lacked}, which the manifest doesn’t ask for`);
    const error = unknown ?? (lacked && 'missing_scope');
    const answer = error ? { ok: false, error } : handler!(body, state.tokens.get(token) ?? BOT);
    judge(method, body, answer);
    if (fault === 'reset') request.socket.resetAndDestroy();
    else if (fault !== 'hang') end(response, { status: 200, headers: scopeHeader(), body: answer });
  }

  function judge(method: string, body: Json, answer: Json): void {
    if (method.startsWith('views.')) return judgeView(method, body.view as Json);
    if (method === 'chat.update' && answer.ok) return judgeUpdate(body);
    if (answer.ok === false || !['chat.postMessage', 'chat.postEphemeral', 'chat.unfurl', 'response_url'].includes(method)) return;
    for (const problem of options.problemsOf?.(method === 'chat.postEphemeral' ? { ...body, user: undefined } : body) ?? []) problems.push(`${method}: ${problem}`);
  }

  // A message that is updated is held to what a new one is; how links unfold was settled then.
  function judgeUpdate({ ts: _, ...body }: Json): void {
    const unknown = ['unfurl_links', 'unfurl_media', 'thread_ts'].filter((key) => key in body).map((key) => `takes no ${key}`);
    const found = options.problemsOf?.({ ...body, unfurl_links: false, unfurl_media: false }) ?? [];
    for (const problem of [...unknown, ...found]) problems.push(`chat.update: ${problem}`);
  }

  function judgeView(where: string, view: Json): void {
    for (const problem of options.problemsOfView?.(view) ?? []) problems.push(`${where}: ${problem}`);
  }

  function respondTo(id: string, body: Json): Json {
    deliveries.get(id)?.answers.push(body);
    return { ok: true };
  }

  const scopeHeader = (): Record<string, string> => (state.scopes ? { 'x-oauth-scopes': state.scopes.join(',') } : {});

  async function deliver(kind: 'slash_commands' | 'interactive' | 'events_api', body: Json, wanted: number, { respond = true } = {}): Promise<Delivery> {
    const id = `${++ids}`;
    const delivery: Delivery = { ackMs: undefined, status: undefined, answers: [] };
    deliveries.set(id, delivery);
    const answerTo = respond ? { response_url: `${origin}/response/${id}` } : {};
    const asks = kind === 'events_api' ? {} : { trigger_id: `trigger-${id}`, ...answerTo };
    last = { kind, body: { ...body, ...asks }, delivery };
    await send(last.kind, last.body, delivery);
    await until(() => delivery.answers.length >= wanted, () => `${delivery.answers.length} of ${wanted} answers`);
    return delivery;
  }

  async function send(kind: string, body: Json, delivery: Delivery): Promise<void> {
    const began = performance.now();
    if (door) {
      const { status, text } = await exchange(door, kind, body);
      Object.assign(delivery, { status, ...(text.startsWith('{') && { ack: JSON.parse(text) as Json }) });
    } else delivery.ack = await socket.send(kind, body);
    delivery.ackMs = performance.now() - began;
    const pushed = delivery.ack?.view as Json | undefined;
    if (pushed) judgeView(`response_action ${String(delivery.ack?.response_action)}`, pushed);
  }

  // Of a press or a choice in a view: no channel and no response_url, and the Home tells a name where a modal tells a username.
  function inView(view: Json, action: Json, user: string): Promise<Delivery> {
    const name = state.users.get(user)?.name;
    const who = { id: user, ...(view.type === 'home' ? { name } : { username: name }), team_id: state.users.get(user)?.team_id };
    const about = { user: who, team: { id: BOT.team }, api_app_id: 'A1', view, container: { type: 'view', view_id: view.id } };
    return deliver('interactive', { type: 'block_actions', ...about, actions: [{ action_ts: `${++ids}.0`, ...action }] }, 0, { respond: false });
  }

  const server = {
    /** For SLACK_API_URL. */
    url: `${origin}/api/`,
    channels: state.channels,
    users: state.users,
    messages: state.messages,
    files: state.files,
    ephemerals: state.ephemerals,
    views: state.views,
    homes: state.homes,
    unfurls: state.unfurls,
    tokens: state.tokens,
    revoked: state.revoked,
    grants: state.grants,
    requests,
    socket,
    /** What the token may do, as Slack says in a header. */
    grant(scopes: string[]) {
      state.scopes = scopes;
    },
    /** From now on calls are sent as signed HTTP requests, or through Socket Mode again. */
    sendTo(next: Door) {
      door = next;
    },
    /** The next request of the method fails so, `times` times. `response_url` is a method too. */
    fail(method: string, fault: Fault, times = 1) {
      for (let n = 0; n < times; n++) faults.push({ method, fault });
    },
    /** Somebody types a slash command. Resolves when it is acknowledged and answered. */
    slash(command: string, text: string, { user = 'U1', channel = 'C1', team = BOT.team, answers = 1 }: Where = {}) {
      const names = { user_name: state.users.get(user)?.name ?? '', channel_name: state.channels.get(channel)?.name ?? '' };
      const body = { command, text, user_id: user, channel_id: channel, team_id: team, api_app_id: 'A1', ...names };
      return deliver('slash_commands', body, answers);
    },
    /** Somebody presses a button, given as it stands in the message. */
    press(button: Json, { user = 'U1', channel = 'C1', team = BOT.team, message, unfurl, answers = 1 }: Where = {}) {
      const who = { id: user, username: state.users.get(user)?.name, team_id: state.users.get(user)?.team_id };
      const where = { id: channel, name: state.channels.get(channel)?.name };
      const body = { type: 'block_actions', user: who, team: { id: team }, api_app_id: 'A1', channel: where };
      const about = { is_app_unfurl: true, app_unfurl_url: unfurl };
      const place = unfurl ? { app_unfurl: { id: 1, blocks: [], ...about }, container: { type: 'message_attachment', attachment_id: 1, channel_id: channel, ...about } } : { container: {} };
      return deliver('interactive', { ...body, ...(message && { message }), ...place, actions: [{ type: 'button', block_id: 'b', ...button }] }, answers);
    },
    /** Somebody presses a button in a view, given as it stands there. */
    pressIn(view: Json, button: Json, { user = 'U1' }: Where = {}) {
      return inView(view, { type: 'button', block_id: 'b', ...button }, user);
    },
    /** Somebody fills a field of a modal in; the others are as they were. */
    fill(view: Json, field: string, value: Json, { user = 'U1' }: Where = {}) {
      const filled = (inputs.get(String(view.id)) ?? initialOf(view));
      filled[field] = { [field]: value };
      inputs.set(String(view.id), filled);
      const { type, action_id } = (view.blocks as { block_id: string; element: Json }[]).find(({ block_id: id }) => id === field)!.element;
      return inView({ ...view, state: { values: structuredClone(filled) } }, { type, action_id, block_id: field, ...value }, user);
    },
    /** Somebody opens the app's Home. */
    openHome(user = 'U1') {
      const seen = state.homes.get(user);
      return server.event({ type: 'app_home_opened', user, channel: `D${user}`, tab: 'home', event_ts: '1.0', ...(seen && { view: { ...seen } }) });
    },
    /** Somebody types into a modal's field with suggestions; what they are offered is in the ack. */
    type(view: Json, field: string, value: string, { user = 'U1' }: Where = {}) {
      const body = { type: 'block_suggestion', action_id: `search:${field}`, block_id: field, value, view, user: { id: user }, team: { id: BOT.team }, container: {} };
      return deliver('interactive', body, 0);
    },
    /** Somebody submits a modal with these values by block; errors are in the ack. */
    submit(view: Json, values: Record<string, Json>, { user = 'U1' }: Where = {}) {
      const filled = { values: Object.fromEntries(Object.entries(values).map(([block, value]) => [block, { [block]: value }])) };
      const who = { id: user, name: state.users.get(user)?.name };
      return deliver('interactive', { type: 'view_submission', view: { ...view, state: filled }, user: who, team: { id: BOT.team } }, 0, { respond: false });
    },
    /** Slack tells of something that happened in a workspace `at` a time. */
    event(event: Json, { team = BOT.team, at = new Date(options.now?.() ?? Date.now()) }: { team?: string; at?: Date } = {}) {
      const about = { event_id: `Ev${++ids}`, event_time: Math.floor(at.getTime() / 1_000), team_id: team };
      const body = { type: 'event_callback', ...about, api_app_id: 'A1', authorizations: [], event };
      return deliver('events_api', body, 0);
    },
    /**
     * Somebody posts a message with these links, first written or, with its `ts`, changed; undefined when Slack has no
     * reason to tell of it. Resolves when the bot has acknowledged it.
     */
    async share(urls: string[], { user = 'U1', channel = 'C1', team = BOT.team, ts = `${Math.floor((options.now?.() ?? Date.now()) / 1_000)}.${String(++ids).padStart(6, '0')}`, composing = false }: Where & { ts?: string; composing?: boolean } = {}) {
      const links = urls.flatMap((url) => {
        const host = new URL(url).hostname;
        return DOMAINS.some((domain) => host === domain || host.endsWith(`.${domain}`)) ? [{ domain: host, url }] : [];
      });
      if (links.length === 0) return undefined;
      const told = links.map(({ url }) => url);
      if (!composing) state.shared.push({ team, channel, ts, urls: told });
      const about = composing ? { channel_id: 'COMPOSER', source: 'composer' } : { channel, is_bot_user_member: true, source: 'conversations_history' };
      await server.event({ type: 'link_shared', user, message_ts: ts, unfurl_id: `${channel}.${ts}`, event_ts: ts, links, ...about }, { team });
      return ts;
    },
    /** Sends the last call once more, as Slack does when it lost the ack. */
    repeat: () => send(last!.kind, last!.body, last!.delivery),
    /** Every request that is under way breaks. */
    hangUp: () => http.closeAllConnections(),
    /** Closes everything; throws what was wrong with the messages it took. */
    async stop() {
      socket.close();
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
      if (problems.length > 0) throw new Error(`slack would mind:\n${problems.join('\n')}`);
    },
  };
  return server;
}

export type SlackServer = Awaited<ReturnType<typeof startSlackServer>>;

/** Sends a signed request as Slack does; the status of the answer. The signature and its time can be made wrong. */
export async function postSigned(
  door: { url: string; signingSecret: string },
  kind: string,
  body: Json,
  wrong: { ageSeconds?: number; signature?: string } = {},
): Promise<number> {
  return (await exchange(door, kind, body, wrong)).status;
}

async function exchange(door: { url: string; signingSecret: string }, kind: string, body: Json, wrong: { ageSeconds?: number; signature?: string } = {}): Promise<{ status: number; text: string }> {
  const json = kind === 'events_api';
  const form = kind === 'interactive' ? { payload: JSON.stringify(body) } : (body as Record<string, string>);
  const raw = json ? JSON.stringify(body) : new URLSearchParams(form).toString();
  const time = Math.floor(Date.now() / 1_000) - (wrong.ageSeconds ?? 0);
  const digest = createHmac('sha256', door.signingSecret).update(`v0:${time}:${raw}`).digest('hex');
  const response = await fetch(door.url, {
    method: 'POST',
    headers: {
      'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(time),
      'x-slack-signature': wrong.signature ?? `v0=${digest}`,
    },
    body: raw,
  });
  return { status: response.status, text: await response.text() };
}

/** Waits for a real event; `what` says how far it had come. */
export async function until(met: () => boolean, what: () => string, mostMs = 30_000): Promise<void> {
  const end = performance.now() + mostMs;
  while (!met()) {
    if (performance.now() > end) throw new Error(`waited ${mostMs} ms: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function initialOf({ blocks }: Json): Record<string, Json> {
  const fields = (blocks as { type: string; block_id: string; element: Json }[]).filter(({ type }) => type === 'input');
  return Object.fromEntries(
    fields.map(({ block_id: id, element: { initial_option: one, initial_options: some, initial_time: time } }) => [
      id,
      { [id]: { ...(one !== undefined && { selected_option: one }), ...(some !== undefined && { selected_options: some }), ...(time !== undefined && { selected_time: time }) } },
    ]),
  );
}

interface HttpAnswer { status: number; headers?: Record<string, string>; body: Json | string } // prettier-ignore

// Faults that keep Slack from acting at all; `reset` and `hang` come after it acted.
function refusalBy(fault: Fault): HttpAnswer | undefined {
  if (typeof fault === 'string') return undefined;
  if ('retryAfter' in fault) return { status: 429, headers: { 'retry-after': String(fault.retryAfter) }, body: '' };
  if ('error' in fault) return { status: 200, body: { ok: false, ...fault } };
  return { status: fault.status, body: fault.body ?? '' };
}

function end(response: ServerResponse, { status, headers = {}, body }: HttpAnswer): void {
  const json = typeof body !== 'string';
  response.writeHead(status, { 'content-type': json ? 'application/json' : 'text/html', ...headers });
  response.end(json ? JSON.stringify(body) : body);
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk as string;
  return text;
}

// The client sends a file as the one part of a form.
async function fileIn(raw: string, type = ''): Promise<string> {
  const parts = [...(await new Response(raw, { headers: { 'content-type': type } }).formData()).values()];
  return new Blob(parts).text();
}

// The client sends forms whose objects are JSON, and its token as a header too.
function formOf(raw: string): Json {
  return Object.fromEntries([...new URLSearchParams(raw)].filter(([key]) => key !== 'token').map(([key, value]) => [key, parsed(value)]));
}

function parsed(value: string): unknown {
  return /^(?:[[{]|true$|false$)/.test(value) ? (JSON.parse(value) as unknown) : value;
}
