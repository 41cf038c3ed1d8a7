import { verb } from '../../command.ts';
import { note, say, type Action } from '../../core/doc.ts';
import { LAYOUTS, layoutInWords, type Layout } from '../../core/layout.ts';
import { setLayout } from '../../db/channels.ts';
import { byWhom, press } from '../words.ts';
import { channelHere } from './here.ts';
import { previewPress } from './presses.ts';
import { voiceOf } from './voice.ts';

export const layout = verb<{ layout: Layout | undefined }>({
  name: 'layout',
  summary: 'How the roundup is laid out: compact, full, or each paper a message of its own',
  options: [{ name: 'layout', summary: 'compact, full or each; nothing: show it' }],
  who: 'anyone',
  audience: 'asker',
  parse(words) {
    const said = LAYOUTS.find((one) => one === words.toLowerCase());
    return words && !said ? undefined : { layout: said };
  },
  changes: (args) => args.layout !== undefined,
  async run(call, deps) {
    const channel = await channelHere(call.channel, deps);
    const voice = voiceOf(channel);
    const whose = voice('This channel’s roundup', 'Your digest');
    const wanted = call.args.layout;
    if (!wanted) return { ...say(`${whose} is ${layoutInWords(channel.layout)}.`), actions: LAYOUTS.filter((one) => one !== channel.layout).map((one) => pressFor(LABELS[one], one)) };
    await setLayout(deps.db, channel, wanted);
    return {
      ...say(`${whose} is now ${layoutInWords(wanted)}${byWhom(call, 'set')}.`, note('It shows from the next one on.')),
      actions: [previewPress(voice), ...(wanted === channel.layout ? [] : [pressFor('Undo', channel.layout)])],
    };
  },
});

const LABELS: Record<Layout, string> = { compact: 'Compact', full: 'Full', each: 'One by one' };

function pressFor(label: string, wanted: Layout): Action {
  return press(label, `${label}: lay the roundup out ${wanted === 'each' ? 'as one message a paper' : wanted}`, 'roundup', `layout ${wanted}`);
}
