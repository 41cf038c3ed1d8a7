import { verb } from '../../command.ts';
import { readAddress } from '../../core/email.ts';
import { note, say } from '../../core/doc.ts';
import { TryLater, UserError } from '../../core/errors.ts';
import { personOf } from '../../db/saves.ts';
import { readLine, type OneLine } from './one-line.ts';
import { roundupInWords } from './roundup-in-words.ts';
import { readTopic, topicsIn } from './said-topic.ts';
import { checkSize } from './size.ts';
import { readWhen, startHere } from './subscription.ts';

const NOT_SET_UP =
  'E-mail isn’t set up here. Whoever runs Paperround sets SMTP_URL, MAIL_FROM, PUBLIC_URL and PAPERROUND_KEYS, and starts it again: see “By e-mail” in its README.';

/** Everybody's own affair: it changes no channel, and the address is told in none. */
export const email = verb<OneLine & { address: string }>({
  name: 'email',
  summary: 'Get a roundup by e-mail: asks the address first',
  options: [
    { name: 'address', summary: 'Where to, such as you@lab.org', required: true },
    { name: 'topic', summary: 'Topics with commas between; then, if you like: at 9 weekdays Europe/Berlin top 5' },
  ],
  who: 'anyone',
  audience: 'asker',
  parse(words) {
    const [, address = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(words) ?? [];
    return { address, ...readLine(rest) };
  },
  async run(call, deps) {
    const { address: said, topic, when, size, layout, place } = call.args;
    if (!deps.askAddress) throw new UserError(NOT_SET_UP);
    const address = readAddress(said);
    if (!address) throw new UserError(`${said ? `“${said}” is no e-mail address that Paperround can write to. ` : ''}Say which one, such as /roundup email you@lab.org nlp at 9 weekdays.`, [], 'address');
    if (layout || place) throw new UserError('A mail has one layout: each paper with a line of what it is about. Say it without the last words.');
    if (size !== undefined) checkSize(size);
    const start = await startHere(call, deps);
    const { zone, at, days } = when ? readWhen(when, start) : start;
    const topics = topicsIn(topic);
    const wish = { address, topics, schedule: { zone, at, days }, size: size ?? start.size, asker: personOf(call) };
    try {
      await deps.askAddress(wish);
    } catch (error) {
      throw error instanceof TryLater ? new UserError(`${error.message} Ask again tomorrow.`) : error;
    }
    const named = topics.map((words) => ({ query: readTopic(words, deps), name: words }));
    return say(
      `If ${address} takes mail, a confirmation is on its way there. Press Confirm in it within 24 hours, and it gets ${roundupInWords({ ...wish.schedule, size: wish.size, layout: 'compact', silent: false }, named)}.`,
      note('Nothing else is sent before that, and until then the address isn’t kept. Nobody in this channel sees this.'),
    );
  },
});
