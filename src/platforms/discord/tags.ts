// Which of a forum's tags a post goes under.
import { fold } from '../../core/fold.ts';

/** What is read of a tag. */
export interface Tag {
  id: string;
  name: string;
  /** Only for those who may manage threads, which Paperround doesn't ask for. */
  moderated?: boolean;
}

/** Source: Start Thread in Forum or Media Channel. */
const MOST = 5;
/** Where a tag must be, and none is of the post's subject: the first that says something like this, else the first. */
const GENERAL = /paper|roundup|research|reading|news|daily|general|misc|other/i;

/**
 * The ids of tags that are called as something that the post is about, the most telling first: all words of the one
 * stand in the other, as in `Vision` and `Computer Vision and Pattern Recognition`, or `NLP` and `nlp`.
 */
export function tagsFor(about: string[], tags: Tag[], needsOne: boolean): string[] {
  const free = usable(tags);
  const matched = about.flatMap((words) => free.filter(({ name }) => isSame(name, words)));
  const general = needsOne && matched.length === 0 ? (free.find(({ name }) => GENERAL.test(name)) ?? free[0]) : undefined;
  return [...new Set([...matched, ...(general ? [general] : [])].map(({ id }) => id))].slice(0, MOST);
}

export function usable(tags: Tag[]): Tag[] {
  return tags.filter(({ moderated }) => !moderated);
}

// A topic's words may say what to leave out.
const EXCLUDED = /(?<=^|\s)-(?:"[^"]*"|\([^)]*\)|\S+)/g;

function isSame(tag: string, words: string): boolean {
  const [one, other] = [wordsOf(tag), wordsOf(words.replace(EXCLUDED, ' '))];
  return one.size > 0 && other.size > 0 && (contains(one, other) || contains(other, one));
}

function contains(all: Set<string>, some: Set<string>): boolean {
  return [...some].every((word) => all.has(word));
}

function wordsOf(text: string): Set<string> {
  return new Set(fold(text).match(/[\p{L}\p{N}]+/gu));
}
