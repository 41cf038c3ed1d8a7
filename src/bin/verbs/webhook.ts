// Webhooks: added with their address on standard input, so that it stands in no shell's history; shown by its end alone.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { roundupInWords } from '../../commands/roundup/roundup-in-words.ts';
import { readLine } from '../../commands/roundup/one-line.ts';
import { readWhen } from '../../commands/roundup/subscription.ts';
import { checkSize } from '../../commands/roundup/size.ts';
import { readTopic, topicsIn } from '../../commands/roundup/said-topic.ts';
import { nextRunInWords } from '../../commands/words.ts';
import { ConfigError, UserError } from '../../core/errors.ts';
import { deleteChannel, findChannel, listChannels, nameOf } from '../../db/channels.ts';
import { deleteInstallation, saveInstallation } from '../../db/installations.ts';
import { saveReadyTopics, topicsOf } from '../../db/topics.ts';
import { hook as discord } from '../../platforms/webhooks/discord.ts';
import { hook as slack } from '../../platforms/webhooks/slack.ts';
import { applyChannel } from '../../transfer.ts';
import type { Cli } from '../cli.ts';

const HOOKS = [slack, discord];
const TAKEN = 'https://hooks.slack.com/services/… or https://discord.com/api/webhooks/…';

export async function webhook(cli: Cli, what: string, words: string[]): Promise<void> {
  if (what === 'add') return add(cli, words.join(' '));
  if (what === 'list') return list(cli);
  if (what === 'remove' && words.length === 1) return remove(cli, words[0]!);
  throw new UserError('Use it like this: paperround webhook add [TOPICS AND SCHEDULE] < FILE, paperround webhook list, paperround webhook remove ID');
}

/** The same address again takes the new settings, and goes on where it was lost. */
async function add(cli: Cli, words: string): Promise<void> {
  const { keys, channel: start } = cli.config;
  if (/https?:\/\//.test(words)) throw new UserError('Give the address on standard input, not as a word, which stays in the shell’s history.');
  if (!keys) throw new ConfigError(['PAPERROUND_KEYS is missing: the addresses of webhooks are sealed with it. Make one by: echo "k1:$(openssl rand -base64 32)", and keep it as safe as a token.']);
  const { topic, when, size = start.size, layout, place } = readLine(words);
  if (place || layout === 'each') throw new UserError('A webhook gets one flat post: say “compact”, “full” or no layout.');
  checkSize(size);
  const { zone, at, days } = when ? readWhen(when, start) : start;
  const topics = [...new Set(topicsIn(topic).map((said) => readTopic(said, cli)))];
  if (cli.process.stdin.isTTY) cli.tell('Paste the webhook’s address, then Enter and Ctrl-D:');
  const secret = readFileSync(0, 'utf8').trim();
  const hook = HOOKS.find((one) => one.read(secret));
  if (!hook) throw new UserError(`That is no webhook’s address. It must be ${TAKEN}, and nothing else. (What was given is not shown here.)`);
  // The address is long and random, so that its digest tells nothing of it.
  const hooked = { platform: hook.name, workspace: createHash('sha256').update(secret).digest('hex').slice(0, 10) };
  const name = `${new URL(secret).hostname}/…${secret.slice(-4)}`;
  await cli.withDb(async ({ db }) => {
    const now = cli.now();
    await db.transaction(async (tx) => {
      await saveReadyTopics(tx, cli.config.topics);
      await saveInstallation(tx, keys, hooked, { secret, by: 'command line' }, now);
      await applyChannel(tx, { ...hooked, id: CHANNEL, name, zone, at, days, size, ...(layout ? { layout } : {}), topics }, 'command line', now);
    });
    const channel = (await findChannel(db, { ...hooked, id: CHANNEL }))!;
    const is = roundupInWords(channel, await topicsOf(db, channel.id));
    cli.say({ id: hooked.workspace, webhook: name, next: channel.nextDueAt }, `${hooked.workspace}: ${name} gets ${is}. Next: ${nextRunInWords(channel)}.`);
  });
}

/** A webhook has one channel, and that no name. */
const CHANNEL = 'webhook';

async function list(cli: Cli): Promise<void> {
  await cli.withDb(async ({ db }) => {
    const hooks = (await listChannels(db)).filter(({ platform }) => HOOKS.some(({ name }) => name === platform));
    const rows = await Promise.all(
      hooks.map(async (channel) => ({ id: channel.workspace, webhook: channel.name, gets: roundupInWords(channel, await topicsOf(db, channel.id)), next: nextRunInWords(channel) })),
    );
    cli.say(rows, rows.length ? rows.map(({ id, webhook: name, gets, next }) => `${id}: ${name} gets ${gets}. Next: ${next}.`).join('\n') : 'There is no webhook. Add one: paperround webhook add');
  });
}

async function remove(cli: Cli, id: string): Promise<void> {
  await cli.withDb(async ({ db }) => {
    const channel = (await listChannels(db)).find(({ platform, workspace }) => workspace === id && HOOKS.some(({ name }) => name === platform));
    if (!channel) throw new UserError(`There is no webhook ${id}. paperround webhook list shows what there is.`);
    await db.transaction(async (tx) => {
      await deleteInstallation(tx, channel);
      await deleteChannel(tx, { platform: channel.platform, workspace: id, id: channel.externalId });
    });
    cli.say({ removed: id }, `${nameOf(channel).slice(1)} gets nothing more, and its address is forgotten.`);
  });
}
