import { verb } from '../../command.ts';
import { note, say, type Doc } from '../../core/doc.ts';
import { ownerOf } from '../../core/keys.ts';
import { count, listed } from '../../core/text.ts';
import { findDigest, type Channel } from '../../db/channels.ts';
import { countSaid, forgetSaid, type Said } from '../../db/forget.ts';
import { press } from '../words.ts';

export const forgetMe = verb<{ sure: boolean; digest: boolean }>({
  name: 'forget-me',
  summary: 'Delete all that you saved, voted, noted and read here; asks first',
  options: [],
  who: 'anyone',
  audience: 'asker',
  parse: (words) => (/^(yes( digest)?)?$/i.test(words) ? { sure: words !== '', digest: words.length > 3 } : undefined),
  async run(call, deps) {
    const digest = await findDigest(deps.db, ownerOf(call));
    if (!call.args.sure) return askDoc(listed(partsOf(await countSaid(deps.db, call))), digest);
    const gone = call.args.digest ? digest : undefined;
    const said = await forgetSaid(deps.db, call, gone);
    const parts = partsOf(said);
    const what = listed([...(parts[0] ? [`your ${parts[0]}`, ...parts.slice(1)] : []), ...(gone ? ['your own digest'] : [])]);
    return forgottenDoc(what, said.submissions > 0, gone ? undefined : digest);
  },
});

const NOTHING = 'There is nothing to forget: nothing that you saved, voted, noted or read is kept here.';
const DIGEST = 'Its topics say what you work on.';
const TOO = press('Delete my digest', 'Delete my digest, with its topics and its history', 'paper', 'forget-me yes digest');

function askDoc(what: string, digest: Channel | undefined): Doc {
  if (!what && !digest) return say(NOTHING);
  if (!what) return { ...say('Nothing that you saved, voted, noted or read is kept here, but your own digest is.', note(`${DIGEST} Nothing is deleted until you press the button.`)), actions: [TOO] };
  return {
    ...say(
      `This deletes your ${what} in this workspace and in your direct messages with Paperround, for good.`,
      note('Export first what you want to keep: /paper export. Nothing is deleted until you press a button.'),
      ...(digest ? [note(`Your own digest stays, unless you have it deleted with the rest. ${DIGEST}`)] : []),
    ),
    actions: [
      press('Delete it all', 'Delete it all: what you saved, voted, noted and read here', 'paper', 'forget-me yes'),
      ...(digest ? [press('And my digest', 'And my digest: delete it with all that you said here', 'paper', 'forget-me yes digest')] : []),
      press('Export', 'Export what you saved', 'paper', 'export'),
    ],
  };
}

function forgottenDoc(what: string, named: boolean, left: Channel | undefined): Doc {
  if (!what && !left) return say(NOTHING);
  const done = what ? `Deleted: ${what}. Nothing of it is left here but in backups, which are deleted in their turn.` : 'Nothing that you said of papers is kept here.';
  const posted = named ? [note('Messages that were posted with your name stay in their channels until somebody deletes them there.')] : [];
  return left ? { ...say(done, ...posted, note(`Your own digest is still here. ${DIGEST}`)), actions: [TOO] } : say(done, ...posted);
}

// `2 saves`, `1 vote`, `1 note`
function partsOf({ saves, votes, notes, reads, dismissals, submissions }: Said): string[] {
  const parts: [number, string, string?][] = [[saves, 'save'], [votes, 'vote'], [notes, 'note'], [reads, 'read mark'], [dismissals, '“not for us”', '“not for us”'], [submissions, 'name on a paper', 'names on papers']]; // prettier-ignore
  return parts.flatMap(([n, one, many]) => (n ? [count(n, one, many)] : []));
}
