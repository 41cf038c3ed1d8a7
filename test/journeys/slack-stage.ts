// Slack as people see it.
import type { SlackServer } from '../support/slack-server.ts';
import { findLabelled } from './buttons.ts';
import type { At, Place, Post, Said, Scene, Shown, Who } from './stage.ts';

const PLACES: Record<Place, string> = { papers: 'C1', random: 'C2', lab: 'C3', secret: 'C4', direct: 'DU1' };
/** What Slack says in place of a name. */
const NAMELESS: Partial<Record<string, string>> = { secret: 'privategroup', direct: 'directmessage' };
const PEOPLE: Record<Who, string> = { Ana: 'U1', Gus: 'U2' };

interface Element {
  type: string;
  text?: string | { text: string };
  elements?: Element[];
  accessibility_label?: string;
}

interface Body {
  text: string;
  blocks?: Element[];
}

export function slackStage(server: SlackServer): Scene {
  for (const [name, id] of Object.entries(PLACES)) server.channels.set(id, { id, name: NAMELESS[name] ?? name, is_private: name === 'secret', is_im: name === 'direct', is_member: true, is_archived: false });
  server.users.set(PEOPLE.Gus, { id: PEOPLE.Gus, name: 'gus', team_id: 'T1', tz: 'Europe/Berlin', is_restricted: true });
  const where = ({ who = 'Ana', in: place = 'papers' }: At) => ({ user: PEOPLE[who], channel: PLACES[place] });
  const change = (place: Place, more: object) => Object.assign(server.channels.get(PLACES[place])!, more);

  function shown(body: Body, place: Place): Shown {
    const blocks = body.blocks ?? [];
    const buttons = blocks.flatMap((block) => (block.type === 'actions' ? (block.elements ?? []) : []));
    return {
      words: blocks.length ? blocks.filter(({ type }) => type !== 'actions').map(wordsIn).join('\n') : body.text,
      buttons: buttons.map(wordsIn),
      async press(label, who, paper = '') {
        const button = { ...findLabelled(buttons.filter((one) => one.accessibility_label?.includes(paper.slice(0, 40))), wordsIn, label) };
        return said(await server.press(button, where({ in: place, ...(who ? { who } : {}) })), place);
      },
    };
  }

  function said({ ackMs, answers }: { ackMs: number | undefined; answers: object[] }, place: Place): Said {
    if (ackMs === undefined) throw new Error('Slack would have given up: it was never acknowledged');
    const seenBy = (type: string) => answers.filter((body) => (body as { response_type: string }).response_type === type).map((body) => shown(body as Body, place));
    return { toAsker: seenBy('ephemeral'), toChannel: seenBy('in_channel') };
  }

  return {
    nine: '07:00:00Z',
    fix: 'Type /invite @paperround in the channel',
    async type(line, at = {}) {
      const [, command, text] = /^(\/\S+) ?(.*)$/s.exec(line)!;
      return said(await server.slash(command!, text!, where(at)), at.in ?? 'papers');
    },
    posts(place = 'papers') {
      const here = server.messages.filter(({ channel }) => channel === PLACES[place]);
      return here.filter((message) => !message.thread_ts).map((parent): Post => ({
        ...shown(parent as Body, place),
        notice: parent.text,
        thread: here.filter(({ thread_ts: under }) => under === parent.ts).map((reply) => shown(reply as Body, place)),
      }));
    },
    shutOut: (place) => change(place, { is_member: false }),
    letIn: (place) => change(place, { is_member: true }),
    demote: (who) => Object.assign(server.users.get(PEOPLE[who])!, { is_restricted: true }),
    refuseDirect: () => server.fail('chat.postMessage', { error: 'user_disabled' }),
    loseNextAnswer: () => server.fail('chat.postMessage', 'reset'),
    refuseForSeconds: (retryAfter) => server.fail('chat.postMessage', { retryAfter }),
    refuseLooks: (retryAfter, times) => server.fail('conversations.history', { retryAfter }, times),
    breakDown(times) {
      for (const method of ['chat.postMessage', 'conversations.history']) server.fail(method, { status: 503 }, times);
    },
    deletePosts(place) {
      server.messages.splice(0, Infinity, ...server.messages.filter(({ channel }) => channel !== PLACES[place]));
    },
    vanish: (place) => void server.channels.delete(PLACES[place]),
    async deleteChannel(place) {
      server.channels.delete(PLACES[place]);
      await server.event({ type: 'channel_deleted', channel: PLACES[place] });
    },
  };
}

function wordsIn({ text, elements }: Element): string {
  if (text !== undefined) return typeof text === 'string' ? text : text.text;
  return (elements ?? []).map(wordsIn).join('');
}
