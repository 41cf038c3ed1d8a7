// Topics at random, as trees: every one can be written down and read again.
import fc from 'fast-check';
import { allOf, anyOf, parseTopic, type Node } from '../../src/core/topic.ts';

const read = (query: string) => parseTopic(query).root;

/** Topics with some of these phrases and authors, nested up to three deep, each with something to look for. */
export function someTopic(phrases: string[], authors: string[]): fc.Arbitrary<Node> {
  const words = fc.constantFrom(...phrases).map((said) => read(`"${said}"`));
  const inTitle = fc.constantFrom(...phrases).map((said) => read(`title:"${said}"`));
  const author = fc.constantFrom(...authors).map((name) => read(`author:"${name}"`));
  const category = fc.constantFrom('cs.CL', 'cs', 'math', 'stat.ML', 'q-bio', 'quant-ph').map((code) => read(`cat:${code}`));
  const rest = fc.constantFrom('has:code', 'upvotes:>3', 'upvotes:<50', 'upvotes:=0').map(read);
  const term = fc.oneof({ weight: 5, arbitrary: words }, { weight: 2, arbitrary: inTitle }, { weight: 2, arbitrary: category }, author, rest);
  const { node } = fc.letrec<{ node: Node }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 3, arbitrary: term },
      { weight: 2, arbitrary: fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map(allOf) },
      { weight: 2, arbitrary: fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map(anyOf) },
      { weight: 1, arbitrary: tie('node').map((of): Node => ({ kind: 'not', of })) },
    ),
  }));
  // What only leaves out can't be written: something to look for stands before it.
  return fc.tuple(term, node).map((parts) => allOf(parts));
}
