// Discord in the playground: the loopback server, played by people, and what stands in the channel there, in order.
import { CHANNEL, DIRECT, GUILD, type DiscordMessage, type DiscordServer, type Seen } from '../test/support/discord-server.ts';
import { filledIn } from '../test/support/discord-typed.ts';
import type { Person } from './people.ts';
import type { Entry, Json, Side } from './side.ts';

export function discordSide(server: DiscordServer): Side {
  const hidden: { message: DiscordMessage; onlyFor: string }[] = [];
  const used = new Map<string, { person: string; line: string }>();
  const files = new Map<string, { name: string; text: string }>();
  let clearedTo = 0n;

  async function act(does: Promise<Seen>, person: Person, line: string | undefined): Promise<void> {
    const seen = await does;
    for (const message of seen.ephemeral) if ('attachments' in message) keepFile(message);
    hidden.push(...seen.ephemeral.map((message) => ({ message, onlyFor: person.discord.user })));
    const [first] = [...seen.ephemeral, ...seen.public];
    if (first && line !== undefined) used.set(first.id, { person: person.name, line });
  }

  function entryOf(message: DiscordMessage): Entry {
    const [said, file] = [used.get(message.id), files.get(message.id)];
    const thread = server.messages(message.id).map(entryOf);
    const title = server.world.channels.get(message.id)?.name;
    return { key: message.id, at: timeOf(message.id), payload: sent(message), thread, ...(title ? { title } : {}), ...(said ? { used: said } : {}), ...(file ? { file } : {}) };
  }

  // Messages with a file were sent in the order in which they stand.
  function keepFile(message: DiscordMessage): void {
    const file = server.requests.flatMap((request) => request.files ?? [])[files.size];
    if (file) files.set(message.id, file);
  }

  return {
    name: 'discord',
    channel: { platform: 'discord', workspace: GUILD, id: CHANNEL, name: 'papers' },
    async type(line, person) {
      await act(server.slash(...filledIn(line, server.commands()), { channel: CHANNEL, ...person.discord }), person, line);
    },
    async press({ control }, person) {
      await act(server.press(control, { ...person.discord }), person, undefined);
    },
    suggest: async () => [],
    submit: () => Promise.reject(new Error('There is no form here.')),
    dismiss: () => {},
    entries({ discord: { user } }) {
      const mine = hidden.filter(({ onlyFor }) => onlyFor === user).map(({ message, onlyFor }): Entry => ({ ...entryOf(message), onlyFor }));
      const direct = server.messages(DIRECT).map((message): Entry => ({ ...entryOf(message), direct: true, onlyFor: user }));
      const all = [...server.messages(CHANNEL).map(entryOf), ...mine, ...direct];
      return all.filter(({ key }) => BigInt(key) > clearedTo).sort((a, b) => (BigInt(a.key) < BigInt(b.key) ? -1 : 1));
    },
    form: () => undefined,
    clear: () => void (clearedTo = BigInt(server.world.nextId())),
  };
}

// Without what Discord adds to a message, and what it fills in where the bot said nothing.
function sent({ id: _id, channel_id: _channel, author: _author, ...rest }: DiscordMessage): Json {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== '' && value !== 0 && !(Array.isArray(value) && value.length === 0)));
}

// A snowflake begins with its time (source: Discord's reference).
function timeOf(id: string): Date {
  return new Date(Number((BigInt(id) >> 22n) + 1_420_070_400_000n));
}
