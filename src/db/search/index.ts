// Search, answered by Postgres: the only doors into this folder.
export { makeDocument, readDocuments, type Documents } from './document.ts';
export { emptyPendingLists, forgetPapers, indexPapers, type IndexedPaper } from './write.ts';
export { INDEX_VERSION, renewIndex } from './renew.ts';
export { searchPapers, type Hit, type SearchAnswer, type SearchQuery } from './search.ts';
export { FOREMOST, sortedPapers } from './sorted.ts';
export { readRarity, readStems } from './stems.ts';
export { findSimilar, type SimilarPapers } from './similar.ts';
export { ALL_PAPERS, findTerms, intArray } from './terms.ts';
export { suggestAuthors } from './authors.ts';
export { suggestTitles } from './suggest.ts';
