import { createApp, type App } from '../../app.ts';
import type { Call } from '../../core/chat.ts';
import type { Platform } from '../../core/platform.ts';
import type { Doc } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import type { Layout } from '../../core/layout.ts';
import { localDate } from '../../core/schedule.ts';
import { readTopic } from '../../commands/roundup/said-topic.ts';
import { countPapers } from '../../db/papers.ts';
import { makeRoundup, roundupMoment } from '../../delivery/make.ts';
import { lookOf, messagesOf } from '../../delivery/messages.ts';
import { ingestSamples } from '../../ingest/samples.ts';
import { draw } from '../../platforms/terminal/draw.ts';
import * as sources from '../../sources/index.ts';
import type { Cli } from '../cli.ts';

export interface RoundupOptions {
  date?: string;
  topic: string[];
  limit?: number;
  platform: string;
  layout: Layout;
}

/** What would be posted: drawn for a person, or as the exact API payloads. */
export async function roundup(cli: Cli, options: RoundupOptions): Promise<void> {
  const platform = platformOf(cli, options.platform);
  await withApp(cli, async ({ deps }) => {
    const { zone, size } = cli.config.channel;
    const moment = options.date ? { ...asOf(options.date, cli.now(), zone), notes: [] } : await roundupMoment(deps.db, cli.now(), zone);
    const made = await makeRoundup(deps.db, {
      ...moment,
      topics: options.topic.map((topic) => ({ label: topic, query: readTopic(topic, deps) })),
      size: options.limit ?? size,
      place: undefined,
      channelId: undefined,
      look: lookOf({ layout: options.layout, forum: false }, platform),
    });
    const messages = messagesOf(platform, made.doc).map(({ payload }) => payload);
    cli.say(messages, made.items.length ? shown(cli, platform, messages) : 'Nothing to post: no paper of these days matches.');
  });
}

/** The exact payloads of an answer to a slash command. */
export async function preview(cli: Cli, name: string, said: string): Promise<void> {
  const platform = platformOf(cli, name);
  const match = /^\/?(\S+)\s*([\s\S]*)$/.exec(said);
  if (!match) throw new UserError('Say which command, such as: paperround preview slack "/paper attention"');
  await withApp(cli, async (app) => {
    app.adapters.set(name, { post: () => Promise.reject(new Error('a preview posts nothing')), preflight: async () => ({ ok: true }), stop: async () => {} });
    const call: Call = {
      command: match[1]!,
      text: match[2]!,
      channel: { platform: name, workspace: 'preview', id: 'preview', name: 'preview' },
      person: { id: 'preview', name: 'you', profile: async () => ({ standing: 'admin' }) },
    };
    const payloads = platform.renderAnswer(await app.handle(call));
    cli.say(payloads, shown(cli, platform, payloads));
  });
}

function shown(cli: Cli, platform: Platform, payloads: object[]): string {
  if (platform.name !== 'terminal') return JSON.stringify(payloads, null, 2);
  const { stdout } = cli.process;
  let button = 0;
  const look = { width: Math.min(stdout.columns ?? 100, 100), colour: Boolean(stdout.isTTY), links: Boolean(stdout.isTTY) };
  return payloads.map((payload) => draw((payload as { doc: Doc }).doc, look, () => ++button)).join('\n');
}

async function withApp(cli: Cli, work: (app: App) => Promise<void>): Promise<void> {
  const log = await cli.log();
  await cli.withDb(async (opened) => {
    if ((await countPapers(opened.db)) === 0) await ingestSamples({ db: opened.db, sources: Object.values(sources) });
    const { config, platforms, now } = cli;
    // Looking changes nothing: whatever the command would write is undone.
    const undone = new Error('undone');
    try {
      await opened.db.transaction(async (tx) => {
        await work(await createApp({ config, opened: { ...opened, db: tx }, log, now, platforms, fetch }));
        throw undone;
      });
    } catch (error) {
      if (error !== undone) throw error;
    }
  });
}

function platformOf(cli: Cli, name: string): Platform {
  const platform = cli.platforms.find((one) => one.name === name);
  if (!platform) throw new UserError(`There is no platform “${name}”. There are ${cli.platforms.map((one) => one.name).join(', ')}.`);
  return platform;
}

function asOf(date: string, now: Date, zone: string): { at: Date; on: string } {
  const end = Date.parse(`${date}T23:59:59.999Z`);
  return end < now.getTime() ? { at: new Date(end), on: date } : { at: now, on: localDate(now, zone) };
}
