// Discord as people see it.
import { unescape } from '../support/discord-markdown.ts';
import { CHANNEL, GUILD, OTHER_CHANNEL, USER, type Asker, type DiscordMessage, type DiscordServer, type Seen } from '../support/discord-server.ts';
import { findLabelled } from './buttons.ts';
import type { At, Place, Post, Said, Scene, Shown, Who } from './stage.ts';

const PLACES: Record<Place, string> = { papers: CHANNEL, random: OTHER_CHANNEL, lab: '200000000000000003' };
const PEOPLE: Record<Who, Asker> = { Ana: { user: USER, permissions: ['ManageChannels'] }, Gus: { user: '400000000000000002', permissions: [] } };

interface Registered {
  name: string;
  options?: Registered[];
}

export function discordStage(server: DiscordServer): Scene {
  server.world.add({ id: PLACES.lab, guild_id: GUILD, type: 0, name: 'lab' });

  function shown(message: DiscordMessage): Shown {
    const buttons = message.components.flatMap((row) => row.components);
    return {
      words: wordsIn(message),
      buttons: buttons.map(({ label }) => label),
      async press(label, who = 'Ana') {
        const { custom_id: id } = findLabelled(buttons, (one) => one.label, label);
        return said(await server.press(id, { channel: message.channel_id, ...PEOPLE[who] }));
      },
    };
  }

  function said(seen: Seen): Said {
    return { toAsker: seen.ephemeral.map(shown), toChannel: seen.public.map(shown) };
  }

  // What a person picks from the menus that Discord builds: the verb, then the words in its one option.
  function filledIn(line: string): [command: string, options: Record<string, string>] {
    const [, name, verb, words] = /^\/(\S+) ?(\S*) ?(.*)$/s.exec(line)!;
    if (name === 'paper') return ['paper', { query: `${verb} ${words}`.trim() }];
    const command = (server.commands() as Registered[]).find((one) => one.name === name);
    const option = command?.options?.find((one) => one.name === verb)?.options?.[0]?.name;
    return [`${name} ${verb}`, words && option ? { [option]: words } : {}];
  }

  return {
    nine: '09:00:00Z',
    fix: 'Give Paperround "Send Messages" in #papers: channel settings, Permissions.',
    async type(line, { who = 'Ana', in: place = 'papers' }: At = {}) {
      return said(await server.slash(...filledIn(line), { channel: PLACES[place], ...PEOPLE[who] }));
    },
    posts(place = 'papers') {
      // Answers to commands stand in the channel too; what goes out by itself carries a nonce.
      const sent = server.messages(PLACES[place]).filter(({ nonce }) => nonce !== undefined);
      return sent.map((parent): Post => ({ ...shown(parent), notice: wordsIn({ ...parent, embeds: [] }), thread: server.messages(parent.id).map(shown) }));
    },
    shutOut: (place) => server.deny(PLACES[place], 'SendMessages'),
    letIn: (place) => server.deny(PLACES[place]),
    loseNextAnswer: () => server.fail('POST /channels/*/messages', 'reset after acting'),
    refuseForSeconds: (retryAfter) => server.fail('POST /channels/*/messages', { retryAfter }),
    refuseLooks: (retryAfter, times) => server.fail('GET /channels/*/messages', { retryAfter }, times),
    breakDown(times) {
      for (const method of ['POST', 'GET']) server.fail(`${method} /channels/*/messages`, { status: 503 }, times);
    },
    deletePosts: (place) => void (server.world.channels.get(PLACES[place])!.messages.length = 0),
    vanish: (place) => void server.world.channels.delete(PLACES[place]),
    deleteChannel: async (place) => server.deleteChannel(PLACES[place]),
  };
}

function wordsIn({ content, embeds }: DiscordMessage): string {
  const texts = [content, ...embeds.flatMap(({ title = '', description = '' }) => [title, description])].filter(Boolean);
  return texts.map((text) => unescape(withoutMarkup(text))).join('\n');
}

// A link is read as its words; live stars, tildes, bars and the signs of headings and small print are not read.
function withoutMarkup(markdown: string): string {
  const unlinked = markdown.replace(/(?<!\\)\[((?:[^\]\\]|\\.)*)\]\(<?[^)>]*>?\)/g, '$1');
  return unlinked.replace(/(?<!\\)(\*+|~+|\|\|)|^(?:-#|#{1,3}) /gm, '');
}
