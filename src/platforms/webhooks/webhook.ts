// What webhooks have in common: an address that is the whole secret, one flat post, and no way to look or to be called.
import type { ChatAdapter, OutboxMessage, Payload, Platform, PlatformIo, Preflight, Receipt } from '../../core/platform.ts';
import type { Block, Doc } from '../../core/doc.ts';
import { ChannelGone, neverSent, OutcomeUnknown, TryLater, wordsOf } from '../../core/errors.ts';
import { clip } from '../../core/text.ts';

/** How one platform's webhooks are. */
export interface Hook {
  name: string;
  /** The address itself, when it is one of these webhooks and nothing else; undefined for anything else. */
  read(text: string): URL | undefined;
  /** What requests ask beyond the address. */
  ask: Record<string, string>;
  messageGapMs: number;
  /** The platform's own look, which is given what has no buttons and no thread. */
  render(doc: Doc): Payload[];
  /** What an answer means: where the message is, or an error of ChatAdapter.post. */
  judge(answer: { status: number; body: string; retryAfterMs: number }, message: OutboxMessage): Receipt;
}

const POST_TIMEOUT_MS = 15_000;
const UNSENT_WAIT_MS = 30_000;
/** Where a 429 doesn't say. */
const BUSY_WAIT_MS = 60_000;

/** What ends a webhook for good: its address is thrown away then. An archived channel may come back. */
const ENDED = ['no_service', 'no_team', '10015', '50027'];

/** A platform of such webhooks. `base`, for tests alone, is asked in place of the platform's own host. */
export function webhookPlatform(hook: Hook, base?: string): Platform {
  const render = (doc: Doc) => inOnePost(hook, doc);
  return {
    name: hook.name,
    // The addresses are kept sealed: without a key there are none.
    env: { PAPERROUND_KEYS: 'required' },
    can: { thread: false, actions: false, silent: false, links: false },
    onePost: true,
    spread: true,
    messageGapMs: hook.messageGapMs,
    // Nobody can call from there.
    managers: 'admin',
    render,
    renderAnswer: ({ doc }) => render(doc),
    connect: (io) => connect(hook, io, base),
  };
}

async function connect(hook: Hook, io: PlatformIo, base: string | undefined): Promise<ChatAdapter> {
  await io.installations.open();
  return {
    async post(message) {
      const installed = await io.installations.get(message.channel.workspace);
      const address = installed && hook.read(installed.secret);
      if (!address) throw new ChannelGone('webhook_removed');
      try {
        return hook.judge(await send(base ? new URL(`${address.pathname}${address.search}`, base) : address, hook.ask, message.payload), message);
      } catch (error) {
        if (error instanceof ChannelGone && ENDED.includes(error.code)) await io.installations.end(message.channel.workspace, installed.installedAt, error.code);
        throw error;
      }
    },
    async preflight({ workspace }): Promise<Preflight> {
      const installed = await io.installations.get(workspace);
      return installed ? { ok: true } : { ok: false, code: 'webhook_removed', problem: 'The webhook’s address isn’t kept here.', fix: 'Add it again: paperround webhook add.' };
    },
    check: async () => `${await io.installations.open()} kept`,
    stop: async () => {},
  };
}

// Nothing is followed: what a redirect names is nobody's address that we know.
async function send(address: URL, ask: Record<string, string>, payload: Payload): Promise<{ status: number; body: string; retryAfterMs: number }> {
  const asking = new URL(address);
  for (const [name, value] of Object.entries(ask)) asking.searchParams.set(name, value);
  try {
    const answer = await fetch(asking, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      signal: AbortSignal.timeout(POST_TIMEOUT_MS),
    });
    const after = Number(answer.headers.get('retry-after') ?? NaN);
    return { status: answer.status, body: await answer.text(), retryAfterMs: after > 0 ? after * 1_000 : BUSY_WAIT_MS };
  } catch (error) {
    // Its words can hold the address.
    const cause = error instanceof Error && error.cause ? error.cause : error;
    const words = wordsOf(cause).replaceAll(address.pathname, '…');
    throw neverSent(error) ? new TryLater(UNSENT_WAIT_MS, words) : new OutcomeUnknown(words);
  }
}

/** How much of what papers are about is left, where all of it would not fit one post. */
const CUTS = [Infinity, 120, 0];

function inOnePost(hook: Hook, doc: Doc): Payload[] {
  let payloads: Payload[] = [];
  for (const most of CUTS) {
    payloads = hook.render(flat(doc, most));
    if (payloads.length === 1) break;
  }
  return payloads;
}

/** Without anything that could be pressed, or stands below or beside it. */
function flat({ title, summary, blocks }: Doc, bodyMost: number): Doc {
  const bare = blocks.map((block): Block => {
    if (block.kind !== 'item') return block;
    const { actions: _, open: __, body, ...item } = block;
    return body && bodyMost > 0 ? { ...item, body: clip(body, bodyMost) } : item;
  });
  return { ...(title ? { title } : {}), summary, blocks: bare };
}
