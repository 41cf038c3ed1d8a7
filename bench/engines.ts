// What a user would pick instead of a search in Postgres: engines that hold all papers in the process's memory.
import { create, insertMultiple, search } from '@orama/orama';
import lunr from 'lunr';
import MiniSearch from 'minisearch';
import { stem } from 'porter2';
import bm25 from 'wink-bm25-text-search';
import nlp from 'wink-nlp-utils';
import { stopwords } from '../src/core/stopwords.ts';

export interface Text {
  id: string;
  title: string;
  abstract: string;
}

/** Ids, best first, a hundred at most. */
export type Find = (text: string) => string[] | Promise<string[]>;

export interface Engine {
  name: string;
  build(texts: Text[]): Find | Promise<Find>;
}

/** What a title counts beside an abstract, with each of them. */
const TITLE = 3;
const MOST = 100;

// Its own default has neither stems nor stopwords, which costs it a fifth of its quality.
const miniSearch: Engine = {
  name: 'MiniSearch, with stems',
  build(texts) {
    const index = new MiniSearch<Text>({ fields: ['title', 'abstract'], processTerm: (term) => wordOf(term.toLowerCase()) });
    index.addAll(texts);
    return (text) => index.search(text, { boost: { title: TITLE } }).slice(0, MOST).map((hit) => String(hit.id));
  },
};

const orama: Engine = {
  name: 'Orama',
  async build(texts) {
    const index = create({ schema: { id: 'string', title: 'string', abstract: 'string' }, components: { tokenizer: { stemming: true, stemmer: stem, language: 'english', stopWords: [...stopwords] } } });
    await insertMultiple(index, texts, 1_000);
    return async (term) => (await search(index, { term, boost: { title: TITLE }, limit: MOST, threshold: 1 })).hits.map((hit) => hit.id);
  },
};

const lunrEngine: Engine = {
  name: 'lunr',
  build(texts) {
    const index = lunr(function () {
      this.ref('id');
      this.field('title', { boost: TITLE });
      this.field('abstract');
      for (const text of texts) this.add(text);
    });
    // Not as a query string, in which `-` and `:` mean something.
    const words = (text: string) => lunr.tokenizer(text.toLowerCase()).map(String);
    return (text) => index.query((query) => words(text).forEach((word) => query.term(word, {}))).slice(0, MOST).map((hit) => hit.ref);
  },
};

const wink: Engine = {
  name: 'wink-bm25-text-search',
  build(texts) {
    const index = bm25();
    index.defineConfig({ fldWeights: { title: TITLE, abstract: 1 } });
    index.definePrepTasks([nlp.string.lowerCase, nlp.string.tokenize0, nlp.tokens.removeWords, nlp.tokens.stem]);
    for (const [i, { title, abstract }] of texts.entries()) index.addDoc({ title, abstract }, i);
    index.consolidate();
    return (text) => index.search(text, MOST).map(([i]) => texts[Number(i)]!.id);
  },
};

export const ENGINES = [miniSearch, orama, lunrEngine, wink];

function wordOf(term: string): string | null {
  return stopwords.has(term) ? null : stem(term);
}
