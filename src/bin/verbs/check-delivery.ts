// What the doctor says of the delivery: slots that didn't end, messages in doubt, channels and workspaces that were lost.
import type { Config } from '../../config.ts';
import { lossInWords } from '../../core/lost.ts';
import { count } from '../../core/text.ts';
import type { Db } from '../../db/connect.ts';
import { listOverdue } from '../../db/delivery-health.ts';
import { countInstallations, listAllDoubtful, listFailed, listLostChannels } from '../../db/delivery-trouble.ts';
import type { Check } from './checks.ts';

/** So many are named; the rest is counted. */
const NAMED = 10;
/** More than anybody reads; the lists are cut there. */
const MOST = 1_000;
/** Over a weekend a look at the doctor on Monday finds Sunday’s; older ones are in /roundup history. */
const FAILED_MS = 48 * 3_600_000;

/** A slot that is overdue and a message in doubt fail; a lost channel is its subscriber's to mend, who was told. */
export async function checkDelivery(db: Db, { platforms }: Config, now: Date): Promise<Check[]> {
  // The terminal's roundup comes when somebody sits there.
  const served = Object.keys(platforms).filter((name) => name !== 'terminal');
  const overdue = (await listOverdue(db, served, now, MOST)).map(({ slot, dueAt, state, error }) => `${slot} (${state}, due ${dueAt.toISOString()}${error ? `: ${error}` : ''})`);
  const doubtful = (await listAllDoubtful(db, MOST)).map(({ slot, channel, error }) => `${slot} in ${channel} (${error ?? 'its answer was lost'})`);
  const failed = (await listFailed(db, new Date(now.getTime() - FAILED_MS), MOST)).map(({ slot, channel, why }) => `${slot} in ${channel} (${why ?? 'no reason given'})`);
  const lost = (await listLostChannels(db, MOST)).map(({ channel, lastSentAt, ...paused }) => {
    return `${channel}: ${lossInWords(paused).join(': ')}, ${lastSentAt ? `last post ${lastSentAt.toISOString()}` : 'nothing was posted there lately'}`;
  });
  return [
    check('slots', overdue, { none: 'every slot came to its end', some: 'slot overdue', many: 'slots overdue', state: 'failed', todo: 'Start the bot, or look in its log for this slot' }),
    check('messages', doubtful, { none: 'none in doubt', some: 'message in doubt', many: 'messages in doubt', state: 'failed', todo: 'Look in the channel; if it isn’t there, /roundup status there has Send again' }),
    check('roundups', failed, { none: 'none failed in the last two days', some: 'failed roundup', state: 'warning', todo: 'What each lacks is in brackets; the next comes at its hour' }),
    check('channels', lost, { none: 'none lost', some: 'lost channel', state: 'warning', todo: 'When it is mended, /roundup resume there goes on; for an address, paperround email resume; for a webhook, paperround webhook add' }),
    ...(await countInstallations(db)).map(
      ({ platform, active, gone }): Check => ({ what: `${platform} workspaces`, state: 'ok', words: `${active} installed, ${gone} took the app out` }),
    ),
  ];
}

function check(what: string, found: string[], words: { none: string; some: string; many?: string; state: Check['state']; todo: string }): Check {
  if (found.length === 0) return { what, state: 'ok', words: words.none };
  const more = found.length > NAMED ? `; and ${found.length - NAMED} more` : '';
  return { what, state: words.state, words: `${count(found.length, words.some, words.many)}: ${found.slice(0, NAMED).join('; ')}${more}. ${words.todo}` };
}
