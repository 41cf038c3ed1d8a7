// arXiv ids in every form that people write them.

export interface PaperId {
  /** `2607.01234`, or the old style `cs/0112017`, without version and subject class. */
  arxivId: string;
  /** 1 and up, where one was written. */
  version?: number;
}

/**
 * The arXiv id that a text is. Bare, with `arXiv:`, as a DOI, or as an address of arXiv, Hugging Face or alphaXiv;
 * undefined when the text holds anything else besides.
 */
export function readPaperId(text: string): PaperId | undefined {
  const written = unwrap(text);
  // A DOI, and the id of an old paper, are often written with their slash encoded.
  const bare = PREFIXES.reduce((rest, prefix) => rest.replace(prefix, ''), written.replace(/[?#].*$/s, '').replace(/%2F/gi, '/'));
  return readId(bare.replace(/\/+$/, '').replace(/\.(?:pdf|md)$/i, ''));
}

/** The papers whose arXiv ids or links stand in a text, in their order, each once. */
export function findPaperIds(text: string): PaperId[] {
  const found = new Map<string, PaperId>();
  for (const [word] of text.matchAll(WORD)) {
    const id = readPaperId(word);
    if (id && !found.has(id.arxivId)) found.set(id.arxivId, id);
  }
  return [...found.values()];
}

/**
 * Where to read a paper: arXiv's pages and Hugging Face's for an arXiv paper, else its own address; where it came with
 * none, arXiv's search for its title.
 */
export function paperLinks(paper: { arxivId: string | null; url: string | null; title: string }): PaperLinks {
  const { arxivId, url, title } = paper;
  if (!arxivId) return { page: url ?? `https://arxiv.org/search/?searchtype=title&query=${encodeURIComponent(title.slice(0, 200).toWellFormed())}` };
  return {
    page: `https://arxiv.org/abs/${arxivId}`,
    pdf: `https://arxiv.org/pdf/${arxivId}`,
    // Hugging Face has pages only for ids of the new style.
    ...(arxivId.includes('/') ? {} : { huggingFace: `https://huggingface.co/papers/${arxivId}` }),
  };
}

export interface PaperLinks {
  page: string;
  pdf?: string;
  huggingFace?: string;
}

/** Longer texts are no ids; the bound keeps the patterns below from working on a whole abstract. */
const LONGEST = 300;

function unwrap(text: string): string {
  if (text.length > LONGEST) return '';
  const bare = text.trim().replace(/^[<([{"'“‘]+/, '');
  return bare.replace(/[\s>)\]}"'”’.,;:!?]+$/, '');
}

/** What an id or an address is written with: brackets, quotes, commas and markup part words. */
const WORD = /[A-Za-z0-9:/.?&=#%+-]+/g;

/** Taken off the front one after the other, so that `https://doi.org/10.48550/arXiv.2607.01234` loses all of them. */
const PREFIXES = [
  /^https?:\/\//i,
  /^(?:www\.)?(?:dx\.)?doi\.org\//i,
  /^doi:\s*/i,
  /^10\.48550\//i,
  /^(?:(?:www|export|browse)\.)?(?:arxiv\.org|alphaxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org)\/(?:[a-z]{2}\/)?(?:abs|pdf|html|format|ps|src|e-print|overview|audio|resources)\//i,
  /^(?:www\.)?(?:huggingface\.co|hf\.co)\/papers\//i,
  /^arxiv\s*[:.]\s*/i,
];

// The rules of arXiv's identifier page: four digits after the point from 0704 to 1412, five since.
const NEW_STYLE = /^(\d{2})(\d{2})\.(\d{4,5})(?:v([1-9]\d{0,3}))?$/i;
const OLD_STYLE = /^([a-z]+(?:-[a-z]+)?)(?:\.[a-z-]{2,})?\/(\d{2})(\d{2})(\d{3})(?:v([1-9]\d{0,3}))?$/i;

function readId(text: string): PaperId | undefined {
  const now = NEW_STYLE.exec(text);
  if (now) {
    const [, year, month, number, version] = now as unknown as [string, string, string, string, string?];
    const digits = year + month < '1501' ? 4 : 5;
    if (!isMonth(month) || year + month < '0704' || number.length !== digits) return undefined;
    return withVersion(`${year}${month}.${number}`, version);
  }
  const old = OLD_STYLE.exec(text);
  if (!old) return undefined;
  const [, archive, year, month, number, version] = old as unknown as [string, string, string, string, string, string?];
  if (!isMonth(month) || !ARCHIVES.has(archive.toLowerCase())) return undefined;
  // `math.GT/0309136` and `math/0309136` are one paper, and arXiv itself answers with the short form.
  return withVersion(`${archive.toLowerCase()}/${year}${month}${number}`, version);
}

/** The archives that gave out old-style ids (arXiv's list, including those since merged into others). */
const ARCHIVES = new Set(
  (
    'acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga ' +
    'funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph ' +
    'q-alg q-bio quant-ph solv-int supr-con'
  ).split(' '),
);

function isMonth(month: string): boolean {
  return month >= '01' && month <= '12';
}

function withVersion(arxivId: string, version: string | undefined): PaperId {
  return version ? { arxivId, version: Number(version) } : { arxivId };
}
