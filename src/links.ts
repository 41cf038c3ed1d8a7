// Papers that messages link to: previews for a channel, and cards for somebody who asks.
import { handle } from './call.ts';
import type { Deps } from './command.ts';
import type { Call, ChannelRef } from './core/chat.ts';
import type { Doc } from './core/doc.ts';
import { wordsOf } from './core/errors.ts';
import { morePapersDoc, noPaperDoc, previewDoc, type LinkedMessage, type LinkPreview, type SeenHere } from './core/linked.ts';
import type { Paper } from './core/paper.ts';
import { findPaperIds, readPaperId, type PaperId } from './core/paper-id.ts';
import { findChannel, refOf, type Channel } from './db/channels.ts';
import { claim } from './db/claims.ts';
import { giveBack, takeLease } from './db/leases.ts';
import { isPosted, listShowings } from './db/roundups.ts';
import { countLikes } from './db/saves.ts';

/** So many links are a list, which previews would tear apart: GitHub's rule for its own. */
const MANY = 3;
/** Who reads the channel has just seen it: GitHub's rule, too. */
const AGAIN_MS = 30 * 60_000;
/** A preview that comes later moves what people are reading by then. */
const LOOK_UP_MS = 8_000;
const MOST_CARDS = 3;

/**
 * Previews of the links to papers in a message, one for each paper. None for three links and more, where the channel has
 * no roundup or is somebody's direct messages, has it paused, or has switched previews off, and for a paper that had one there within 30 minutes; nor for
 * what Slack tells of a message again, as it does when somebody takes a preview away. Never throws.
 */
export async function previewLinks(ref: ChannelRef, { id, urls }: LinkedMessage, deps: Deps): Promise<LinkPreview[]> {
  const links = papersAt(urls);
  if (links.length === 0 || new Set(urls).size >= MANY) return [];
  try {
    const channel = await findChannel(deps.db, ref);
    if (!channel?.links || channel.owner !== null || channel.pausedWhy !== null) return [];
    const docs = await Promise.all(links.map(({ paper }) => preview(paper, id, channel, deps)));
    return links.flatMap(({ url }, at) => (docs[at] ? [{ url, doc: docs[at] }] : []));
  } catch (error) {
    deps.log.warn({ platform: ref.platform, channel: ref.id, error: wordsOf(error) }, 'no previews of links');
    return [];
  }
}

/** The card of each paper that a text names or links to, the first three, as `/paper` shows it to this person. */
export async function papersIn(text: string, who: Pick<Call, 'channel' | 'person'>, deps: Deps): Promise<Doc[]> {
  const found = findPaperIds(text);
  if (found.length === 0) return [noPaperDoc()];
  const shown = found.slice(0, MOST_CARDS);
  const answers = await Promise.all(shown.map(({ arxivId }) => handle({ command: 'paper', text: arxivId, channel: who.channel, person: who.person }, deps)));
  return [...answers.map(({ doc }) => doc), ...(found.length > MOST_CARDS ? [morePapersDoc(found.length, MOST_CARDS)] : [])];
}

/** The addresses of papers; of two of the same paper, the first. */
function papersAt(urls: string[]): { url: string; paper: PaperId }[] {
  const links = urls.flatMap((url) => {
    const paper = readPaperId(url);
    return paper ? [{ url, paper }] : [];
  });
  return links.filter(({ paper }, at) => links.findIndex((one) => one.paper.arxivId === paper.arxivId) === at);
}

async function preview({ arxivId, version }: PaperId, message: string, channel: Channel, deps: Deps): Promise<Doc | undefined> {
  const { db } = deps;
  const now = deps.now();
  const name = `link:${channel.id}/${arxivId}`;
  if (!(await claim(db, `${name}/${message}`, now))) return undefined;
  if (await takeLease(db, name, message, now, new Date(now.getTime() + AGAIN_MS))) return undefined;
  try {
    const paper = await deps.lookUp(arxivId, LOOK_UP_MS);
    return paper && previewDoc(paper, version, await seenHere(paper, channel, deps));
  } catch (error) {
    deps.log.info({ channel: channel.id, error: wordsOf(error) }, 'no preview of a link');
    // The next message with this link may have more luck.
    await giveBack(db, name, message, deps.now());
    return undefined;
  }
}

async function seenHere(paper: Paper, channel: Channel, { db }: Deps): Promise<SeenHere> {
  const shown = (await listShowings(db, channel, paper.id)).find(isPosted);
  return { posted: shown && { on: shown.roundup.on, url: shown.receipt?.url }, saves: (await countLikes(db, { channel: refOf(channel) }, paper.id)).saves };
}
