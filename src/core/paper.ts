// A paper as Paperround knows it: what all sources say of it, made one.

/** A paper's row. Text is as the best source gave it (LaTeX included); `core/text.ts` makes it readable. */
export interface Paper {
  /** Row id. */
  id: number;
  /** The id people see and type: the arXiv id, or the id that the paper came with. */
  ref: string;
  arxivId: string | null;
  version: number | null;
  title: string;
  abstract: string;
  /** What a source's model says of it in a sentence or two. */
  summary: string | null;
  authors: string[];
  categories: string[];
  /** The day of the first version, `YYYY-MM-DD`. */
  publishedOn: string | null;
  /** The day of the newest version, where a source tells it. */
  revisedOn: string | null;
  /** When any source first had it. */
  firstSeenAt: Date;
  /** When a source last newly listed it: a paper is news again when Hugging Face picks up what arXiv had. */
  listedAt: Date;
  /** Names of the sources that have it, sorted. */
  sources: string[];
  url: string | null;
  githubUrl: string | null;
  projectUrl: string | null;
  organization: string | null;
  /** Of the published version, and where that is, in the authors' words. */
  doi: string | null;
  journalRef: string | null;
  upvotes: number | null;
  stars: number | null;
  withdrawn: boolean;
}
