// What is used of Citation.js, which comes without types.
declare module '@citation-js/core' {
  interface Output {
    /** Made by a plugin: with `format: 'object'` the entries, each value already as the format writes it. */
    format(name: string, items: object[], options: { format: 'object' }): unknown;
  }
  export const plugins: { output: Output; config: { get(plugin: '@bibtex'): { format: { asciiOnly: boolean } } } };
}
declare module '@citation-js/plugin-bibtex';
declare module '@citation-js/plugin-ris';
