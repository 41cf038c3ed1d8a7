// What a topic would bring, in words: from the papers of the last 30 days.
import type { Deps } from '../../command.ts';
import { dayStarts } from '../../core/days.ts';
import { UserError } from '../../core/errors.ts';
import { count, inQuotes } from '../../core/text.ts';
import { allOf, parseTopic, printTopic, readStoredTopic, type Node } from '../../core/topic.ts';
import type { Channel } from '../../db/channels.ts';
import { findExclusion, type Exclusion } from '../../db/forecast-exclusion.ts';
import { forecast, type Forecast } from '../../db/forecast.ts';
import { topicsOf } from '../../db/topics.ts';
import { voiceOf } from './voice.ts';

const DAYS = 30;
/** Papers come on 20 to 22 of 30 days: with so many, none is missing. */
const ALL_KNOWN = 20;
/** Papers a day beyond which something to leave out is looked for. */
const BROAD = 5;

export interface Outlook extends Forecast {
  /** In whole sentences. */
  words: string[];
  /** The topic less the word that would make it narrower. */
  narrower: { without: string; query: string } | undefined;
}

/** What this query would have brought to this channel, or to one without topics; with the settings that it has, or would have. */
export async function lookAhead(
  query: string,
  label: string,
  channel: Channel | undefined,
  deps: Deps,
  { zone, size }: Pick<Channel, 'zone' | 'size'> = channel ?? deps.config.channel,
): Promise<Outlook> {
  const { root } = parseTopic(query);
  const followed = channel ? (await topicsOf(deps.db, channel.id)).filter((topic) => topic.query !== query) : [];
  const others = followed.flatMap((topic) => readable(topic.query));
  const found = await forecast(deps.db, root, others, dayStarts(deps.now(), zone, DAYS), deps.now());
  const exclusion = found.papers > BROAD * found.days ? await findExclusion(deps.db, root, found.some) : undefined;
  const narrower = exclusion && { without: exclusion.word, query: printTopic(allOf([root, { kind: 'not', of: parseTopic(`"${exclusion.word}"`).root }])) };
  return { ...found, narrower, words: forecastInWords(label, found, { others: others.length > 0, own: voiceOf(channel ?? {})('this channel’s', 'your'), size, exclusion }) };
}

/** `In the last 30 days “attention” would have brought about 4 papers a day, at most 11. 62 % also match …` */
export function forecastInWords(label: string, found: Forecast, { others, own, size, exclusion }: { others: boolean; own: string; size: number; exclusion: Exclusion | undefined }): string[] {
  const { days, papers, most, shared } = found;
  const named = inQuotes(label);
  if (days === 0) return [`How many papers ${named} would bring a day isn’t known yet: no paper here was listed in the last ${DAYS} days.`];
  const span = days >= ALL_KNOWN ? `In the last ${DAYS} days` : `In the ${days === 1 ? 'one day' : count(days, 'day')} of the last ${DAYS} that Paperround knows`;
  if (papers === 0) return [`${span} no paper matched ${named}.`];
  const aDay = papers / days;
  const number = aDay < 1 ? `${count(papers, 'paper')} in all` : `about ${count(Math.round(aDay), 'paper')} a day`;
  return [
    `${span} ${named} would have brought ${number}, at most ${most.toLocaleString('en-US')}${aDay < 1 ? ' a day' : ''}.`,
    ...(most > size ? [`A roundup has the ${size} of them that trend most.`] : []),
    ...(others ? [`${Math.round((100 * shared) / papers)} % also match ${own} other topics.`] : []),
    ...(exclusion ? [`Without “${exclusion.word}”: about ${Math.round(aDay * (1 - exclusion.share)).toLocaleString('en-US')} a day.`] : []),
  ];
}

// What was stored and can't be read any more is told where its roundup is made.
function readable(query: string): Node[] {
  try {
    return [readStoredTopic(query).root];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
