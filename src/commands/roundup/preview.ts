import { verb } from '../../command.ts';
import { fitsButton, note, say, type Doc } from '../../core/doc.ts';
import { press } from '../words.ts';
import { findHere } from './here.ts';
import { readTopic } from './subscribe.ts';

export const preview = verb<{ topic: string }>({
  name: 'preview',
  summary: 'What would be posted here now, for your eyes only; with a topic: what that would bring',
  options: [{ name: 'topic', summary: 'A topic to try before subscribing', suggests: true }],
  who: 'anyone',
  audience: 'asker',
  parse: (words) => ({ topic: words }),
  async run(call, deps) {
    const channel = await findHere(call.channel, deps);
    const { topic } = call.args;
    const made = await deps.makeRoundup({ channel, ref: call.channel, ...(topic ? { topics: [readTopic(topic, deps)] } : {}) });
    if (made.items.length === 0) {
      return say(topic ? `Nothing of the last days matches “${topic}”.` : 'There is nothing new for this channel right now.');
    }
    // A preview is one message: what a thread would hold is one press away.
    const doc: Doc = { ...made.doc, title: `Preview: ${made.doc.title}`, blocks: [...made.doc.blocks, note('Only you see this. Nothing was posted.')] };
    delete doc.replies;
    return channel ? doc : { ...doc, actions: [press('Subscribe this channel', 'Subscribe this channel', 'roundup', subscribeText(topic)), ...(doc.actions ?? [])] };
  },
});

function subscribeText(topic: string): string {
  const text = `subscribe ${topic}`.trim();
  return fitsButton(text) ? text : 'subscribe';
}
