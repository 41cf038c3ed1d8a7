// What is suggested while somebody types: papers, authors and ready-made topics. Its labels are strangers' words, as plain text.
import type { Deps } from '../command.ts';
import { begunCategories, categoryName } from '../core/category.ts';
import type { Choice } from '../core/form.ts';
import { plain } from '../core/text.ts';
import { nameParts } from '../core/topic.ts';
import { suggestAuthors, suggestTitles } from '../db/search/index.ts';

const MOST = 25;
const MOST_AUTHORS = 5;
const MOST_TOPICS = 5;
/** Of titles so many stand before the authors of a word that is rather no name. */
const BEFORE_AUTHORS = 8;
/** The longest value that every platform takes (source: Discord's application command reference). */
const VALUE = 100;

/** Papers by words of their title, each filled in as its id. */
export async function suggestPapers(typed: string, deps: Deps, most = MOST): Promise<Choice[]> {
  if (!typed.trim()) return [];
  const found = await suggestTitles(deps.db, typed, most, deps.now());
  return found.map(({ paperId, arxivId, title }) => ({ label: plain(title), value: arxivId ?? `id:${paperId}` }));
}

/** For a search: what a topic or an author stands for is filled in, and a paper's id. */
export async function suggestSearches(typed: string, deps: Deps): Promise<Choice[]> {
  const conditions = await suggestConditions(typed, deps);
  if (conditions) return conditions;
  const topics = suggestTopics(typed, deps).map(({ name, about, query }) => ({ label: about.toLowerCase() === name ? `${name} (topic)` : `${name} (topic): ${about}`, value: query }));
  return mixed(topics, await suggestPapers(typed, deps), typed, deps);
}

/** For a topic to follow: a paper's title is filled in as a phrase. */
export async function suggestFollowing(typed: string, deps: Deps): Promise<Choice[]> {
  const conditions = await suggestConditions(typed, deps);
  if (conditions) return conditions;
  const topics = suggestTopics(typed, deps, deps.config.topics.length).map(({ name, about }) => ({ label: about.toLowerCase() === name ? name : `${name}: ${about}`, value: name }));
  // A platform that takes fewer shows the first of them.
  if (!typed.trim()) return topics;
  const titles = (await suggestPapers(typed, deps)).map(({ label }) => `"${label.replace(/["“”„«»]/g, '')}"`);
  return mixed(topics, titles.map((phrase) => ({ label: phrase, value: phrase })), typed, deps);
}

// Topics that are so called come first. A word that is rather a name, or that no title has, is an author's.
async function mixed(topics: Choice[], titles: Choice[], typed: string, deps: Deps): Promise<Choice[]> {
  const { names, likely } = await suggestAuthors(deps.db, typed, MOST_AUTHORS);
  const authors = names.flatMap(authorChoice);
  const before = likely ? 0 : BEFORE_AUTHORS;
  const all = [...topics, ...titles.slice(0, before), ...authors, ...titles.slice(before)].filter(({ value }) => value.length <= VALUE);
  const labels = new Set<string>();
  return all.filter(({ label }) => labels.size < labels.add(label.toLowerCase()).size).slice(0, MOST);
}

function authorChoice(name: string): Choice[] {
  const signed = plain(name).replace(/["“”„«»]/g, '');
  return nameParts(signed).length > 0 ? [{ label: `${signed} (author)`, value: `author:"${signed}"` }] : [];
}

/** `attention author:"Ada Lo`, `-cat:cs.`: a condition that is only begun, and what stands before it. */
const BEGUN = /^(.*?)(?<=^|[\s(-])(?:author:(["“”„«»][^"“”„«»]*|[^\s"“”„«»]*)|cat(?:egory)?:(\S*))$/is;

// Who types a condition wants no titles. Undefined where none is being typed.
async function suggestConditions(typed: string, deps: Deps): Promise<Choice[] | undefined> {
  const [whole, before = '', author, category] = BEGUN.exec(typed) ?? [];
  if (whole === undefined) return undefined;
  const choices = author === undefined ? begunCategories(category!).map(categoryChoice) : (await suggestAuthors(deps.db, author, MOST)).names.flatMap(authorChoice);
  // What is chosen takes the place of all that was typed, so the label has it all.
  const behind = choices.map(({ label, value }) => ({ label: before && author !== undefined ? `${before}${value}` : `${before}${label}`, value: `${before}${value}` }));
  return behind.filter(({ value }) => value.length <= VALUE).slice(0, MOST);
}

function categoryChoice(code: string): Choice {
  return { label: `cat:${code} (${categoryName(code)})`, value: `cat:${code}` };
}

/** Ready-made topics whose name, or a word of what they are about, begins so. */
function suggestTopics(typed: string, { config }: Deps, most = MOST_TOPICS): { name: string; about: string; query: string }[] {
  const begun = typed.trim().toLowerCase();
  const byName = config.topics.filter(({ name }) => name.startsWith(begun));
  const byWord = begun.length < 3 ? [] : config.topics.filter(({ name, about }) => !name.startsWith(begun) && ` ${about.toLowerCase()}`.includes(` ${begun}`));
  return [...byName, ...byWord].slice(0, most);
}
