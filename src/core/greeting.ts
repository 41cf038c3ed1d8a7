import { text, type Action, type Doc } from './doc.ts';

/** What Paperround does, in three lines, with the two ways to begin: for a channel that has no roundup yet. */
export function greeting(): Doc {
  const summary = 'Paperround posts one roundup a day of the papers that trend, in channels that ask for it.';
  const press = (label: string, verb: string): Action => ({ label, says: label, call: { name: 'roundup', text: verb } });
  return {
    summary,
    blocks: [
      text(summary),
      text('Take everything, or one topic, at your hour: ', { text: '/roundup subscribe nlp at 9 weekdays', code: true }),
      text('Nothing is posted before someone subscribes. ', { text: '/paper attention', code: true }, ' looks papers up, for your eyes only.'),
    ],
    actions: [press('Preview today’s roundup', 'preview'), press('Subscribe this channel', 'subscribe')],
  };
}
