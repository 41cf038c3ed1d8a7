// One paper, whole: what `/paper 2607.01234` shows.
import type { Deps } from '../../command.ts';
import { categoryName } from '../../core/category.ts';
import type { ChannelRef } from '../../core/chat.ts';
import { note, type Action, type Block, type Doc, type Span } from '../../core/doc.ts';
import type { Paper } from '../../core/paper.ts';
import { paperLinks } from '../../core/paper-id.ts';
import { authorsInWords, titleSpan } from '../../core/roundup.ts';
import { dateInWords } from '../../core/schedule.ts';
import { clip, count, plain } from '../../core/text.ts';
import { countLikes, placeOf } from '../../db/saves.ts';
import { findSubmitter } from '../../db/submissions.ts';
import { press } from '../words.ts';

/** Twice the usual. */
const LONGEST_SUMMARY = 500;

export async function paperCard(paper: Paper, ref: ChannelRef, deps: Deps): Promise<Doc> {
  const { workspace, channel } = await placeOf(deps.db, { channel: ref });
  const likes = await countLikes(deps.db, workspace, paper.id, channel);
  const submission = await findSubmitter(deps.db, { channel: ref }, paper.id);
  const title = plain(paper.title);
  const body = plain(paper.abstract) || 'It came without an abstract.';
  const links = linksOf(paper);
  return {
    summary: `${[`${paper.withdrawn ? 'Withdrawn: ' : ''}${clip(title, 200)}`, authorsInWords(paper.authors)].filter(Boolean).join(', by ')}.`,
    blocks: [
      { kind: 'item', title: titleSpan(paper), facts: facts(paper), body },
      ...(links.length ? [{ kind: 'text', spans: links } satisfies Block] : []),
      ...(paper.summary ? [note(`In short, by Hugging Face’s model: ${clip(plain(paper.summary), LONGEST_SUMMARY)}`)] : []),
      ...notes(paper, likes, submission?.name).map((words) => note(words)),
    ],
    actions: actions(paper, title),
  };
}

function facts(paper: Paper): string[] {
  return [
    authorsInWords(paper.authors, 6),
    paper.publishedOn ? dateInWords(paper.publishedOn) : '',
    paper.arxivId ? `arXiv ${paper.arxivId}${paper.version && paper.version > 1 ? `, version ${paper.version}` : ''}` : '',
    categoriesInWords(paper.categories),
    paper.organization ?? '',
  ].filter(Boolean);
}

/** `Computation and Language (cs.CL), cs.LG` */
function categoriesInWords([first, ...others]: string[]): string {
  if (!first) return '';
  const name = categoryName(first);
  return [name ? `${name} (${first})` : first, ...others.slice(0, 3)].join(', ');
}

function linksOf(paper: Paper): Span[] {
  const { page, pdf, huggingFace } = paperLinks(paper);
  const named: [string, string | undefined | null][] = [
    [paper.arxivId ? 'arXiv' : paper.url ? 'Page' : 'Find on arXiv', page],
    ['PDF', pdf],
    ['Hugging Face', huggingFace],
    ['Code', paper.githubUrl],
    ['Project page', paper.projectUrl],
  ];
  const spans = named.flatMap(([name, url]): Span[] => (url ? [{ text: name, url }] : []));
  return spans.flatMap((span, i) => (i ? [' · ', span] : [span]));
}

function notes(paper: Paper, likes: { saves: number; votes: number }, submitter: string | undefined): string[] {
  const counts = [
    paper.upvotes === null ? '' : `${count(paper.upvotes, 'upvote')} on Hugging Face`,
    paper.stars === null ? '' : count(paper.stars, 'GitHub star'),
    likes.saves ? `saved by ${count(likes.saves, 'person', 'people')} here` : '',
    likes.votes ? `${likes.votes > 0 ? '+' : ''}${likes.votes} votes here` : '',
    submitter ? `submitted by ${submitter}` : '',
  ].filter(Boolean);
  return [
    ...(paper.withdrawn ? ['This paper was withdrawn by its authors; what is shown is its last version.'] : []),
    ...(counts.length ? [counts.join(' · ')] : []),
  ];
}

function actions(paper: Paper, title: string): Action[] {
  const short = clip(title, 50);
  return [
    press('Save', `Save: ${short}`, 'paper', `save id:${paper.id}`),
    press('Upvote', `Upvote: ${short}`, 'paper', `vote up id:${paper.id}`),
    press('More like this', `Papers like ${short}`, 'paper', `similar id:${paper.id}`),
    press('Not for us', `Not for us: ${short}`, 'paper', `not-for-us id:${paper.id}`),
  ];
}
