// Addresses whose mail server refused them: which, why, and once it is mended, on they go.
import { nextRunInWords } from '../../commands/words.ts';
import { EMAIL } from '../../core/email.ts';
import { UserError } from '../../core/errors.ts';
import { adviceOf, lostInWords } from '../../core/lost.ts';
import { count } from '../../core/text.ts';
import { nameOf, type Channel } from '../../db/channels.ts';
import { listLost, takeBack } from '../../db/lost-channels.ts';
import type { Cli } from '../cli.ts';

export async function email(cli: Cli, what: string, which: string[]): Promise<void> {
  if (what === 'paused' && which.length === 0) return paused(cli);
  if (what === 'resume' && which.length > 0) return resume(cli, which);
  throw new UserError('Use it like this: paperround email paused, paperround email resume all, paperround email resume ID ID …');
}

async function paused(cli: Cli): Promise<void> {
  await cli.withDb(async ({ db }) => {
    const lost = await listLost(db, EMAIL);
    const rows = lost.map((channel) => ({ id: channel.id, address: addressOf(channel), code: channel.pausedCode, said: adviceOf(channel) }));
    const lines = rows.map(({ id, address, code, said }) => `${id}: ${address}: ${said ?? lostInWords(code!)}`);
    const todo = 'Once it is mended: paperround email resume all, or with the numbers of some. Whoever subscribes again and confirms goes on by that.';
    cli.say(rows, rows.length ? [...lines, todo].join('\n') : 'No address is paused.');
  });
}

async function resume(cli: Cli, which: string[]): Promise<void> {
  await cli.withDb(async ({ db }) => {
    const lost = await listLost(db, EMAIL);
    const unknown = which.filter((id) => id !== 'all' && !lost.some((channel) => String(channel.id) === id));
    if (unknown.length) throw new UserError(`No paused address has the number ${unknown.join(' or ')}. paperround email paused shows which have.`);
    const wanted = which.includes('all') ? lost : lost.filter(({ id }) => which.includes(String(id)));
    const rows = [];
    for (const channel of wanted) {
      const next = nextRunInWords(await takeBack(db, channel, cli.now()));
      rows.push({ id: channel.id, address: addressOf(channel), next });
    }
    const lines = rows.map(({ id, address, next }) => `${id}: ${address}: next ${next}`);
    cli.say(rows, [...lines, `${count(rows.length, 'address goes', 'addresses go')} on.`].join('\n'));
  });
}

/** `a…@lab.org`: standard output ends up in logs. */
function addressOf(channel: Channel): string {
  return channel.name ?? nameOf(channel);
}
