// The settings: the environment for what is secret or of this machine, YAML for what a team reviews.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { isArchive, isCategory } from './core/category.ts';
import { STANDINGS, type Standing } from './core/chat.ts';
import type { Platform } from './core/platform.ts';
import { ConfigError, wordsOf } from './core/errors.ts';
import { isDate, parseZone, type Schedule } from './core/schedule.ts';
import { parseTopic } from './core/topic.ts';
import type { DbPlace } from './db/connect.ts';
import { parseKeys, type KeyRing } from './db/key-ring.ts';
import { readProxies } from './proxies.ts';

/** The package's own files, two levels up from both src/ and dist/. */
export const ROOT = fileURLToPath(new URL('../', import.meta.url));

export interface ReadyTopic {
  name: string;
  query: string;
  about: string;
}

export interface Config {
  database: DbPlace;
  /** Where embedded data, backups and the like go. */
  folder: string;
  /** `port` undefined: no server unless a platform mounts a route, or there is a web edition. */
  http: {
    host: string;
    port: number | undefined;
    metricsToken: string | undefined;
    /** Where the web edition is reached, without a slash at its end: `https://papers.lab.org`. Undefined: there is none. */
    publicUrl: string | undefined;
    /** Proxies whose word is taken for who asks: see proxies.ts. */
    proxies: string | undefined;
  };
  /** Settings of each platform that is switched on. */
  platforms: Record<string, Record<string, string | undefined>>;
  /** What the secrets of workspaces are sealed with, where some install a platform's app by themselves. */
  keys: KeyRing | undefined;
  /** Base URLs and tokens of the sources. */
  sourceEnv: Record<string, string | undefined>;
  /** The schedule and size of a channel that says nothing. */
  channel: Schedule & { size: number };
  /** Overrides of each platform's least standing for managing a channel. */
  managers: Partial<Record<string, Standing>>;
  categories: string[];
  crossLists: boolean;
  sources: string[];
  graceHours: number;
  /** Channels that are due at the same minute are spread over so many seconds. */
  spreadSeconds: number;
  /** Whether the counts in posts of the last days are brought up to date in place. */
  edits: boolean;
  /** Days that each kind of row is kept. */
  keepDays: Record<'snapshots' | 'outbox' | 'runs' | 'rejected' | 'roundups', number>;
  backups: number;
  topics: ReadyTopic[];
  /** Days for which arXiv announces no list, `YYYY-MM-DD`. */
  arxivHolidays: string[];
}

const settings = z.strictObject({
  channel: z.strictObject({
    at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 09:00'),
    zone: z.string(),
    days: z.array(z.int().min(1).max(7)).min(1),
    size: z.int().min(1).max(25),
  }),
  managers: z.record(z.string(), z.enum(STANDINGS)),
  sources: z.array(z.string()),
  categories: z.array(z.string().refine((code) => isCategory(code) || isArchive(code), 'is not an arXiv category')).min(1),
  crossLists: z.boolean(),
  graceHours: z.number().min(0).max(24),
  spreadSeconds: z.number().min(0).max(60),
  edits: z.boolean(),
  keepDays: z.strictObject({
    snapshots: z.int().min(8),
    outbox: z.int().min(2),
    runs: z.int().min(1),
    rejected: z.int().min(1),
    roundups: z.int().min(30),
  }),
  backups: z.int().min(0),
});

const topicsFile = z.array(z.strictObject({ name: z.string().regex(/^[a-z0-9-]+$/), query: z.string(), about: z.string() }));

const holidaysFile = z.array(z.string().refine(isDate, 'is not a day such as 2026-12-25'));

const SOURCE_ENV = ['HF_TOKEN', 'HF_ENDPOINT', 'ARXIV_API_URL', 'PAPERROUND_CONTACT'];

/** Reads everything, and throws one ConfigError that names every problem. An unset and an empty variable are the same. */
export function readConfig(env: Record<string, string | undefined>, platforms: Platform[], folder = `${ROOT}config`): Config {
  const problems: string[] = [];
  const set = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value?.trim() || undefined]));
  const file = readYaml(`${folder}/paperround.yaml`, settings, problems);
  const topics = readYaml(`${folder}/topics.yaml`, topicsFile, problems) ?? [];
  const holidays = readYaml(`${folder}/arxiv-holidays.yaml`, holidaysFile, problems) ?? [];
  for (const topic of topics) attempt(problems, `config/topics.yaml, ${topic.name}`, () => parseTopic(topic.query));
  if (file) attempt(problems, 'config/paperround.yaml, channel.zone', () => parseZone(file.channel.zone));
  const data = set.PAPERROUND_DATA ?? 'data';
  const port = readPort(set.PORT, problems);
  const publicUrl = readPublicUrl(set.PUBLIC_URL, problems);
  attempt(problems, 'TRUSTED_PROXIES', () => readProxies(set.TRUSTED_PROXIES ?? ''));
  checkUrls(set, problems);
  const on = switchedOn(set, platforms, problems);
  const keys = readKeys(set.PAPERROUND_KEYS, platforms.filter(({ name }) => on[name]).map((one) => ({ name: one.name, sealed: one.seals?.(on[one.name]!) })), problems);
  if (problems.length || !file) throw new ConfigError(problems);
  return {
    ...file,
    database: set.DATABASE_URL ? { url: set.DATABASE_URL } : { folder: `${data}/db` },
    folder: data,
    http: { host: set.HOST ?? '127.0.0.1', port, metricsToken: set.METRICS_TOKEN, publicUrl, proxies: set.TRUSTED_PROXIES },
    platforms: on,
    keys,
    sourceEnv: Object.fromEntries(SOURCE_ENV.map((name) => [name, set[name]])),
    topics,
    arxivHolidays: holidays,
  };
}

function readYaml<T>(path: string, shape: z.ZodType<T>, problems: string[]): T | undefined {
  try {
    const read = shape.safeParse(parse(readFileSync(path, 'utf8')));
    if (read.success) return read.data;
    for (const issue of read.error.issues) problems.push(`${path}: ${issue.path.join('.') || 'the file'} ${issue.message}`);
  } catch (error) {
    problems.push(`${path}: ${wordsOf(error)}`);
  }
  return undefined;
}

function attempt<T>(problems: string[], where: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    problems.push(`${where}: ${wordsOf(error)}`);
    return undefined;
  }
}

function readPort(value: string | undefined, problems: string[]): number | undefined {
  if (value === undefined) return undefined;
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  problems.push(`PORT is “${value}”: it must be a whole number from 0 to 65535.`);
  return undefined;
}

function readPublicUrl(value: string | undefined, problems: string[]): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
  problems.push('PUBLIC_URL must be the address at which people reach the web pages, such as https://papers.lab.org, without a path behind it.');
  return undefined;
}

function readKeys(text: string | undefined, platforms: { name: string; sealed: string | undefined }[], problems: string[]): KeyRing | undefined {
  if (text !== undefined) return attempt(problems, 'the environment', () => parseKeys(text));
  for (const { name, sealed } of platforms) {
    if (sealed) problems.push(`${name}: PAPERROUND_KEYS is missing: ${sealed}. Make one by: echo "k1:$(openssl rand -base64 32)", and keep it as safe as a token.`);
  }
  return undefined;
}

function checkUrls(set: Record<string, string | undefined>, problems: string[]): void {
  for (const name of ['SLACK_API_URL', 'DISCORD_API_URL', 'HF_ENDPOINT', 'ARXIV_API_URL']) {
    if (set[name] && !/^https?:\/\//.test(set[name])) problems.push(`${name} must begin with http:// or https://.`);
  }
  if (set.DATABASE_URL && !/^postgres(ql)?:\/\//.test(set.DATABASE_URL)) {
    problems.push('DATABASE_URL must look like postgres://user:password@host:5432/database. (Its value is not shown here.)');
  }
}

function switchedOn(set: Record<string, string | undefined>, platforms: Platform[], problems: string[]): Config['platforms'] {
  const on: Config['platforms'] = {};
  for (const platform of platforms) {
    const names = Object.keys(platform.env);
    const needed = names.filter((name) => platform.env[name] === 'required');
    // Another address of its API alone, as tests and proxies set it, doesn't switch a platform on.
    const given = names.filter((name) => set[name] && (platform.env[name] === 'required' || !name.endsWith('_URL')));
    if (needed.length > 0 && given.length === 0) continue;
    const own = Object.fromEntries(names.map((name) => [name, set[name]]));
    problems.push(...(platform.checkEnv ?? missing(platform.name, needed, given))(own));
    on[platform.name] = own;
  }
  return on;
}

function missing(platform: string, needed: string[], given: string[]): (env: Record<string, string | undefined>) => string[] {
  return (env) => {
    const lacking = needed.filter((name) => !env[name]);
    return lacking.length ? [`${platform}: ${given.join(' and ')} is set, but ${lacking.join(' and ')} is missing.`] : [];
  };
}
