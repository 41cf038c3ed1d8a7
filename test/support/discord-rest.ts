// The loopback REST API: what Discord would do with each request that Paperround makes, and say to it.
import { discordProblems, type RequestKind } from './discord-contract.ts';
import type { InteractionState } from './discord-server.ts';
import { BOT, channelJson, DIRECT, FORUM, GUILD, guildJson, memberJson, person, THREAD, USER, type Channel, type Message, type Permission, type World } from './discord-world.ts';

export interface Request {
  method: string;
  /** Without the API's base and without the query. */
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  /** What was attached. */
  files?: { name: string; text: string }[];
}

export interface Response {
  status: number;
  body?: unknown;
}

export interface RestState {
  world: World;
  commands: object[];
  interactions: Map<string, InteractionState>;
  gatewayUrl: () => string;
  dispatch: (event: string, data: object) => void;
  /** What Discord says of the gateway: how many shards it asks for, and how many logins are left. */
  gateway: { shards: number; remaining: number; resetAfter: number };
  /** What the contract says against a request; the tests hold it empty. */
  problems: string[];
}

type Handler = (state: RestState, request: Request, ids: string[]) => Response;

/** Answers as Discord would. */
export function answerRest(state: RestState, request: Request): Response {
  for (const [route, kind, handle] of ROUTES) {
    const match = new RegExp(`^${route.replace(/\*/g, '([^/]+)')}$`).exec(`${request.method} ${request.path}`);
    if (!match) continue;
    const problems = kind ? discordProblems(kind, request.body) : [];
    state.problems.push(...problems.map((problem) => `${request.method} ${request.path}: ${problem}`));
    return problems.length ? refuse(400, 50035, `Invalid Form Body: ${problems[0]}`) : handle(state, request, match.slice(1));
  }
  return refuse(404, 0, '404: Not Found');
}

const ROUTES: [route: string, kind: RequestKind | undefined, Handler][] = [
  ['GET /gateway/bot', undefined, gateway],
  ['GET /users/@me', undefined, () => ok(BOT)],
  ['POST /users/@me/channels', undefined, openDirect],
  ['GET /guilds/*', undefined, ({ world }, _, [id]) => (id === GUILD && world.member ? ok(guildJson(world)) : refuse(404, 10004, 'Unknown Guild'))],
  ['GET /guilds/*/members/*', undefined, ({ world }, _, [, id]) => ok(id === BOT.id ? memberJson() : memberJson(person(id!), world.managers.has(id!)))],
  ['GET /applications/*/commands', undefined, ({ commands }) => ok(commands)],
  ['PUT /applications/*/commands', 'commands', putCommands],
  ['POST /interactions/*/*/callback', 'callback', callBack],
  ['POST /webhooks/*/*', 'followup', followUp],
  ['PATCH /webhooks/*/*/messages/@original', 'edit', editOriginal],
  ['DELETE /webhooks/*/*/messages/@original', undefined, deleteOriginal],
  ['GET /channels/*', undefined, ({ world }, _, [id]) => inChannel(world, id!, ['ViewChannel'], (channel) => ok(channelJson(channel)))],
  ['PATCH /channels/*', 'channel', patchChannel],
  ['GET /channels/*/messages', undefined, listMessages],
  ['POST /channels/*/messages', 'message', createMessage],
  ['GET /channels/*/messages/*', undefined, getMessage],
  ['PATCH /channels/*/messages/*', 'message edit', editMessage],
  ['POST /channels/*/messages/*/threads', 'thread', createThread],
  ['POST /channels/*/threads', 'post', beginPost],
  ['GET /guilds/*/threads/active', undefined, ({ world }) => ok(threadList(world, ({ archived }) => !archived))],
  ['GET /channels/*/threads/archived/public', undefined, listArchived],
];

function gateway({ gatewayUrl, gateway: { shards, remaining, resetAfter } }: RestState): Response {
  return ok({ url: gatewayUrl(), shards, session_start_limit: { total: 1000, remaining, reset_after: resetAfter, max_concurrency: 1 } });
}

function openDirect({ world }: RestState, { body }: Request): Response {
  return body.recipient_id === USER ? ok(channelJson(world.channels.get(DIRECT)!)) : refuse(400, 50033, 'Invalid Recipient(s)');
}

function putCommands(state: RestState, { body }: Request): Response {
  state.commands = body as unknown as object[];
  return ok(state.commands);
}

function callBack(state: RestState, { body }: Request, [, token]: string[]): Response {
  const interaction = state.interactions.get(token!);
  if (!interaction) return refuse(404, 10062, 'Unknown interaction');
  if (interaction.callback) return refuse(400, 40060, 'Interaction has already been acknowledged.');
  interaction.callback = body as unknown as NonNullable<InteractionState['callback']>;
  const { type, data } = interaction.callback;
  // The message that the press came from is the one that is edited from now on.
  if (type === 6 || type === 7) interaction.original = interaction.source;
  interaction.waits = type === 5 || type === 6;
  if (type === 7) redraw(interaction.source!, data!);
  if (type === 4) interaction.messages.push((interaction.original = heldOrSaid(state.world, interaction, data as Partial<Message>, isEphemeral(data))));
  return { status: 204 };
}

/** Whether a message is made of components, and who sees it, an edit can't take back. */
function redraw(message: Message, { flags = 0, ...body }: Partial<Message>): void {
  Object.assign(message, { ...body, flags: message.flags | flags });
}

function isEphemeral(message: { flags?: unknown } | undefined): boolean {
  return (Number(message?.flags ?? 0) & 64) > 0;
}

// Straight after a deferral a follow-up takes the deferred message's place, and its being ephemeral or not.
function followUp(state: RestState, request: Request, ids: string[]): Response {
  const interaction = state.interactions.get(ids[1]!);
  if (!interaction?.callback) return refuse(404, 10015, 'Unknown Webhook');
  if (!interaction.original) return editOriginal(state, request, ids);
  const message = heldOrSaid(state.world, interaction, request.body, isEphemeral(request.body));
  interaction.messages.push(message);
  return ok(message);
}

function editOriginal({ world, interactions }: RestState, { body }: Request, [, token]: string[]): Response {
  const interaction = interactions.get(token!);
  if (!interaction?.callback) return refuse(404, 10015, 'Unknown Webhook');
  const ephemeral = isEphemeral(interaction.callback.data);
  interaction.waits = false;
  if (interaction.original) redraw(interaction.original, body);
  else interaction.messages.push((interaction.original = heldOrSaid(world, interaction, { ...body, flags: (ephemeral ? 64 : 0) | Number(body.flags ?? 0) }, ephemeral)));
  return ok(interaction.original);
}

function deleteOriginal({ interactions, world }: RestState, _: Request, [, token]: string[]): Response {
  const original = interactions.get(token!)?.original;
  if (!original) return refuse(404, 10008, 'Unknown Message');
  // It may have been shown by another interaction, or stand in a channel.
  for (const place of [...interactions.values(), ...world.channels.values()]) place.messages = place.messages.filter((message) => message !== original);
  return { status: 204 };
}

function heldOrSaid(world: World, { channel }: InteractionState, body: Partial<Message>, ephemeral: boolean): Message {
  if (!ephemeral) return world.say(channel, body);
  return { content: '', embeds: [], components: [], flags: 64, ...body, id: world.nextId(), channel_id: channel, author: BOT };
}

function patchChannel({ world }: RestState, { body }: Request, [id]: string[]): Response {
  return inChannel(world, id!, ['ViewChannel'], (channel) => {
    if (channel.locked) return refuse(403, 50013, 'Missing Permissions');
    Object.assign(channel, body);
    return ok(channelJson(channel));
  });
}

function listMessages({ world }: RestState, { query }: Request, [id]: string[]): Response {
  return inChannel(world, id!, ['ViewChannel', 'ReadMessageHistory'], ({ messages }) => {
    const after = BigInt(query.get('after') ?? 0);
    const page = messages.filter((message) => BigInt(message.id) > after).slice(0, Number(query.get('limit') ?? 50));
    return ok(page.reverse().map(({ nonce, ...message }) => (world.givesNonceBack && nonce ? { ...message, nonce } : message)));
  });
}

function createMessage({ world }: RestState, { body }: Request, [id]: string[]): Response {
  const thread = world.channels.get(id!)?.type === THREAD;
  return inChannel(world, id!, ['ViewChannel', thread ? 'SendMessagesInThreads' : 'SendMessages'], (channel) => {
    if (channel.type >= FORUM) return refuse(400, 50008, 'Cannot send messages in a non-text channel');
    if (channel.archived) return refuse(400, 50083, 'Thread is archived');
    return ok(world.say(channel.id, body));
  });
}

function getMessage({ world }: RestState, _: Request, [id, message]: string[]): Response {
  return inChannel(world, id!, ['ViewChannel', 'ReadMessageHistory'], ({ messages }) => {
    const found = messages.find((one) => one.id === message);
    return found ? ok({ ...found, nonce: undefined }) : refuse(404, 10008, 'Unknown Message');
  });
}

// The first message of a post has the id of its thread.
function beginPost({ world, dispatch }: RestState, { body }: Request, [id]: string[]): Response {
  return inChannel(world, id!, ['ViewChannel', 'SendMessages'], (forum) => {
    if (forum.type < FORUM || !forum.guild_id) return refuse(400, 50024, 'Cannot execute action on this channel type');
    const { name, applied_tags: applied = [], message } = body as { name: string; applied_tags?: string[]; message: Partial<Message> };
    const wrong = applied.find((tag) => !forum.tags?.some((one) => one.id === tag && !one.moderated));
    if (wrong) return refuse(400, 50035, `Invalid Form Body: tag ${wrong}`);
    if (forum.needsTag && applied.length === 0) return refuse(400, 40067, 'A tag is required to create a forum post in this channel');
    const thread = world.add({ id: world.nextId(), guild_id: forum.guild_id, parent_id: id!, type: THREAD, name, applied });
    const first = world.say(thread.id, message, thread.id);
    dispatch('THREAD_CREATE', channelJson(thread));
    return { status: 201, body: { ...channelJson(thread), message: first } };
  });
}

function threadList({ channels }: World, which: (channel: Channel) => boolean): object {
  const threads = [...channels.values()].filter((channel) => channel.type === THREAD && which(channel));
  return { threads: threads.map(channelJson), members: [], has_more: false };
}

function listArchived({ world }: RestState, _: Request, [id]: string[]): Response {
  return inChannel(world, id!, ['ViewChannel', 'ReadMessageHistory'], () => ok(threadList(world, ({ parent_id: parent, archived }) => parent === id && archived)));
}

function editMessage({ world }: RestState, { body }: Request, [id, edited]: string[]): Response {
  return inChannel(world, id!, ['ViewChannel'], (channel) => {
    const message = channel.messages.find((one) => one.id === edited);
    if (!message) return refuse(404, 10008, 'Unknown Message');
    if (message.author.id !== BOT.id) return refuse(403, 50005, 'Cannot edit a message authored by another user');
    if (channel.archived) return refuse(400, 50083, 'Thread is archived');
    Object.assign(message, body);
    return ok(message);
  });
}

function createThread({ world, dispatch }: RestState, { body }: Request, [id, parent]: string[]): Response {
  return inChannel(world, id!, ['ViewChannel', 'CreatePublicThreads'], (channel) => {
    if (!channel.guild_id || channel.type === THREAD) return refuse(400, 50024, 'Cannot execute action on this channel type');
    if (!channel.messages.some((message) => message.id === parent)) return refuse(404, 10008, 'Unknown Message');
    if (world.channels.has(parent!)) return refuse(400, 160004, 'A thread has already been created for this message');
    const thread = world.add({ id: parent!, guild_id: channel.guild_id, parent_id: id!, type: THREAD, name: String(body.name) });
    dispatch('THREAD_CREATE', channelJson(thread));
    return ok(channelJson(thread));
  });
}

function inChannel(world: World, id: string, needs: Permission[], act: (channel: NonNullable<ReturnType<World['channels']['get']>>) => Response): Response {
  const channel = world.channels.get(id);
  if (!channel) return refuse(404, 10003, 'Unknown Channel');
  if (channel.guild_id && !world.member) return refuse(403, 50001, 'Missing Access');
  const lacking = needs.find((permission) => !world.may(channel, permission));
  if (lacking) return lacking === 'ViewChannel' ? refuse(403, 50001, 'Missing Access') : refuse(403, 50013, 'Missing Permissions');
  return act(channel);
}

function ok(body: unknown): Response {
  return { status: 200, body };
}

export function refuse(status: number, code: number, message: string): Response {
  return { status, body: { code, message } };
}
