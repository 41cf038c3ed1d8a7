import { verb } from '../../command.ts';
import { note } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { readPaperId } from '../../core/paper-id.ts';
import { submitPaper } from '../../db/submissions.ts';
import { checkWrites } from '../words.ts';
import { paperCard } from './card.ts';
import { fromArxiv } from './which.ts';

export const submit = verb<{ said: string }>({
  name: 'submit',
  summary: 'Bring a paper in by its arXiv id or link',
  options: [{ name: 'paper', summary: 'An arXiv id, or a link to arXiv, Hugging Face or alphaXiv', required: true }],
  who: 'anyone',
  audience: 'channel',
  // One word that looks like an id or a link; `/paper submit papers on attention` stays a search.
  parse: (words) => (/^\S+$/.test(words) && (readPaperId(words) || /^https?:|\d{3}/.test(words)) ? { said: words } : undefined),
  async run(call, deps) {
    const id = readPaperId(call.args.said);
    if (!id) throw new UserError(`“${call.args.said}” is not an arXiv id or a link to a paper on arXiv, Hugging Face or alphaXiv. Say it like “/paper submit 2607.01234”.`);
    await checkWrites(call, 'the paper was not submitted. Submit it where you may write.');
    const paper = await fromArxiv(id.arxivId, () => deps.lookUp(id.arxivId));
    await submitPaper(deps.db, call, paper.id, deps.now());
    const card = await paperCard(paper, call.channel, deps);
    return { ...card, blocks: [...card.blocks, note('It can be in the next roundup.')] };
  },
});
