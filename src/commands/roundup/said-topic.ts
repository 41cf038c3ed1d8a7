// A topic as people say it, and as a button carries it.
import type { Deps } from '../../command.ts';
import { fitsButton } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { parseTopic } from '../../core/topic.ts';
import { longText, shorten } from '../../db/facts.ts';

/** The query that someone means: a ready-made topic by its name, else what they wrote. Throws UserError. */
export function readTopic(said: string, deps: Pick<Deps, 'config'>): string {
  const bare = said.trim().replace(/^["“”]|["“”]$/g, '').toLowerCase();
  const ready = deps.config.topics.find(({ name }) => name === bare || name === bare.replace(/\s+/g, '-'));
  return ready?.query ?? parseTopic(said).query;
}

/** `nlp, "graphs, trees"`: a comma parts topics, not the words of a phrase. */
export function topicsIn(words: string): string[] {
  return [...words.matchAll(/(?:"[^"]*"?|[^,"])+/g)].map(([topic]) => topic.trim()).filter(Boolean);
}

/** `subscribe TOPIC` for a button, with what follows it; a topic that doesn't fit is kept under a short name, `=name`. */
export async function topicPress(verb: 'subscribe' | 'preview', topic: string, deps: Deps, behind = ''): Promise<string> {
  const text = `${verb} ${topic}${behind}`;
  // In somebody's own digest the button says `me` before it.
  return fitsButton(`me ${text}`) ? text : `${verb} =${await shorten(deps.db, topic, deps.now())}${behind}`;
}

/** The topic behind the name that a button carries; anything else is what it says. Throws UserError for a name that nobody keeps. */
export async function fullTopic(said: string, deps: Deps): Promise<string> {
  const name = /^=([\w-]{16})$/.exec(said)?.[1];
  if (!name) return said;
  const topic = await longText(deps.db, name);
  if (topic === undefined) throw new UserError('That button is too old. Say the topic again, such as /roundup subscribe "state space".', [], 'topic');
  return topic;
}
