// Discord in the playground: the loopback server, played by people, and what stands in the channel there, in order.
import { CHANNEL, componentsOf, DIRECT, GUILD, USER, type DiscordMessage, type DiscordServer, type Seen } from '../../test/support/discord-server.ts';
import { filledIn } from '../../test/support/discord-typed.ts';
import type { Person } from './people.ts';
import type { Entry, Json, OpenForm, Side } from './side.ts';

/** A forum, in which the bot's posts are. */
export const READING_ROOM = '200000000000000009';
const FORUM = 15;
const TAGS = [
  { id: '500000000000000001', name: 'Papers', moderated: false },
  { id: '500000000000000002', name: 'cs.CL', moderated: false },
  { id: '500000000000000003', name: 'cs.CV', moderated: false },
];

type Modal = NonNullable<Seen['modal']>;

/** Of a server to which no bot is connected yet: it gets a forum besides #papers. */
export function discordSide(server: DiscordServer): Side {
  server.world.add({ id: READING_ROOM, guild_id: GUILD, type: FORUM, name: 'reading-room', tags: TAGS });
  let hidden: { message: DiscordMessage; onlyFor: string }[] = [];
  const written: { channel: string; entry: Entry }[] = [];
  const used = new Map<string, { person: string; line: string }>();
  const files = new Map<string, { name: string; text: string }>();
  const modals = new Map<string, { modal: Modal; source: DiscordMessage; form: OpenForm }>();
  let clearedTo = 0n;

  async function act(does: Promise<Seen>, person: Person, { line, source }: { line?: string; source?: DiscordMessage } = {}): Promise<void> {
    const seen = await does;
    for (const message of seen.ephemeral) if ('attachments' in message && !files.has(message.id)) keepFile(message);
    const known = hidden.map(({ message }) => message);
    hidden.push(...seen.ephemeral.filter((message) => !known.includes(message)).map((message) => ({ message, onlyFor: person.discord.user })));
    const [first] = [...seen.ephemeral, ...seen.public];
    if (first && line !== undefined) used.set(first.id, { person: person.name, line });
    modals.delete(person.discord.user);
    const key = `modal-${seen.modal?.custom_id}`;
    if (seen.modal && source) modals.set(person.discord.user, { modal: seen.modal, source, form: { key, payload: { ...seen.modal }, errors: {}, filled: {} } });
  }

  function entryOf(message: DiscordMessage, person: Person): Entry {
    const [said, file] = [used.get(message.id), files.get(message.id)];
    // The first message of a forum's post has the post's id, and no thread of its own.
    const below = message.channel_id === message.id ? undefined : server.world.channels.get(message.id);
    const thread = below ? entriesIn(below.id, person) : [];
    const title = below?.name;
    return { key: message.id, at: timeOf(message.id), payload: sent(message), thread, ...(title ? { title } : {}), ...(said ? { used: said } : {}), ...(file ? { file } : {}) };
  }

  // Messages with a file were sent in the order in which they stand.
  function keepFile(message: DiscordMessage): void {
    const file = server.requests.flatMap((request) => request.files ?? [])[files.size];
    if (file) files.set(message.id, file);
  }

  function messageOf(key: string): DiscordMessage {
    const said = [...server.world.channels.values()].flatMap(({ messages }) => messages);
    const message = [...said, ...hidden.map((one) => one.message)].find(({ id }) => id === key);
    if (!message) throw new Error('That message is gone.');
    return message;
  }

  function entriesIn(channel: string, person: Person): Entry[] {
    const { user } = person.discord;
    hidden = hidden.filter(({ message }) => server.stands(message));
    const mine = hidden.filter(({ message, onlyFor }) => onlyFor === user && message.channel_id === channel).map(({ message, onlyFor }): Entry => ({ ...entryOf(message, person), onlyFor }));
    const theirs = written.filter((one) => one.channel === channel).map(({ entry }) => entry);
    return [...server.messages(channel).map((message) => entryOf(message, person)), ...mine, ...theirs].sort(inOrder);
  }

  return {
    name: 'discord',
    channel: { platform: 'discord', workspace: GUILD, id: CHANNEL, name: 'papers' },
    async type(line, person, within = CHANNEL) {
      await act(server.slash(...filledIn(line, server.commands()), { channel: within, ...person.discord }), person, { line });
    },
    async write(words, person, within = CHANNEL) {
      const id = server.world.nextId();
      written.push({ channel: within, entry: { key: id, at: timeOf(id), by: person.name, payload: { content: words }, thread: [] } });
    },
    async press({ message, control, values }, person) {
      const source = messageOf(message);
      const pressed = componentsOf(source).find(({ custom_id: id }) => id === control);
      if (!pressed) throw new Error('That button is gone.');
      const asker = { ...person.discord, message: source };
      await act(pressed.type === 2 ? server.press(control, asker) : server.choose(control, values, asker), person, { source });
    },
    async lookUp(message, person) {
      const said = written.find(({ entry }) => entry.key === message);
      if (!said) throw new Error('That message is gone.');
      await act(server.lookUp({ id: message, ...said.entry.payload }, { channel: said.channel, ...person.discord }), person, { line: 'Look up paper' });
    },
    suggest: async () => [],
    fill: async () => {},
    async submit(filled, person) {
      const open = modals.get(person.discord.user);
      if (!open) throw new Error('The form is closed.');
      open.form.filled = filled;
      const values = Object.fromEntries(Object.entries(filled).map(([name, [words = '']]) => [name, words]));
      await act(server.submit(open.modal, open.source, values, { ...person.discord }), person);
    },
    dismiss: ({ discord: { user } }) => void modals.delete(user),
    entries(person) {
      // The server has direct messages with one person alone.
      const direct = person.discord.user === USER ? server.messages(DIRECT).map((message): Entry => ({ ...entryOf(message, person), direct: true, onlyFor: USER })) : [];
      const all = [...entriesIn(CHANNEL, person), ...direct];
      return all.filter(({ key }) => BigInt(key) > clearedTo).sort(inOrder);
    },
    // A post is a thread; its first message has the same id.
    posts(person) {
      const threads = [...server.world.channels.values()].filter(({ parent_id: parent }) => parent === READING_ROOM);
      return threads.map(({ id, name, applied = [] }) => {
        const thread = entriesIn(id, person);
        const tags = TAGS.filter((tag) => applied.includes(tag.id)).map((tag) => tag.name);
        return { key: id, at: timeOf(id), payload: thread[0]?.payload ?? {}, thread, title: name, tags };
      });
    },
    form: ({ discord: { user } }) => modals.get(user)?.form,
    openHome: () => Promise.reject(new Error('Discord has no page of the app’s own.')),
    home: () => undefined,
    clear: () => void (clearedTo = BigInt(server.world.nextId())),
  };
}

function inOrder(a: Entry, b: Entry): number {
  return BigInt(a.key) < BigInt(b.key) ? -1 : 1;
}

// Without what Discord adds to a message, and what it fills in where the bot said nothing.
function sent({ id: _id, channel_id: _channel, author: _author, ...rest }: DiscordMessage): Json {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== '' && value !== 0 && !(Array.isArray(value) && value.length === 0)));
}

// A snowflake begins with its time (source: Discord's reference).
function timeOf(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + 1_420_070_400_000n));
}
