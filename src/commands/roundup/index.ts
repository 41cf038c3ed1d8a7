import type { Command } from '../../command.ts';
import { note, text } from '../../core/doc.ts';
import { helpVerb } from '../help.ts';
import { change } from './change.ts';
import { email } from './email.ts';
import { history } from './history.ts';
import { layout } from './layout.ts';
import { links } from './links.ts';
import { list } from './list.ts';
import { ofChannels, withMe } from './me.ts';
import { now } from './now.ts';
import { pause, resume } from './pause.ts';
import { preview } from './preview.ts';
import { quiet } from './quiet.ts';
import { reading } from './reading.ts';
import { repair } from './repair.ts';
import { found, resend } from './resend.ts';
import { schedule } from './schedule.ts';
import { silent } from './silent.ts';
import { size } from './size.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { taste } from './taste.ts';
import { undo } from './undo.ts';
import { unsubscribe } from './unsubscribe.ts';
import { why } from './why.ts';

/** What can be said of a roundup, a channel's or one's own. */
const ROUNDUP = [subscribe, change, undo, unsubscribe, list, schedule, size, layout, quiet, silent, taste, preview, now, pause, resume, status, history, why, resend, found];

/** What is no digest's. */
const OTHERS = [...[reading, links].map(ofChannels), email];

export const roundup: Command = {
  name: 'roundup',
  summary: 'The daily roundup of trending papers in this channel',
  verbs: [
    ...withMe(ROUNDUP, OTHERS),
    ...OTHERS,
    repair,
    helpVerb('roundup', [
      text('A topic is words, “phrases”, and conditions: ', { text: 'attention -survey cat:cs.CL author:"Ada Lovelace" has:code upvotes:>20', code: true }),
      text('All in one line: ', { text: '/roundup subscribe "state space models" -survey at 9 weekdays Europe/Berlin top 5', code: true }),
      note('/roundup subscribe everything follows everything that trends. /roundup me in front of any of it is about your own digest, which comes as a direct message: /roundup me help.'),
    ]),
  ],
};
