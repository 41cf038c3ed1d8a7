// The little of wink's packages that the bench calls: they bring no types.
declare module 'wink-bm25-text-search' {
  interface Bm25 {
    defineConfig(config: { fldWeights: Record<string, number> }): void;
    definePrepTasks(tasks: unknown[]): void;
    addDoc(doc: Record<string, string>, id: number): void;
    consolidate(): void;
    search(text: string, most: number): [id: string, score: number][];
  }
  export default function bm25(): Bm25;
}
declare module 'wink-nlp-utils' {
  const nlp: { string: Record<'lowerCase' | 'tokenize0', unknown>; tokens: Record<'removeWords' | 'stem', unknown> };
  export default nlp;
}
