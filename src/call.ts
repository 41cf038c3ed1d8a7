// How a call becomes an answer, and the one place where errors become words.
import { randomBytes } from 'node:crypto';
import { checkManages, commandFor, nearestVerb, splitFirst, type Command, type Deps, type Verb } from './command.ts';
import type { Answer, Call } from './core/chat.ts';
import { fitsButton, note, type Action, type Doc } from './core/doc.ts';
import { errorDoc, placeInLog } from './core/error-doc.ts';
import { UserError, wordsOf } from './core/errors.ts';
import type { Choice, Form, Prospect } from './core/form.ts';
import { ownerOf } from './core/keys.ts';
import { lossInWords } from './core/lost.ts';
import { clip } from './core/text.ts';
import { usage } from './core/usage.ts';
import { claimTellingOwner } from './db/lost-channels.ts';

/**
 * Answers a call. Never throws: a UserError is answered in its own words, anything else with the call's id as a
 * reference, by which the log has it. Every call is a line of the log, without what was asked.
 */
export async function handle(call: Call, deps: Deps): Promise<Answer> {
  const id = randomBytes(4).toString('hex');
  const began = deps.now();
  const command = deps.commands.find(({ name }) => name === call.command);
  let verbName: string | undefined;
  let answer: Answer;
  let outcome: 'answered' | 'refused' | 'failed' = 'answered';
  try {
    if (!command) throw new UserError(`There is no command /${call.command}. There are ${deps.commands.map(({ name }) => `/${name}`).join(' and ')}.`);
    await checkPresence(call);
    const { verb: chosen, args } = chooseVerb(commandFor(command, deps.can(call.channel.platform)), call.text, deps);
    verbName = chosen.name;
    const changes = chosen.changes?.(args) ?? false;
    // What is said in direct messages is nobody else's, and takes no right.
    const direct = call.channel.person !== undefined;
    if (!direct && (changes || chosen.who === 'manager')) checkManages((await call.person.profile()).standing, call, deps);
    const doc = await chosen.run({ ...call, args }, deps);
    const audience = direct ? 'asker' : changes ? 'channel' : chosen.audience;
    answer = { doc: audience === 'asker' ? await withLoss(doc, call, deps) : doc, audience };
  } catch (error) {
    outcome = error instanceof UserError ? 'refused' : 'failed';
    answer = { doc: errorDoc(error, id, call, deps.log), audience: 'asker', refused: true, ...(error instanceof UserError ? inForm(error) : {}) };
  }
  const ms = deps.now().getTime() - began.getTime();
  deps.log.info({ call: id, command: command?.name, verb: verbName, ...placeInLog(call), outcome, ms }, 'command answered');
  if (command) deps.answered(command.name, ms / 1_000);
  return answer;
}

/** Suggestions for an option while someone types. Never throws. */
export async function complete(call: Call & { option: string }, deps: Deps): Promise<Choice[]> {
  try {
    const command = deps.commands.find(({ name }) => name === call.command);
    const [first, rest] = splitFirst(call.text);
    const suggest = async (verbName: string | undefined, typed: string) => {
      const found = await command?.verbs.find(({ name }) => name === verbName)?.complete?.(typed, deps, call.option, call);
      return (found ?? []).map((one) => (typeof one === 'string' ? { label: one, value: one } : one));
    };
    // A suggestion takes the place of all that was typed: with a fallback that is the whole text, else what follows the verb.
    if (!command?.fallback) return await suggest(first, rest.trim());
    const ofVerb = rest.trim() && first !== command.fallback ? await suggest(first, rest.trim()) : [];
    if (ofVerb.length > 0) return ofVerb.map(({ label, value }) => ({ label: `${first}: ${label}`, value: `${first} ${value}` }));
    return await suggest(command.fallback, call.text.trim());
  } catch (error) {
    deps.log.warn({ error: wordsOf(error), command: call.command }, 'no suggestions');
    return [];
  }
}

/** The form of a verb that was said with nothing behind it; undefined where it has none, or not for this person. Never throws. */
export async function formOf(call: Call, deps: Deps): Promise<Form | undefined> {
  const command = deps.commands.find(({ name }) => name === call.command);
  const [first, text] = splitFirst(call.text);
  const verb = command?.verbs.find(({ name }) => name === first.toLowerCase());
  if (!verb?.form || (text.trim() && !verb.verbs)) return undefined;
  try {
    await checkPresence(call);
    if (verb.who === 'manager' && call.channel.person === undefined) checkManages((await call.person.profile()).standing, call, deps);
    return await verb.form({ ...call, text: text.trim() }, deps);
  } catch (error) {
    // What is refused here is refused to the call itself, in words.
    if (!(error instanceof UserError)) deps.log.warn({ error: wordsOf(error), command: call.command }, 'no form');
    return undefined;
  }
}

/** What the call of a filled form would bring; undefined where that can't be told. Never throws. */
export async function foresee(call: Call, deps: Deps): Promise<Prospect | undefined> {
  const command = deps.commands.find(({ name }) => name === call.command);
  try {
    if (!command) return undefined;
    await checkPresence(call);
    const { verb: chosen, args } = chooseVerb(command, call.text, deps);
    const says = await chosen.foresee?.({ ...call, args }, deps);
    return says === undefined ? undefined : { says };
  } catch (error) {
    if (error instanceof UserError) return { says: error.message, refused: true, ...inForm(error) };
    deps.log.warn({ error: wordsOf(error), command: call.command }, 'nothing foreseen');
    return undefined;
  }
}

function inForm({ field, seen }: UserError): Pick<Prospect, 'field' | 'seen'> {
  return { ...(field ? { field } : {}), ...(seen ? { seen } : {}) };
}

// A first word is a verb only if the rest parses as its arguments: `/paper trending topics in NLP` is a search.
function chooseVerb(command: Command, said: string, deps: Deps): { verb: Verb; args: unknown } {
  const words = said.trim();
  const [first, rest] = splitFirst(words);
  const named = command.verbs.find(({ name }) => name === first.toLowerCase());
  // Of a form's words the first line may be empty, which says something.
  const args = named?.parse(named.form ? rest : rest.trim());
  if (named && args !== undefined) return { verb: named, args };
  const fallback = command.verbs.find(({ name }) => name === command.fallback);
  const plain = words ? fallback?.parse(words) : undefined;
  if (fallback && plain !== undefined) return { verb: fallback, args: plain };
  const help = command.verbs.find(({ name }) => name === 'help');
  if (!words && help) return { verb: help, args: help.parse('') };
  throw named ? new UserError(`That is not how “${named.name}” is used. ${usage(command, named)}.`) : unknownVerb(command, words, deps);
}

function unknownVerb(command: Command, words: string, deps: Deps): UserError {
  const [first] = splitFirst(words.toLowerCase());
  const nearest = nearestVerb(command, first);
  const other = deps.commands.find(({ name, fallback }) => name !== command.name && fallback);
  const actions: Action[] = [];
  if (other && fitsButton(words)) {
    actions.push({ label: clip(`/${other.name} ${words}`, 60), says: clip(`/${other.name} ${words}`, 60) + ': look it up', call: { name: other.name, text: words } });
  }
  const meant = nearest ? ` Did you mean /${command.name} ${nearest.name}?` : '';
  return new UserError(`/${command.name} has no “${first}”.${meant} /${command.name} help lists what there is.`, actions);
}

// A button outside of its channel outlives the presence of who has it.
async function checkPresence({ isIn, channel }: Call): Promise<void> {
  if (isIn && !(await isIn([channel.id])).includes(channel.id)) throw new UserError('You are not in that channel any more, so nothing was done. Join it again first.');
}

// That a digest can't be delivered is not to be told in direct messages: it stands under the owner's next answer, once.
async function withLoss(doc: Doc, call: Call, deps: Deps): Promise<Doc> {
  const lost = await claimTellingOwner(deps.db, ownerOf(call), deps.now()).catch((error: unknown) => deps.log.warn({ error: wordsOf(error) }, 'owner not told of a lost digest'));
  if (!lost) return doc;
  const words = `Your own digest has stopped: ${lossInWords({ ...lost, pausedCode: lost.pausedCode! }).join('. ')}`;
  return { ...doc, blocks: [...doc.blocks, note(`${words.replace(/\.$/, '')}. Then go on with /roundup me resume.`)] };
}
