import type { Call } from './chat.ts';
import { note, say, type Doc } from './doc.ts';
import { UserError, wordsOf } from './errors.ts';
import type { Log } from './log.ts';

/** What is told of a button or a choice that nobody reads any more. */
export const OF_ANOTHER_VERSION = 'This is of another version of Paperround, and can’t be pressed any more. Say the command again: /paper help and /roundup help list them.';

/** What the asker is told of an error: a UserError in its own words, of anything else the `reference` by which the log has it. */
export function errorDoc(error: unknown, reference: string, call: Call, log: Log): Doc {
  if (error instanceof UserError) {
    const doc = say(error.message);
    return error.actions.length ? { ...doc, actions: error.actions } : doc;
  }
  log.error({ call: reference, command: call.command, ...placeInLog(call), error: stackOf(error) }, 'command failed');
  return say('Something went wrong here. Try again in a minute.', note('If it happens again, tell whoever runs Paperround this reference: ', { text: reference, code: true }, '.'));
}

/** Where a call was made, as the log names it: whose direct messages they are, it doesn't tell. */
export function placeInLog({ channel: { platform, workspace, id, person } }: Call): object {
  return person === undefined ? { platform, workspace, channel: id } : { platform, channel: 'direct' };
}

// The words first, since a stack begins with the error's own message, which of a failed query holds people's data.
function stackOf(error: unknown): string {
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const cause = error instanceof Error && error.cause ? ` (${wordsOf(error.cause)})` : '';
  return [`${wordsOf(error)}${cause}`, ...frames].join('\n');
}
