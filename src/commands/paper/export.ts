import { verb, type Deps } from '../../command.ts';
import type { Call } from '../../core/chat.ts';
import { citationFile, FORMAT_NAMES, FORMATS, type CitationFormat } from '../../core/citation.ts';
import type { Cited } from '../../core/citation-item.ts';
import { note, say } from '../../core/doc.ts';
import { count } from '../../core/text.ts';
import { getPapers } from '../../db/papers.ts';
import { listSaved, listSavedHere } from '../../db/saved.ts';
import { voiceOf } from '../roundup/voice.ts';
import { HOW_TO_SAVE, press } from '../words.ts';

/** A thousand papers with their abstracts are some 2 MB; Discord takes 10. */
const MOST = 1_000;
const NAMES: Record<string, CitationFormat> = { bib: 'bibtex', 'csl-json': 'csl', json: 'csl', md: 'markdown' };

export const exportVerb = verb<{ format: CitationFormat; here: boolean }>({
  name: 'export',
  summary: 'What you saved as a file: BibTeX, RIS, CSL-JSON or Markdown',
  options: [
    { name: 'format', summary: 'bibtex, ris, csl or markdown; bibtex unless you say' },
    { name: 'here', summary: 'The word here: what people saved in this channel' },
  ],
  who: 'anyone',
  audience: 'asker',
  parse(words) {
    const said = words.toLowerCase().split(/\s+/).filter(Boolean);
    const here = said.at(-1) === 'here';
    const [name = 'bibtex', ...more] = here ? said.slice(0, -1) : said;
    const format = NAMES[name] ?? FORMATS.find((known) => known === name);
    return format && more.length === 0 ? { format, here } : undefined;
  },
  async run(call, deps) {
    const { format, here } = call.args;
    const cited = await (here ? savedHere(call, deps) : savedByMe(call, deps));
    const voice = voiceOf(call.channel);
    if (cited.length === 0) {
      const nobody = here ? voice('Nobody has saved a paper in this channel', 'You have saved no paper here') : 'You have saved no paper';
      return say(`${nobody} yet, so there is nothing to export. ${HOW_TO_SAVE}`);
    }
    const whose = here ? voice('saved in this channel', 'that you saved here') : 'that you saved';
    const others = FORMATS.filter((other) => other !== format);
    return {
      ...say(
        `${count(cited.length, 'paper')} ${whose}, as ${FORMAT_NAMES[format]}.`,
        ...(cited.length === MOST ? [note(`That is the newest ${count(MOST, 'paper')}; a file holds no more.`)] : []),
        ...(!here && cited.some((one) => one.note) ? [note('Your notes are in it: mind that before you pass it on.')] : []),
      ),
      actions: others.map((other) => press(FORMAT_NAMES[other], `${FORMAT_NAMES[other]}: the same papers`, 'paper', `export ${other}${here ? ' here' : ''}`)),
      file: await citationFile(cited, format, here ? voice('papers-of-this-channel', 'papers-saved-here') : 'saved-papers'),
    };
  },
});

async function savedByMe(call: Call, deps: Deps): Promise<Cited[]> {
  const rows = await listSaved(deps.db, call, MOST, 0);
  const notes = new Map(rows.map((row) => [row.paperId, row.note]));
  const papers = await getPapers(deps.db, rows.map(({ paperId }) => paperId));
  return papers.map((paper) => ({ paper, note: notes.get(paper.id) ?? null }));
}

async function savedHere(call: Call, deps: Deps): Promise<Cited[]> {
  const rows = await listSavedHere(deps.db, call, MOST, 0);
  return (await getPapers(deps.db, rows.map(({ paperId }) => paperId))).map((paper) => ({ paper }));
}
