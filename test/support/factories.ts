// Things that tests need, with sensible values; a test names what it is about and nothing else.
import { openChannel, type Channel } from '../../src/db/channels.ts';
import type { ChannelRef, Person, Standing } from '../../src/core/chat.ts';
import type { Payload, Platform, ChatAdapter, OutboxMessage, PlatformIo, Receipt } from '../../src/core/platform.ts';
import type { Doc, Span } from '../../src/core/doc.ts';
import type { Paper } from '../../src/core/paper.ts';
import type { PaperRecord } from '../../src/core/source.ts';
import { silent } from '../../src/core/log.ts';
import type { Db } from '../../src/db/connect.ts';
import { saveRecords } from '../../src/db/papers.ts';
import type { DeliveryDeps } from '../../src/delivery/tick.ts';

/** A Monday morning. */
export const MONDAY = new Date('2026-07-27T09:00:30Z');

/** A clock that stands until it is moved. */
export function stoppedClock(at: Date = MONDAY): { now: () => Date; moveTo(at: Date | string): void; forward(ms: number): void } {
  let time = at.getTime();
  return {
    now: () => new Date(time),
    moveTo: (next) => void (time = new Date(next).getTime()),
    forward: (ms) => void (time += ms),
  };
}

let serial = 0;

export function aRecord(more: Partial<PaperRecord> = {}): PaperRecord {
  const n = ++serial;
  const id = more.arxivId ?? `2607.${String(10_000 + n)}`;
  return {
    source: 'huggingface',
    id,
    arxivId: id,
    title: `Paper number ${n}`,
    abstract: `What paper number ${n} is about.`,
    authors: ['Ada Lovelace', 'Alan Turing'],
    categories: [],
    publishedOn: '2026-07-24',
    listedOn: '2026-07-27',
    ...more,
  };
}

/** Saves records as of `now`; returns nothing, since tests look papers up as users do. */
export async function havePapers(db: Db, records: Partial<PaperRecord>[], now: Date = MONDAY): Promise<void> {
  await saveRecords(db, records.map(aRecord), now);
}

export function aPaper(more: Partial<Paper> = {}): Paper {
  return {
    id: ++serial,
    ref: '2607.00001',
    arxivId: '2607.00001',
    version: 1,
    title: 'Attention is what you make of it',
    abstract: 'An abstract.',
    summary: null,
    authors: ['Ada Lovelace'],
    categories: [],
    publishedOn: '2026-07-24',
    revisedOn: null,
    firstSeenAt: MONDAY,
    listedAt: MONDAY,
    sources: ['huggingface'],
    url: null,
    githubUrl: null,
    projectUrl: null,
    organization: null,
    doi: null,
    journalRef: null,
    upvotes: null,
    stars: null,
    withdrawn: false,
    ...more,
  };
}

export const PLACE: ChannelRef = { platform: 'paper', workspace: 'W1', id: 'C1', name: 'reading' };

export async function aChannel(db: Db, more: Partial<Parameters<typeof openChannel>[2]> & { ref?: ChannelRef } = {}, now: Date = new Date('2026-07-26T12:00:00Z')): Promise<Channel> {
  const { ref = PLACE, ...start } = more;
  return openChannel(db, ref, { zone: 'UTC', at: '09:00', days: [1, 2, 3, 4, 5, 6, 7], size: 5, createdBy: 'paper:W1:ana', ...start }, now);
}

export function aPerson(standing: Standing = 'manager', more: Partial<Person> = {}): Person {
  return { id: 'ana', name: 'Ana', profile: async () => ({ standing }), ...more };
}

/** A platform on paper: payloads are documents, and posting writes them down. Ana's direct messages are the channel `D-ana`. */
export function paperPlatform(more: Partial<Platform> = {}): Platform & { posted: OutboxMessage[]; told: { person: string; doc: Doc }[]; adapter: ChatAdapter } {
  const posted: OutboxMessage[] = [];
  const told: { person: string; doc: Doc }[] = [];
  const adapter: ChatAdapter = {
    post: async (message): Promise<Receipt> => {
      posted.push(message);
      return { id: `m${posted.length}`, channel: message.channel.id };
    },
    tell: async ({ person }, payload) => {
      told.push({ person, doc: payload.doc as Doc });
      return `D-${person}`;
    },
    preflight: async () => ({ ok: true }),
    stop: async () => {},
  };
  const render = (doc: Doc): Payload[] => [{ doc }];
  return {
    name: 'paper',
    env: {},
    can: { thread: true, actions: true, silent: true, links: true },
    managers: 'manager',
    render,
    renderAnswer: ({ doc }) => render(doc),
    connect: async () => adapter,
    posted,
    told,
    adapter,
    ...more,
  };
}

/** All words of a document, as someone reads them. */
export function wordsIn(doc: Doc): string {
  const span = (one: Span) => (typeof one === 'string' ? one : one.text);
  return [
    doc.title ?? '',
    ...doc.blocks.map((block) => (block.kind === 'item' ? [span(block.title), ...(block.facts ?? []), block.body ?? ''].join('\n') : block.kind === 'code' ? block.text : block.spans.map(span).join(''))),
    ...(doc.replies ?? []).map(wordsIn),
  ].join('\n');
}

/** Long words under short names, as the database keeps them. */
export function wordsKept(): PlatformIo['words'] {
  const kept = new Map<string, string>();
  return {
    keep: async (text) => (kept.set(`=${kept.size}`, text), `=${kept.size - 1}`),
    get: async (name) => kept.get(name),
  };
}

/** What a database does for events that come twice. */
export function claims(): (id: string) => Promise<boolean> {
  const claimed = new Set<string>();
  return async (id) => claimed.size < claimed.add(id).size;
}

/** What making roundups needs: no spread, sources that have settled and nothing to say of them. */
export function deliveryOf(db: Db, platform: Platform): DeliveryDeps {
  return { db, log: silent, platforms: [platform], graceHours: 6, spreadMs: 0, edits: true, sourceNotes: async () => [], noListWhy: () => undefined, unsettled: async () => undefined };
}
