// `/paper post`: a paper's card, or the page of a search that somebody looks at, for everybody in the channel.
import { createHash, randomUUID } from 'node:crypto';
import { verb, type Deps } from '../../command.ts';
import { subjectOf, writeAsked } from '../../core/asked.ts';
import type { Call } from '../../core/chat.ts';
import { note, type Doc } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { takeLease } from '../../db/leases.ts';
import { workspaceOf } from '../../db/saves.ts';
import { byWhom, checkWrites } from '../words.ts';
import { paperCard } from './card.ts';
import { pageActions } from './find-actions.ts';
import { pageDoc } from './find.ts';
import { readPage } from './page.ts';
import { searchFor } from './search.ts';
import { completePaper, getPaper, PAPER, readWhich, type Which } from './which.ts';

/** The same is posted once in a channel for this long: two people may press at once, and one twice. */
const ONCE_MS = 2 * 60_000;

export const post = verb<{ which: Which } | { search: string }>({
  name: 'post',
  summary: 'Show a paper to everybody in this channel; search:WORDS shows what a search finds',
  options: [PAPER],
  who: 'anyone',
  audience: 'channel',
  // An id, a link or `search:`; “post training quantization” stays a search, for the asker alone.
  parse(words) {
    const which = readWhich(words);
    if (which) return { which };
    const search = /^search:\s*(\S[\s\S]*)$/i.exec(words)?.[1];
    return search === undefined ? undefined : { search };
  },
  complete: completePaper,
  async run(call, deps) {
    const { args } = call;
    if (call.channel.person !== undefined) throw new UserError('Here are only you and Paperround, so nothing was posted. Say it in the channel that should see it.');
    await checkWrites(call, 'nothing was posted. Post it where you may write.');
    const { doc, what } = await ('which' in args ? cardOf(args.which, call, deps) : answerTo(args.search, call, deps));
    const lease = `post:${workspaceOf(call.channel)}:${call.channel.id}:${createHash('sha256').update(what).digest('base64url').slice(0, 22)}`;
    const taken = await takeLease(deps.db, lease, randomUUID(), deps.now(), new Date(deps.now().getTime() + ONCE_MS));
    if (taken) throw new UserError('This was posted here a moment ago, so it is not posted again.');
    return { ...doc, summary: `${doc.summary.replace(/\.$/, '')}, posted${byWhom(call)}.`, blocks: [...doc.blocks, note(`Posted${byWhom(call)}.`)] };
  },
});

/** `what` is the same for whoever posts the same. */
interface Posted {
  doc: Doc;
  what: string;
}

async function cardOf(which: Which, { channel }: Call, deps: Deps): Promise<Posted> {
  const paper = await getPaper(which, deps);
  return { doc: await paperCard(paper, channel, deps), what: `paper ${paper.id}` };
}

async function answerTo(said: string, call: Call, deps: Deps): Promise<Posted> {
  const page = await readPage(said, deps);
  const found = await searchFor(page.asked, page.offset, call, deps);
  if (found.papers.length === 0) throw new UserError(`Nothing here matches ${subjectOf(page.asked, deps.config.topics)}, so nothing was posted.`);
  return { doc: { ...pageDoc(page, found, deps), actions: await pageActions(page, found.more, deps) }, what: `search ${page.offset} ${writeAsked(page.asked)}` };
}
