// The topic language: what a channel subscribes to. Reading, writing and matching, pure; the only door into its folder.
export { anyOf, allOf, wantedTerms, type Node, type Term, type Topic } from './topic/node.ts';
export { parseTopic, readStoredTopic } from './topic/parse.ts';
export { printTopic } from './topic/print.ts';
export { matches, matching, mismatch, searchWords } from './topic/match.ts';
export { isNamed, nameParts } from './topic/names.ts';
export { makeShelf, matchable, SHELF, type Matchable, type Shelf } from './topic/shelf.ts';
