// The tables. Nothing here beyond what stock Postgres (14 and up) and PGlite share.
export * from './schema/papers.ts';
export * from './schema/search.ts';
export * from './schema/channels.ts';
export * from './schema/delivery.ts';
export * from './schema/people.ts';
export * from './schema/sources.ts';
export * from './schema/processes.ts';
