// One paper, whole: what `/paper 2607.01234` shows.
import type { Deps } from '../../command.ts';
import type { ChannelRef, Person } from '../../core/chat.ts';
import { bibtexOf } from '../../core/citation.ts';
import { code, note, text, type Action, type Block, type Doc, type Span } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import type { Paper } from '../../core/paper.ts';
import { namedLinks, paperFacts } from '../../core/paper-facts.ts';
import type { Receipt } from '../../core/platform.ts';
import { paperSentence, titleSpan, WITHDRAWN } from '../../core/roundup.ts';
import { dateInWords } from '../../core/schedule.ts';
import { clip, count, plain } from '../../core/text.ts';
import type { Channel } from '../../db/channels.ts';
import { listPostedElsewhere, type PostedElsewhere } from '../../db/posted-elsewhere.ts';
import { isPosted, listShowings } from '../../db/roundups.ts';
import { countLikes } from '../../db/saves.ts';
import { findSubmitter } from '../../db/submissions.ts';
import { findHere } from '../roundup/here.ts';
import { voiceOf, type Voice } from '../roundup/voice.ts';
import { press } from '../words.ts';

/** Twice the usual. */
const LONGEST_SUMMARY = 500;
const MOST_SHOWINGS = 3;

/**
 * What of the channel stands in it is that channel's own: when it was posted there, and what was said there, in numbers. For
 * an `asker`, who alone sees it, also in which other channels that they are in.
 */
export async function paperCard(paper: Paper, ref: ChannelRef, deps: Deps, asker?: Person): Promise<Doc> {
  const likes = await countLikes(deps.db, { channel: ref }, paper.id);
  const submission = await findSubmitter(deps.db, { channel: ref }, paper.id);
  const title = plain(paper.title);
  return {
    summary: paperSentence(paper),
    blocks: [
      { kind: 'item', title: titleSpan(paper), facts: paperFacts(paper), body: plain(paper.abstract) || 'It came without an abstract.' },
      text(...linksOf(paper)),
      ...(paper.summary ? [note(`In short, by Hugging Face’s model: ${clip(plain(paper.summary), LONGEST_SUMMARY)}`)] : []),
      ...notes(paper, likes, submission?.name, voiceOf(ref)).map((words) => note(words)),
      ...(await posted(paper, ref, deps, asker)),
      code(await bibtexOf(paper)),
    ],
    actions: actions(paper, title),
  };
}

function linksOf(paper: Paper): Span[] {
  return namedLinks(paper).flatMap(({ name, url }, i): Span[] => [...(i ? [' · '] : []), { text: name, url }]);
}

function notes(paper: Paper, likes: { saves: number; votes: number }, submitter: string | undefined, voice: Voice): string[] {
  const counts = [
    paper.upvotes === null ? '' : `${count(paper.upvotes, 'upvote')} on Hugging Face`,
    paper.stars === null ? '' : count(paper.stars, 'GitHub star'),
    likes.saves ? voice(`saved by ${count(likes.saves, 'person', 'people')} in this channel`, 'saved by you here') : '',
    likes.votes ? voice(`${likes.votes > 0 ? '+' : ''}${count(likes.votes, 'vote')} in this channel`, likes.votes > 0 ? 'voted up by you here' : 'voted down by you here') : '',
    submitter ? `submitted by ${submitter}` : '',
  ].filter(Boolean);
  return [
    ...(paper.withdrawn ? [WITHDRAWN] : []),
    ...(paper.journalRef ? [`Published: ${clip(plain(paper.journalRef), 200)}`] : []),
    ...(counts.length ? [counts.join(' · ')] : []),
  ];
}

/** `Posted here on 27 July 2026 and 3 August 2026.`, `Posted in #nlp on 28 July 2026.`, each day a link to its roundup while its receipt is kept. */
async function posted(paper: Paper, ref: ChannelRef, deps: Deps, asker: Person | undefined): Promise<Block[]> {
  const channel = await findHere(ref, deps);
  const showings = channel ? await listShowings(deps.db, channel, paper.id) : [];
  const days = showings.filter(isPosted).slice(0, MOST_SHOWINGS).map(({ roundup, receipt }) => [dayOf(roundup.on, receipt)]);
  const places = (await elsewhere(paper, ref, channel, deps, asker)).map(({ channel: { name }, on, receipt }) => [`${name ? `#${name}` : 'a private channel'} on `, dayOf(on, receipt)]);
  return [
    ...(days.length ? [note(voiceOf(ref)('Posted here on ', 'Sent to you on '), ...enumerated(days), '.')] : []),
    ...(places.length ? [note(days.length ? 'Also posted in ' : 'Posted in ', ...enumerated(places), '.')] : []),
  ];
}

async function elsewhere(paper: Paper, ref: ChannelRef, here: Channel | undefined, deps: Deps, asker: Person | undefined): Promise<PostedElsewhere[]> {
  if (!asker?.isIn) return [];
  const all = await listPostedElsewhere(deps.db, ref, here?.id, paper.id);
  if (all.length === 0) return [];
  try {
    const open = new Set(await asker.isIn(all.map(({ channel }) => channel.externalId)));
    return all.filter(({ channel }) => open.has(channel.externalId)).slice(0, MOST_SHOWINGS);
  } catch (error) {
    // Who can't be told which channels they are in is told of none.
    if (error instanceof UserError) return [];
    throw error;
  }
}

function dayOf(on: string, receipt: Receipt | null): Span {
  return receipt?.url ? { text: dateInWords(on), url: receipt.url } : dateInWords(on);
}

function enumerated(parts: Span[][]): Span[] {
  return parts.flatMap((part, i) => (i === 0 ? part : [i === parts.length - 1 ? ' and ' : ', ', ...part]));
}

function actions(paper: Paper, title: string): Action[] {
  const short = clip(title, 50);
  return [
    press('Save', `Save: ${short}`, 'paper', `save id:${paper.id}`),
    press('Upvote', `Upvote: ${short}`, 'paper', `vote up id:${paper.id}`),
    press('More like this', `More like this: ${short}`, 'paper', `similar id:${paper.id}`),
    press('Not for us', `Not for us: ${short}`, 'paper', `not-for-us id:${paper.id}`),
  ];
}
