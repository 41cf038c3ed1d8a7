// What can be followed, as feed readers call it.
import { writeAsked, type Asked } from '../../core/asked.ts';
import { topicPath, type FeedPlace } from '../pages/paths.ts';
import { searchTitle } from '../pages/search.ts';

export const EVERYBODYS: FeedPlace = { name: 'trending papers', below: '/' };

export function feedOfTopic({ name, about }: { name: string; about: string }): FeedPlace {
  return { name: about, below: `${topicPath(name)}/` };
}

/** Whatever order is asked for: a feed has the newest first. */
export function feedOfSearch(asked: Asked): FeedPlace {
  const words = { ...asked, order: undefined };
  return { name: searchTitle(words), below: '/search/', q: writeAsked(words) };
}
