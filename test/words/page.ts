// What is written down of one kind of thing that is said, and held to the guide.
import { expect } from 'vitest';
import { say, type Doc } from '../../src/core/doc.ts';
import type { Payload } from '../../src/core/platform.ts';
import { discord, slack } from '../../src/platforms/index.ts';
import type { Line } from './as-read.ts';
import { ownProblems, problemsOf, problemsOfLines, problemsOfPictures } from './guide.ts';
import { keep } from './record.ts';
import { heading, lineWritten, saidOn } from './written.ts';

/** Paragraphs of one file, with what the guide has against them. */
export function page(name: string) {
  const paragraphs: string[] = [];
  const problems: string[] = [];
  return {
    lines: (when: string, lines: Line[], payloads: Payload[] = []): void => {
      paragraphs.push(`${heading(when)}\n${lines.map(lineWritten).join('\n')}`);
      problems.push(...problemsOfLines(lines), ...lines.flatMap((line) => ('text' in line ? ownProblems(line.text) : [])), ...payloads.flatMap(problemsOfPictures));
    },
    /** A sentence or two, as they stand in a message or on a page. */
    words: (when: string, ...words: string[]): void => {
      paragraphs.push(`${heading(when)}\n${words.join('\n')}`);
      problems.push(...words.flatMap((said) => problemsOf(say(said))));
    },
    docs: (when: string, docs: Doc[], platforms = [slack, discord]): void => {
      paragraphs.push([heading(when), ...docs.flatMap((doc, at) => [...(at ? [''] : []), ...saidOn(platforms.map((platform) => ({ platform, payloads: platform.render(doc) })))])].join('\n'));
      problems.push(...docs.flatMap(problemsOf));
    },
    /** What somebody else has against them. */
    mind: (found: string[]): void => {
      problems.push(...found);
    },
    end: async (): Promise<void> => {
      await keep(name, paragraphs);
      expect([...new Set(problems)]).toEqual([]);
    },
  };
}
