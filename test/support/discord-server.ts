// A loopback Discord, REST and gateway, for tests with the real client: it keeps messages, plays people, and fails on demand.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { faultsOf, type Fault } from './discord-faults.ts';
import { serveGateway } from './discord-gateway.ts';
import { answerRest, refuse, type Request, type RestState } from './discord-rest.ts';
import { bits, BOT, CHANNEL, channelJson, componentsOf, everyone, GUILD, guildJson, makeWorld, person, USER, type Component, type Message, type Permission } from './discord-world.ts';

export { CHANNEL, componentsOf, DIRECT, GUILD, OTHER_CHANNEL, USER } from './discord-world.ts';
export type { Component, Message as DiscordMessage } from './discord-world.ts';

export interface InteractionState {
  channel: string;
  callback?: { type: number; data?: Partial<Message> & Partial<Modal> & { choices?: { name: string; value: string }[] } };
  /** The message that was pressed. */
  source?: Message;
  original?: Message;
  messages: Message[];
  /** It was acknowledged, and what is to be shown will follow. */
  waits?: boolean;
}

/** Who does something, and where. A member of the server in #papers without special rights, unless said otherwise. */
export interface Asker {
  user?: string;
  name?: string;
  channel?: string;
  permissions?: Permission[];
  /** The interaction's id, to deliver one twice. */
  id?: string;
  /** The message that is pressed, where another has the same button. */
  message?: Message;
}

/** What became of a command, a press or a choice. */
export interface Seen {
  ephemeral: Message[];
  public: Message[];
  /** What was opened to be filled in. */
  modal?: Modal;
}

export interface Modal {
  custom_id: string;
  title: string;
  components: { label: string; description?: string; component: { custom_id: string; value?: string; required?: boolean; max_length?: number } }[];
}

export type DiscordServer = Awaited<ReturnType<typeof startDiscordServer>>;

/** How long a real client may take, and how many looks of 10 ms it must be quiet for its answer to count as whole. */
const PATIENCE_MS = 15_000;
const QUIET_LOOKS = 15;

export async function startDiscordServer({ now = () => new Date() } = {}) {
  const token = 'loopback.token.for-tests';
  const world = makeWorld(now);
  const faults = faultsOf();
  const requests: Request[] = [];
  const http = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const gatewayUrl = () => `ws://127.0.0.1:${port}`;
  const gateway = serveGateway(http, world, { token, url: gatewayUrl });
  const state: RestState = {
    ...{ world, gateway: { shards: 1, remaining: 1000, resetAfter: 0 }, commands: [], interactions: new Map(), gatewayUrl, dispatch: gateway.dispatch, problems: [] },
  };

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    requests.push(request);
    const act = () =>
      needsToken(request) && incoming.headers.authorization !== `Bot ${token}` ? refuse(401, 0, '401: Unauthorized') : answerRest(state, request);
    const answer = faults.apply(request, response, act);
    if (!answer) return;
    if (answer.body === undefined) response.writeHead(answer.status).end();
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }

  function interact(type: number, data: object, asked: Asker, source?: Message): InteractionState {
    const { user = USER, name, channel = CHANNEL, permissions = [], id = world.nextId() } = asked;
    const place = world.channels.get(channel);
    if (!place) throw new Error(`there is no channel ${channel}`);
    const interaction: InteractionState = { channel, messages: [], ...(source ? { source } : {}) };
    state.interactions.set(`token-${id}`, interaction);
    const asker = place.guild_id
      ? { guild_id: place.guild_id, member: { user: person(user, name), permissions: bits([...world.granted.filter((one) => !place.denied.includes(one)), ...permissions]), roles: [], joined_at: null, deaf: false, mute: false, flags: 0 } }
      : { user: person(user, name) };
    gateway.dispatch('INTERACTION_CREATE', {
      id, type, token: `token-${id}`, application_id: BOT.id, version: 1, channel_id: channel, channel: channelJson(place), data, ...asker, ...(source ? { message: source } : {}),
      locale: 'en-US', app_permissions: '0', entitlements: [], authorizing_integration_owners: {}, context: place.guild_id ? 0 : 1,
    }); // prettier-ignore
    return interaction;
  }

  function messageWith(customId: string): Message {
    const shown = [...world.channels.values(), ...state.interactions.values()].flatMap(({ messages }) => messages);
    const having = shown.filter((message) => componentsOf(message).some(({ custom_id: id, options = [] }) => isNamed(id, customId) || options.some(({ value }) => value === customId)));
    const newest = having.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1))[0];
    if (!newest) throw new Error(`no message has a button ${customId}`);
    return newest;
  }

  function isNamed(id: string | undefined, name: string): boolean {
    return id === name || (name.startsWith('form:send ') && id?.startsWith(`${name} `) === true);
  }

  function idIn(message: Message, name: string): string {
    return componentsOf(message).find(({ custom_id: id }) => isNamed(id, name))?.custom_id ?? name;
  }

  function stands(message: Message): boolean {
    return [...state.interactions.values(), ...world.channels.values()].some(({ messages }) => messages.includes(message));
  }

  // A message that was pressed and still stands is seen as it stands now.
  async function settled(interaction: InteractionState): Promise<Seen> {
    await until(() => interaction.waits === false, 'the interaction was not answered');
    // Looks and not milliseconds: on a busy machine time passes while the bot can do nothing.
    let [seenSoFar, quiet] = [requests.length, 0];
    await until(() => {
      quiet = requests.length === seenSoFar ? quiet + 1 : 0;
      seenSoFar = requests.length;
      return quiet > QUIET_LOOKS;
    }, 'the bot never came to rest');
    const { messages, source, callback } = interaction;
    const redrawn = source && callback?.type !== 9 && interaction.original === source && stands(source);
    const seen = [...(redrawn ? [source] : []), ...messages];
    const isEphemeral = ({ flags }: Message) => (flags & 64) > 0;
    return {
      ephemeral: seen.filter(isEphemeral),
      public: seen.filter((message) => !isEphemeral(message)),
      ...(callback?.type === 9 ? { modal: callback.data as Modal } : {}),
    };
  }

  const commandData = (command: string, options: Record<string, string>, focused?: string) => {
    const [name = '', ...verbs] = command.split(' ');
    const filled = Object.entries(options).map(([option, value]) => ({ type: 3, name: option, value, ...(option === focused ? { focused: true } : {}) }));
    expectRegistered(state.commands, name, verbs, Object.keys(options));
    // A verb of a group stands within the group.
    const inner = verbs.reduceRight<object[]>((within, verb, i) => [{ type: i < verbs.length - 1 ? 2 : 1, name: verb, options: within }], filled);
    return { id: '1', type: 1, name, options: inner };
  };

  return {
    /** What DISCORD_API_URL is set to. */
    url: `http://127.0.0.1:${port}/api`,
    token,
    requests,
    /** What Discord's contract says against the requests so far. */
    problems: state.problems,
    world,
    gateway,
    /** How many shards Discord asks for, and how many logins are left today. */
    limits: state.gateway,
    commands: () => state.commands,
    /** Whether a message is still there, for whomever it is shown to. */
    stands,
    messages: (channel: string): Message[] => world.channels.get(channel)?.messages ?? [],
    /** How many requests went to a route, `*` standing for one part of the path. */
    count: (route: string): number => requests.filter((request) => faults.matches(route, request)).length,
    /** Fails the next requests to a route. */
    fail: (route: string, fault: Fault, times = 1): void => faults.add(route, fault, times),
    /** Types a command: `slash('roundup subscribe', { topic: 'attention' })`. Resolves when the bot has said all. */
    slash: async (command: string, options: Record<string, string> = {}, asker: Asker = {}): Promise<Seen> =>
      settled(interact(2, commandData(command, options), asker)),
    /** Presses a button of the newest message that has it, in the place where that message is; of a form’s, without what it was opened on. */
    press: async (customId: string, asker: Asker = {}): Promise<Seen> => {
      const message = asker.message ?? messageWith(customId);
      return settled(interact(3, { custom_id: idIn(message, customId), component_type: 2 }, { channel: message.channel_id, ...asker }, message));
    },
    /** Chooses in a select of the newest message that has it. */
    choose: async (customId: string, values: string[], asker: Asker = {}): Promise<Seen> => {
      const message = asker.message ?? messageWith(customId);
      expectChoosable(componentsOf(message).find(({ custom_id: id }) => id === customId)!, values);
      return settled(interact(3, { custom_id: customId, component_type: 3, values }, { channel: message.channel_id, ...asker }, message));
    },
    /** Fills a modal in, that a press on `message` opened, and sends it; what isn't named stays as it was filled. */
    submit: async ({ custom_id, components }: Modal, message: Message, values: Record<string, string>, asker: Asker = {}): Promise<Seen> => {
      const filled = components.map(({ component }) => ({ type: 18, component: { type: 4, custom_id: component.custom_id, value: typedInto(component, values[component.custom_id]) } }));
      return settled(interact(5, { custom_id, components: filled }, { channel: message.channel_id, ...asker }, message));
    },
    /** Picks an option of the newest message that has it; or lets go of what was chosen in that list. */
    pick: async (value: string, asker: Asker = {}, { letGo = false } = {}): Promise<Seen> => {
      const message = messageWith(value);
      const select = componentsOf(message).find(({ options = [] }) => options.some((option) => option.value === value))!;
      const data = { custom_id: select.custom_id, component_type: 3, values: letGo ? [] : [value] };
      const interaction = interact(3, data, { channel: message.channel_id, ...asker }, message);
      if (!letGo) return settled(interaction);
      await until(() => interaction.callback !== undefined, 'the interaction was not answered');
      return { ephemeral: [], public: [] };
    },
    /** Picks “Look up paper” in the menu of a message, given as far as it matters. */
    lookUp: async (message: object, asker: Asker = {}): Promise<Seen> => {
      const command = (state.commands as { type: number; name: string }[]).find(({ type }) => type === 3);
      if (!command) throw new Error('no command for messages is registered');
      const whole = { id: world.nextId(), channel_id: asker.channel ?? CHANNEL, type: 0, content: '', embeds: [], attachments: [], components: [], mentions: [], mention_roles: [], mention_everyone: false, pinned: false, tts: false, flags: 0, timestamp: now().toISOString(), edited_timestamp: null, author: person('400000000000000009'), ...message };
      return settled(interact(2, { id: '3', type: 3, name: command.name, target_id: whole.id, resolved: { messages: { [whole.id]: whole } } }, asker));
    },
    /** What is suggested while `option` is being typed. */
    autocomplete: async (command: string, options: Record<string, string>, option: string, asker: Asker = {}): Promise<{ name: string; value: string }[]> => {
      const interaction = interact(4, commandData(command, options, option), asker);
      await until(() => interaction.callback !== undefined, 'nothing was suggested');
      return interaction.callback!.data!.choices!;
    },
    /** Sends an interaction without waiting for its answer. */
    send: (command: string, options: Record<string, string>, asker: Asker = {}): InteractionState => interact(2, commandData(command, options), asker),
    /** Takes rights from the bot in a channel. */
    deny(channel: string, ...permissions: Permission[]): void {
      const place = world.channels.get(channel)!;
      place.denied = permissions;
      gateway.dispatch('CHANNEL_UPDATE', channelJson(place));
    },
    rename(channel: string, name: string): void {
      const place = world.channels.get(channel)!;
      place.name = name;
      gateway.dispatch('CHANNEL_UPDATE', channelJson(place));
    },
    deleteChannel(channel: string): void {
      const place = world.channels.get(channel)!;
      world.channels.delete(channel);
      gateway.dispatch(place.parent_id ? 'THREAD_DELETE' : 'CHANNEL_DELETE', channelJson(place));
    },
    /** Takes the bot out of the server. */
    expel(): void {
      world.member = false;
      gateway.dispatch('GUILD_DELETE', { id: GUILD });
    },
    /** Lets it in again. */
    invite(): void {
      world.member = true;
      gateway.dispatch('GUILD_CREATE', guildJson(world));
    },
    /** Changes what everyone may do in the server, the bot among them. */
    grant(...permissions: Permission[]): void {
      world.granted = permissions;
      gateway.dispatch('GUILD_ROLE_UPDATE', { guild_id: GUILD, role: everyone(world) });
    },
    until,
    async stop(): Promise<void> {
      gateway.stop();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** Waits for something that another party does over a real socket. */
async function until(done: () => boolean, otherwise: string): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !done(); await pause(10)) {
    if (performance.now() > end) throw new Error(otherwise);
  }
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://loopback');
  return {
    method: incoming.method ?? 'GET',
    path: pathname.replace(/^\/api\/v\d+/, ''),
    query: searchParams,
    ...(await bodyOf(incoming.headers['content-type'] ?? '', Buffer.concat(chunks))),
  };
}

// With files it is a form, whose `payload_json` is the message.
async function bodyOf(type: string, raw: Buffer): Promise<Pick<Request, 'body' | 'files'>> {
  if (!type.startsWith('multipart/')) return { body: raw.length ? (JSON.parse(raw.toString()) as Request['body']) : {} };
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const files = [...form].flatMap(([, part]) => (typeof part === 'string' ? [] : [part]));
  return { body: JSON.parse(form.get('payload_json') as string) as Request['body'], files: await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() }))) };
}

function needsToken({ path }: Request): boolean {
  return !path.startsWith('/interactions/') && !path.startsWith('/webhooks/');
}

interface Registered {
  name: string;
  options?: Registered[];
}

// Nobody can type a command that was not registered.
function expectRegistered(commands: object[], name: string, verbs: string[], options: string[]): void {
  const place = [name, ...verbs].reduce<Registered | undefined>((at, part) => at?.options?.find((candidate) => candidate.name === part), { name: '', options: commands as Registered[] });
  const unknown = options.find((option) => !place?.options?.some((candidate) => candidate.name === option));
  if (!place || unknown) throw new Error(`not registered: /${[name, ...verbs].join(' ')} ${unknown ?? ''}`);
}

// Nobody can choose what is not offered.
function expectChoosable({ custom_id: id, options = [], min_values: least = 1, max_values: most = 1 }: Component, values: string[]): void {
  const offered = options.map(({ value }) => value);
  const missing = values.find((value) => !offered.includes(value));
  if (missing !== undefined) throw new Error(`${id} has no “${missing}”; there are ${offered.join(', ')}`);
  if (values.length < least || values.length > most) throw new Error(`${id} takes ${least} to ${most} values`);
}

// Discord's client sends no modal that lacks something, and no more than fits.
function typedInto({ custom_id: id, value: before = '', required = true, max_length: most = 4_000 }: Modal['components'][number]['component'], typed = before): string {
  if ((required && !typed) || typed.length > most) throw new Error(`“${typed}” can’t be typed into ${id}`);
  return typed;
}
