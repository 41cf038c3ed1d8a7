// What may be done with an address: ask it, by a mail, whether it wants a roundup; and what the links in mails do.
import { createHash, createHmac } from 'node:crypto';
import type { Deps } from '../command.ts';
import { readTopic } from '../commands/roundup/said-topic.ts';
import { CONFIRM, EMAIL, maskAddress, pageUrl, readAddress, UNSUBSCRIBE, type AddressWish } from '../core/email.ts';
import { confirmPath, LONGEST_TOKEN, type EmailDoor, type EmailWish, type LinkOutcome } from '../core/email-door.ts';
import type { Payload } from '../core/platform.ts';
import type { Doc } from '../core/doc.ts';
import { about, TryLater, UserError } from '../core/errors.ts';
import { parseSchedule, parseZone } from '../core/schedule.ts';
import { clip } from '../core/text.ts';
import { deleteChannel, findChannel } from '../db/channels.ts';
import { claim, claimOneOf } from '../db/claims.ts';
import type { KeyRing } from '../db/key-ring.ts';
import { seal, unseal } from '../db/sealed.ts';
import { applyChannel } from '../transfer.ts';
import { confirmationDoc } from './confirmation.ts';

export interface EmailDeps extends Pick<Deps, 'db' | 'log' | 'now' | 'config'> {
  keys: KeyRing;
  publicUrl: string;
  render(doc: Doc): Payload[];
  /** Sends one mail, behind the answer. */
  sendSoon(address: string, mail: Payload): void;
}

/** How long a confirmation is good for. Not longer than used links are remembered: see db/claims.ts. */
const GOOD_MS = 24 * 3_600_000;
/** Mails a day that ask: for one address, so that nobody floods a stranger's inbox, and of one asker. */
const ASKED_MOST = 3;
const ASKER_MOST = 10;

/** Of what a confirmation holds, under short names: it is a link. */
interface Sealed {
  until: number;
  to: string;
  topics: string[];
  at: string;
  zone: string;
  days: number[];
  size: number;
}

/** The door for the web's form and for links; `ask` is chat's way in. */
export function openEmailDoor(deps: EmailDeps): EmailDoor & { ask(wish: AddressWish): Promise<void> } {
  const ask = (wish: AddressWish) => askAddress(deps, wish);
  return {
    ask,
    subscribe: async (wish) => ask(readWish(deps, wish)),
    confirm: (token) => confirm(deps, token),
    unsubscribe: (token) => unsubscribe(deps, token),
  };
}

function readWish({ config }: EmailDeps, { email, topics, timeZone, time, from }: EmailWish): AddressWish {
  const zone = about('zone', () => parseZone(timeZone));
  const schedule = about('time', () => parseSchedule(`at ${time}`, { ...config.channel, zone }));
  if (!schedule) throw new UserError(`“${time}” is not a time such as 09:00.`, [], 'time');
  const { at, days } = schedule;
  return { address: email, topics, schedule: { zone, at, days }, size: config.channel.size, asker: `web:${from}` };
}

async function askAddress(deps: EmailDeps, { address: said, topics: saidTopics, schedule, size, asker }: AddressWish): Promise<void> {
  const { db, config, keys, publicUrl } = deps;
  const address = readAddress(said);
  if (!address) throw new UserError(`“${clip(said, 60)}” is no e-mail address that Paperround can write to. It must look like you@lab.org.`, [], 'email');
  const topics = [...new Set(saidTopics.map((topic) => about('topics', () => readTopic(topic, deps))))];
  const now = deps.now();
  const until = new Date(now.getTime() + GOOD_MS);
  const { at, zone, days } = schedule;
  const sealed: Sealed = { until: until.getTime(), to: address, topics, at, zone, days, size };
  const token = seal(keys, JSON.stringify(sealed), CONFIRM);
  if (token.length > LONGEST_TOKEN) throw new UserError('These topics are too long for one mail. Use fewer, or shorter ones.', [], 'topics');
  const today = now.toISOString().slice(0, 10);
  if (!(await claimOneOf(db, `email asker ${fingerprint(keys, asker)} ${today}`, ASKER_MOST, now))) {
    throw new TryLater(msToTomorrow(now), `${ASKER_MOST} confirmations were sent for you today, which is the most in a day.`);
  }
  // To have asked too often for an address is said to nobody: it would tell that somebody had.
  if (!(await claimOneOf(db, `email address ${fingerprint(keys, address)} ${today}`, ASKED_MOST, now))) return;
  const named = topics.map((query) => ({ query, name: config.topics.find((topic) => topic.query === query)?.name ?? null }));
  const doc = confirmationDoc({ topics: named, schedule, size, until, link: pageUrl(publicUrl, confirmPath(token)) });
  for (const mail of deps.render(doc)) deps.sendSoon(address, mail);
}

async function confirm(deps: EmailDeps, token: string): Promise<LinkOutcome> {
  const { db, keys, log } = deps;
  const now = deps.now();
  const opened = open(keys, token, CONFIRM);
  if (opened === undefined) return 'unknown';
  const { until, to, ...settings } = JSON.parse(opened) as Sealed;
  if (now.getTime() > until) return 'expired';
  const ref = { ...EMAIL, id: to };
  return db.transaction(async (tx) => {
    // Used again, it brings nobody back who has left since.
    const used = createHash('sha256').update(token).digest('base64url');
    if (!(await claim(tx, `email confirmed ${used}`, now))) return (await findChannel(tx, ref)) ? 'done' : 'expired';
    await applyChannel(tx, { ...ref, name: maskAddress(to), ...settings }, EMAIL.platform, now);
    log.info({ platform: EMAIL.platform, topics: settings.topics.length }, 'address confirmed');
    return 'done';
  });
}

async function unsubscribe({ db, keys, log }: EmailDeps, token: string): Promise<LinkOutcome> {
  const address = open(keys, token, UNSUBSCRIBE);
  if (address === undefined) return 'unknown';
  const gone = await deleteChannel(db, { ...EMAIL, id: address });
  if (gone) log.info({ platform: EMAIL.platform }, 'address unsubscribed and forgotten');
  return 'done';
}

function open(keys: KeyRing, token: string, sealedAs: string): string | undefined {
  try {
    return unseal(keys, token, sealedAs).text;
  } catch {
    return undefined;
  }
}

// Enough to count by, and nothing to read an address from: not even by trying out, without the key.
function fingerprint([{ key }]: KeyRing, words: string): string {
  return createHmac('sha256', key).update(`paperround: limits of e-mail\n${words}`).digest('base64url');
}

function msToTomorrow(now: Date): number {
  return 86_400_000 - (now.getTime() % 86_400_000);
}
