// `/roundup me …`: what can be said of a channel's roundup, said of the asker's own digest, from anywhere.
import { nearestVerb, splitFirst, verb, wordlessVerb, type Command, type Deps, type Verb } from '../../command.ts';
import type { Call } from '../../core/chat.ts';
import { fitsButton, note, text, type Action, type Block, type Doc } from '../../core/doc.ts';
import { UserError } from '../../core/errors.ts';
import { directOf, ownerOf } from '../../core/keys.ts';
import { inQuotes } from '../../core/text.ts';
import { usage } from '../../core/usage.ts';
import { findDigest, refOf } from '../../db/channels.ts';
import { helpDoc } from '../help.ts';
import { press } from '../words.ts';

/** What the command is called with `me` in it. */
const OWN = 'roundup me';

/**
 * The verbs of a roundup, and `me` with the same verbs behind it. In direct messages they mean the asker's own digest by
 * themselves. `others` are the command's verbs that `me` doesn't have: said behind it, they are no topics either.
 */
export function withMe(verbs: Verb[], others: Verb[]): Verb[] {
  return [...verbs.map(alsoMine), meVerb([...verbs, off(verbs)], others)];
}

function alsoMine(one: Verb): Verb {
  const placed = async <C extends Call>(call: C, deps: Deps) => (call.channel.person === undefined ? call : { ...call, channel: await mine(call, deps) });
  return {
    ...one,
    ...(one.complete ? { complete: async (typed, deps, option, call) => one.complete!(typed, deps, option, await placed(call, deps)) } : {}),
    ...(one.form ? { form: async (call, deps) => one.form!(await placed(call, deps), deps) } : {}),
    ...(one.foresee ? { foresee: async (call, deps) => one.foresee!(await placed(call, deps), deps) } : {}),
    run: (call, deps) => (call.channel.person === undefined ? one.run(call, deps) : runMine(one, call, deps)),
  };
}

/** A verb that is about channels alone: in direct messages it says so. */
export function ofChannels(one: Verb): Verb {
  return {
    ...one,
    async run(call, deps) {
      if (call.channel.person !== undefined) throw new UserError(`/roundup ${one.name} is for channels; your own digest has no such thing.`);
      return one.run(call, deps);
    },
  };
}

function off(verbs: Verb[]): Verb {
  const unsubscribe = verbs.find(({ name }) => name === 'unsubscribe')!;
  return wordlessVerb({
    name: 'off',
    summary: 'End your digest; its hour and size are kept',
    who: 'anyone',
    audience: 'asker',
    run: (call, deps) => unsubscribe.run({ ...call, args: unsubscribe.parse('all') }, deps),
  });
}

function meVerb(verbs: Verb[], others: Verb[]): Verb {
  const own: Command = { name: OWN, summary: 'your own digest, as a direct message', verbs };
  return verb<{ words: string }>({
    name: 'me',
    summary: 'Your own digest, as a direct message: subscribe, list, schedule, preview, off … behind it',
    options: [{ name: 'words', summary: 'As in a channel: subscribe nlp at 9, list, schedule 8:00, off; or a topic' }],
    who: 'anyone',
    audience: 'asker',
    verbs,
    parse: (words) => ({ words }),
    async complete(typed, deps, option, call) {
      const [first, rest] = splitFirst(typed);
      return (await named(own, first)?.complete?.(rest.trim(), deps, option, { ...call, channel: await mine(call, deps) })) ?? [];
    },
    async form(call, deps) {
      const chosen = named(own, call.text);
      const form = await chosen?.form?.({ ...call, channel: await mine(call, deps), text: '' }, deps);
      return form && { ...form, verb: `me ${form.verb}` };
    },
    async foresee(call, deps) {
      const { verb: chosen, args } = choose(own, others, call.args.words);
      return chosen.foresee?.({ ...call, channel: await mine(call, deps), args }, deps);
    },
    async run(call, deps) {
      const { words } = call.args;
      const about = /^paper (.*)$/s.exec(words.trim())?.[1];
      if (about !== undefined) return paperForMe(about, call, deps);
      if (/^help$/i.test(words.trim())) return helpDoc(own, [text('A topic alone subscribes to it: ', { text: '/roundup me author:"Ada Lovelace"', code: true }), note('All of it is for your eyes only, wherever you say it.')]);
      const { verb: chosen, args } = choose(own, others, words.trim() ? words : 'list');
      return runMine(chosen, { ...call, args }, deps);
    },
  });
}

// What is no verb is a topic; a slip of the pen is neither, nor is what is said to the command without `me`.
function choose(own: Command, others: Verb[], words: string): { verb: Verb; args: unknown } {
  const [first, rest] = splitFirst(words);
  const other = named({ verbs: others }, first);
  if (other && other.parse(rest.trim()) !== undefined) {
    throw new UserError(`/roundup ${other.name} is said without “me”: it isn’t about your own digest. If ${inQuotes(words.trim())} is a topic, say /${OWN} subscribe ${words.trim()}.`);
  }
  const known = named(own, first);
  // As of any form's words, the first line may be empty.
  const args = known?.parse(known.form ? rest : rest.trim());
  if (known && args !== undefined) return { verb: known, args };
  if (known) throw new UserError(`That is not how “${known.name}” is used. ${usage(own, known)}.`);
  const subscribe = named(own, 'subscribe')!;
  const nearest = rest ? undefined : nearestVerb(own, first.toLowerCase());
  if (!nearest) return { verb: subscribe, args: subscribe.parse(words) };
  const label = `${nearest.name[0]!.toUpperCase()}${nearest.name.slice(1)}`;
  throw new UserError(`Did you mean /${OWN} ${nearest.name}? If ${inQuotes(first)} is a topic, say /${OWN} subscribe ${first}.`, [
    press(label, `${label}: say /${OWN} ${nearest.name}`, 'roundup', `me ${nearest.name}`),
  ]);
}

/** Runs a verb for the asker's own digest; its buttons act on that, wherever they are pressed. */
async function runMine(chosen: Verb, call: Call & { args: unknown }, deps: Deps): Promise<Doc> {
  try {
    return ownDoc(await chosen.run({ ...call, channel: await mine(call, deps), saidIn: call.channel }, deps));
  } catch (error) {
    throw error instanceof UserError ? new UserError(error.message, error.actions.map(ownAction), error.field, error.seen) : error;
  }
}

// A paper's button under a digest that is shown somewhere else, such as a preview: what it says counts in the digest.
async function paperForMe(words: string, call: Call, deps: Deps): Promise<Doc> {
  const paper = deps.commands.find(({ name }) => name === 'paper')!;
  const [first, rest] = splitFirst(words);
  const known = named(paper, first);
  const args = known?.parse(rest.trim());
  const [chosen, said] = known && args !== undefined ? [known, args] : [named(paper, paper.fallback ?? '')!, { words }];
  return runMine(chosen, { ...call, args: said }, deps);
}

async function mine(call: Call, deps: Deps) {
  const digest = await findDigest(deps.db, ownerOf(call));
  return digest ? refOf(digest) : directOf(call);
}

function named({ verbs }: Pick<Command, 'verbs'>, word: string): Verb | undefined {
  return verbs.find(({ name }) => name === word.toLowerCase());
}

function ownDoc(doc: Doc): Doc {
  return {
    ...doc,
    blocks: doc.blocks.map(ownBlock),
    ...(doc.actions ? { actions: doc.actions.map(ownAction) } : {}),
    ...(doc.replies ? { replies: doc.replies.map(ownDoc) } : {}),
    ...(doc.next ? { next: doc.next.map(ownDoc) } : {}),
  };
}

function ownBlock(block: Block): Block {
  if (block.kind !== 'item') return block;
  return { ...block, ...(block.actions ? { actions: block.actions.map(ownAction) } : {}), ...(block.open ? { open: ownAction(block.open) } : {}) };
}

function ownAction(action: Action): Action {
  const { name, text: words } = action.call;
  // What is posted is for where it is pressed.
  if (name === 'paper' && /^post /.test(words)) return action;
  const own = name === 'roundup' ? `me ${words.replace(/^me /, '')}` : `me paper ${words}`;
  // What is too long for that is a search, and the same everywhere.
  return fitsButton(own) ? { ...action, call: { name: 'roundup', text: own } } : action;
}
