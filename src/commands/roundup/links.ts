// Whether links to papers that people post here get a preview.
import { verb } from '../../command.ts';
import { note, say, type Block, type Doc } from '../../core/doc.ts';
import { setLinks, type Channel } from '../../db/channels.ts';
import { byWhom, press } from '../words.ts';
import { channelHere } from './here.ts';

export const links = verb<{ on: boolean | undefined }>({
  name: 'links',
  summary: 'Previews of links to papers that people post here; managers switch them on or off',
  options: [{ name: 'previews', summary: 'on or off; nothing: say which' }],
  who: 'anyone',
  audience: 'asker',
  needs: 'links',
  parse(words) {
    const said = words.toLowerCase();
    if (said === '') return { on: undefined };
    return said === 'on' || said === 'off' ? { on: said === 'on' } : undefined;
  },
  changes: ({ on }) => on !== undefined,
  async run(call, deps) {
    const { on } = call.args;
    const channel = await channelHere(call.channel, deps);
    if (on === undefined) return linksDoc(channel);
    await setLinks(deps.db, channel, on);
    return say(`${linksInWords({ ...channel, links: on })} Switched ${on ? 'on' : 'off'}${byWhom(call)}.`);
  },
});

/** A sentence on what happens with links to papers in this channel. */
function linksInWords({ links, pausedWhy }: Pick<Channel, 'links' | 'pausedWhy'>): string {
  if (!links) return 'Links to papers that people post here get no preview.';
  return pausedWhy ? 'Links to papers that people post here get a preview again when the roundup goes on.' : 'Links to papers that people post here get a preview.';
}

/** The same, with how to change it. */
export function linksNote(channel: Channel): Block {
  return note(`${linksInWords(channel)} /roundup links ${channel.links ? 'off' : 'on'} changes that.`);
}

function linksDoc(channel: Channel): Doc {
  const [label, next] = channel.links ? (['Switch off', 'off'] as const) : (['Switch on', 'on'] as const);
  return {
    ...say(linksInWords(channel), note('A preview shows title, authors and a line, and when the paper was posted or saved here. It comes once in 30 minutes for a paper, and never for three or more links in a message.')),
    actions: [press(label, `${label} previews of links to papers`, 'roundup', `links ${next}`)],
  };
}
