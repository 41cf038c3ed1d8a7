import { verb } from '../../command.ts';
import { note, say } from '../../core/doc.ts';
import { count, listed } from '../../core/text.ts';
import { countSaid, forgetSaid, type Said } from '../../db/forget.ts';
import { press } from '../words.ts';

export const forgetMe = verb<{ sure: boolean }>({
  name: 'forget-me',
  summary: 'Delete all that you saved, voted, noted and read here; asks first',
  options: [],
  who: 'anyone',
  audience: 'asker',
  parse: (words) => (/^(yes)?$/i.test(words) ? { sure: words !== '' } : undefined),
  async run(call, deps) {
    const said = await (call.args.sure ? forgetSaid(deps.db, call) : countSaid(deps.db, call));
    const what = inWords(said);
    if (!what) return say('There is nothing to forget: nothing that you saved, voted, noted or read is kept here.');
    if (call.args.sure) return say(`Deleted: your ${what}. Nothing of it is left here but in backups, which are deleted in their turn.`);
    return {
      ...say(`This deletes your ${what} in this workspace, for good.`, note('Export first what you want to keep: /paper export. Nothing is deleted until you press the button.')),
      actions: [press('Delete it all', 'Delete all that you saved, voted, noted and read here', 'paper', 'forget-me yes'), press('Export', 'Export what you saved', 'paper', 'export')],
    };
  },
});

// `2 saves, 1 vote and 1 note`
function inWords({ saves, votes, notes, reads, dismissals }: Said): string {
  const parts: [number, string, string?][] = [[saves, 'save'], [votes, 'vote'], [notes, 'note'], [reads, 'read mark'], [dismissals, '“not for us”', '“not for us”']]; // prettier-ignore
  return listed(parts.flatMap(([n, one, many]) => (n ? [count(n, one, many)] : [])));
}
