// What this channel's saves, votes and "not for us" have taught its roundup.
import { verb, type Deps } from '../../command.ts';
import { note, say, text, type Block, type Doc } from '../../core/doc.ts';
import { SWAY, TASTE_HALF_LIFE, type Exemplar } from '../../core/taste.ts';
import { learntStems, spellings } from '../../core/taste-words.ts';
import { count, listed } from '../../core/text.ts';
import { getPapers } from '../../db/papers.ts';
import { listTastes, resetTaste, setTaste } from '../../db/taste.ts';
import { byWhom, press } from '../words.ts';
import { channelHere } from './here.ts';
import { voiceOf, type Voice } from './voice.ts';

/** Words of each side: more is a list that nobody reads. */
const WORDS = 10;

type Change = 'on' | 'off' | 'reset';

export const taste = verb<{ change: Change | undefined }>({
  name: 'taste',
  summary: 'What the roundup has learnt from saves, votes and “not for us”; on, off and reset are for managers',
  options: [{ name: 'change', summary: 'on, off or reset; nothing: show it' }],
  who: 'anyone',
  audience: 'asker',
  parse(words) {
    const said = words.toLowerCase();
    if (said === '') return { change: undefined };
    return said === 'on' || said === 'off' || said === 'reset' ? { change: said } : undefined;
  },
  changes: ({ change }) => change !== undefined,
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const voice = voiceOf(channel);
    switch (call.args.change) {
      case undefined:
        return channel.taste ? learntDoc((await listTastes(deps.db, [channel.id], deps.now())).get(channel.id), voice, deps) : offDoc(voice);
      case 'on':
        await setTaste(deps.db, channel, true);
        return say(`${voice('This channel’s taste counts in its roundup', 'Your taste counts in your digest')}${byWhom(call, 'switched on')}.`);
      case 'off':
        await setTaste(deps.db, channel, false);
        return say(`${voice('This channel’s taste no longer counts in its roundup', 'Your taste no longer counts in your digest')}${byWhom(call, 'switched off')}. What it has learnt is kept.`);
      case 'reset':
        await resetTaste(deps.db, channel, deps.now());
        return say(`${voice('This channel’s taste', 'Your taste')} was reset${byWhom(call)}: it is learnt anew from now on. Saves and votes stay ${voice('with who made them', 'with you')}.`);
    }
  },
});

async function learntDoc(learnt: Exemplar[] | undefined, voice: Voice, deps: Deps): Promise<Doc> {
  if (!learnt) return say(`${voice('This channel’s taste', 'Your taste')} has nothing to go by yet. Save or upvote papers ${voice('here', 'in your direct messages with Paperround')}, or press “Not for us”, and papers like them move up or down in ${voice('its roundup', 'your digest')}.`);
  const summary = `Learnt from ${listed(sourcesInWords(learnt))} ${voice('in this channel', 'in your digest')}.`;
  const stems = learntStems(learnt, WORDS);
  const papers = await getPapers(deps.db, learnt.map(({ paperId }) => paperId));
  const spelled = spellings(papers.flatMap(({ title, abstract }) => [title, abstract]), new Set([...stems.for, ...stems.against]));
  const side = (title: string, hashes: number[]): Block[] => {
    const words = hashes.flatMap((hash) => spelled.get(hash) ?? []);
    return words.length ? [{ kind: 'item', title: { text: title, bold: true }, facts: [words.join(', ')] }] : [];
  };
  return {
    title: voice('This channel’s taste', 'Your taste'),
    summary,
    blocks: [
      text(summary),
      ...side('More of', stems.for),
      ...side('Less of', stems.against),
      note(`A paper moves by ${SWAY * 100} % of its trending score at the most, and says why; none is hidden. What was said counts half after ${TASTE_HALF_LIFE} days. ${voice('Other channels learn', 'Channels learn')} nothing of it.`),
      note(`/roundup${voice('', ' me')} taste reset begins anew.`),
    ],
    actions: [press('Switch off', voice('Switch off this channel’s taste', 'Switch off your taste'), 'roundup', 'taste off')],
  };
}

function offDoc(voice: Voice): Doc {
  return {
    ...say(voice('This channel’s taste is off: its roundup comes in the order of what trends.', 'Your taste is off: your digest comes in the order of what trends.')),
    actions: [press('Switch on', voice('Switch on this channel’s taste', 'Switch on your taste'), 'roundup', 'taste on')],
  };
}

/** `3 saved papers`, `1 upvoted one`, `2 not for you` */
function sourcesInWords(learnt: Exemplar[]): string[] {
  const saved = learnt.filter(({ worth, saved }) => worth > 0 && saved).length;
  const upvoted = learnt.filter(({ worth, saved }) => worth > 0 && !saved).length;
  const against = learnt.filter(({ worth }) => worth < 0).length;
  return [
    saved ? count(saved, 'saved paper') : '',
    upvoted ? count(upvoted, 'upvoted paper') : '',
    against ? `${count(against, 'paper')} that ${against === 1 ? 'wasn’t' : 'weren’t'} for you` : '',
  ].filter(Boolean);
}
