// Discord as people see it.
import { unescape } from '../support/discord-markdown.ts';
import { filledIn } from '../support/discord-typed.ts';
import { CHANNEL, componentsOf, DIRECT, GUILD, OTHER_CHANNEL, USER, type Asker, type DiscordMessage, type DiscordServer, type Seen } from '../support/discord-server.ts';
import { findLabelled, isLabelled } from './buttons.ts';
import type { At, Place, Post, Said, Scene, Shown, Who } from './stage.ts';

const PLACES: Record<Place, string> = { papers: CHANNEL, random: OTHER_CHANNEL, lab: '200000000000000003', secret: '200000000000000004', direct: DIRECT };
const people = (): Record<Who, Asker> => ({ Ana: { user: USER, permissions: ['ManageChannels'] }, Gus: { user: '400000000000000002', permissions: [] } });

export function discordStage(server: DiscordServer): Scene {
  const PEOPLE = people();
  server.world.add({ id: PLACES.lab, guild_id: GUILD, type: 0, name: 'lab' });
  server.world.add({ id: PLACES.secret, guild_id: GUILD, type: 0, name: 'secret', private: true });
  server.world.managers.add(USER);

  function shown(message: DiscordMessage): Shown {
    const parts = componentsOf(message);
    const buttons = parts.flatMap(({ type, label, custom_id: id }) => (type === 2 ? [{ label: label!, id: id! }] : []));
    const papers = parts.flatMap(({ options = [] }) => options);
    return {
      words: wordsIn(message),
      buttons: buttons.map(({ label }) => label),
      async press(label, who = 'Ana', paper = '') {
        const asker = { channel: message.channel_id, ...PEOPLE[who] };
        const own = buttons.some((one) => isLabelled(one.label, label));
        const chosen = papers.find((one) => one.label.includes(paper));
        if (!chosen || (own && !paper)) return said(await server.press(findLabelled(buttons, (one) => one.label, label).id, asker));
        const card = said(await server.pick(chosen.value, asker));
        return label === 'Details' ? card : card.toAsker[0]!.press(label, who);
      },
    };
  }

  function said(seen: Seen): Said {
    return { toAsker: seen.ephemeral.map(shown), toChannel: seen.public.map(shown) };
  }

  return {
    nine: '09:00:00Z',
    fix: 'Give Paperround “Send Messages” in #papers: channel settings, Permissions.',
    async type(line, { who = 'Ana', in: place = 'papers' }: At = {}) {
      return said(await server.slash(...filledIn(line, server.commands()), { channel: PLACES[place], ...PEOPLE[who] }));
    },
    posts(place = 'papers') {
      // Answers to commands stand in the channel too; what goes out by itself carries a nonce.
      const sent = server.messages(PLACES[place]).filter(({ nonce }) => nonce !== undefined);
      return sent.map((parent): Post => ({ ...shown(parent), notice: wordsIn({ ...parent, embeds: [] }), thread: server.messages(parent.id).map(shown) }));
    },
    shutOut: (place) => server.deny(PLACES[place], 'SendMessages'),
    letIn: (place) => server.deny(PLACES[place]),
    demote(who) {
      PEOPLE[who].permissions = [];
      server.world.managers.delete(PEOPLE[who].user!);
    },
    refuseDirect: () => server.fail('POST /channels/*/messages', { status: 403, code: 50007 }),
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

function wordsIn(message: DiscordMessage): string {
  const { content, embeds } = message;
  const texts = [content, ...componentsOf(message).map(({ content: text = '' }) => text), ...embeds.flatMap(({ title = '', description = '' }) => [title, description])].filter(Boolean);
  return texts.map((text) => unescape(withoutMarkup(text))).join('\n');
}

// A link is read as its words; live stars, tildes, bars and the signs of headings and small print are not read.
function withoutMarkup(markdown: string): string {
  const unlinked = markdown.replace(/(?<!\\)\[((?:[^\]\\]|\\.)*)\]\(<?[^)>]*>?\)/g, '$1');
  return unlinked.replace(/(?<!\\)(\*+|~+|\|\|)|^(?:-#|#{1,3}) /gm, '');
}
