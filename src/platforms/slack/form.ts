// Forms as modals: opened by a command or a press, suggested to while somebody types, submitted as the call that they stand for.
import { setTimeout as pause } from 'node:timers/promises';
import type { App, BlockAction, webApi } from '@slack/bolt';
import type { Answer, Call } from '../../core/chat.ts';
import type { PlatformIo } from '../../core/platform.ts';
import { fillingOf, formText } from '../../core/form.ts';
import { wordsOf } from '../../core/errors.ts';
import { clip } from '../../core/text.ts';
import { channelOf, isHome } from './channel.ts';
import { tell } from './delivery.ts';
import type { Flight } from './flight.ts';
import { FORM, formView, isValue, optionsOf, placeOf, SEARCH, submittedText, withProspect, type FormPlace } from './form-view.ts';
import type { Home, Whose } from './home.ts';
import { straighten } from './markup.ts';
import { isOutdated, openModal, type Trigger } from './modal.ts';
import { render } from './render.ts';
import { sayIn } from './say.ts';
import { answerView } from './views.ts';
import type { Workspaces } from './workspaces.ts';

/** Slack takes no more options (reference of block suggestions). */
const MOST_OPTIONS = 100;
const PROBLEM = 300;
/** Of the three seconds in which a form can be opened; what it would bring is told at the first change where this is too short. */
const FORETELL_MS = 800;

/** True when the call has a form, and it is open. When Slack won't open it, the call is answered without. */
export async function openForm(io: PlatformIo, client: webApi.WebClient, workspaces: Workspaces, call: Call, trigger: Trigger): Promise<boolean> {
  const form = await io.form(call);
  if (!form) return false;
  try {
    const { token } = await workspaces.bot(call.channel.workspace);
    const prospect = await Promise.race([io.foresee({ ...call, text: formText(form, fillingOf(form)) }), pause(FORETELL_MS, undefined, { ref: false })]);
    await openModal(client, token, trigger, formView(form, call.channel, call.isIn !== undefined || isHome(call.channel.id), prospect?.says));
    return true;
  } catch (error) {
    io.log.warn({ error: wordsOf(error) }, 'slack form not opened');
    return false;
  }
}

interface Clients { lookup: webApi.WebClient; poster: webApi.WebClient } // prettier-ignore

/** Answers what happens in open modals. `waitMs`: what takes longer is answered outside of the modal. */
export function takeForms(app: App, home: Home, io: PlatformIo, workspaces: Workspaces, { lookup, poster }: Clients, flight: Flight, waitMs: number): void {
  app.options(new RegExp(`^${SEARCH}`), async ({ ack, options, body }) => {
    const place = placeOf(body.view!);
    const option = options.action_id.slice(SEARCH.length);
    const typed = straighten(options.value);
    const found = await io.complete({ ...callOf(someone(body), place), text: `${place.verb} ${typed}`, option });
    // What is too long to stand in an option stands under a name, which verbs know.
    const own = place.free?.includes(option) ? [{ label: typed, value: isValue(typed) ? typed : await io.words.keep(typed) }] : [];
    await ack({ options: optionsOf([...own, ...found]).slice(0, MOST_OPTIONS) });
  });

  /** Of each modal whose prospect is being looked for, the latest change: an earlier one's no longer counts. */
  const latest = new Map<string, string>();
  app.action<BlockAction>({ type: 'block_actions' }, async ({ ack, body }) => {
    const { view, trigger_id: change } = body;
    if (view?.callback_id !== FORM) return;
    await ack();
    latest.set(view.id, change);
    flight.start(async () => {
      const place = placeOf(view);
      const whose = someone(body);
      const prospect = await io.foresee({ ...callOf(whose, place), text: submittedText(place, view.state.values) });
      if (latest.get(view.id) !== change) return;
      latest.delete(view.id);
      const { token } = await workspaces.bot(whose.workspace);
      const update = (seen: { hash?: string }) => lookup.views.update({ token, view_id: view.id, ...seen, view: withProspect(view, prospect) });
      try {
        // An earlier change's may have been shown in between.
        await update({ hash: view.hash }).catch((error: unknown) => (isOutdated(error) ? update({}) : Promise.reject(error as Error)));
      } catch (error) {
        io.log.warn({ error: wordsOf(error) }, 'slack form not updated');
      }
    });
  });

  app.view(FORM, async ({ ack, body, view }) => {
    const place = placeOf(view);
    if (!(await io.claim(`call:${(body as { trigger_id?: string }).trigger_id ?? view.id}`))) return ack();
    const whose = someone(body);
    const call = { ...callOf(whose, place), text: submittedText(place, view.state.values) };
    const answer = io.handle(call);
    const soon = await Promise.race([answer, pause(waitMs, undefined, { ref: false })]);
    if (soon?.refused) {
      const { field, doc, seen } = soon;
      if (seen) return ack({ response_action: 'update', view: withProspect(view, { says: doc.summary, seen, ...(field ? { field } : {}) }) });
      if (field && place.fields.includes(field)) return ack({ response_action: 'errors', errors: { [field]: clip(doc.summary, PROBLEM) } });
      // On the form, which stays as it was filled in.
      return ack({ response_action: 'push', view: answerView({ summary: doc.summary, blocks: doc.blocks }) });
    }
    await ack();
    flight.start(async () => {
      await show(call, await answer);
      if (place.away) await home.publish(whose);
    });
  });

  // A modal has no response_url: its answer is a message like any other.
  async function show({ channel, person, isIn }: Call, { doc, audience }: Answer): Promise<void> {
    const bot = await workspaces.bot(channel.workspace);
    if (audience === 'channel' && (await sayIn(poster, bot.token, channel.id, doc, io.log))) return;
    for (const payload of render(doc)) {
      if (isIn || isHome(channel.id)) await tell({ lookup, poster }, bot, person.id, payload);
      else await poster.chat.postEphemeral({ ...payload, token: bot.token, channel: channel.id, user: person.id } as never);
    }
  }

  function someone({ team, user }: { team: { id: string } | null; user: { id: string; name?: string; username?: string } }): Whose {
    return home.of(workspaces.of(team?.id), { id: user.id, name: user.username ?? user.name });
  }

  function callOf({ workspace, person, isIn }: Whose, { command, channel, name, away }: FormPlace): Call {
    return { command, text: '', channel: channelOf(workspace, { id: channel, name }, person.id), person, ...(away && !isHome(channel) ? { isIn } : {}) };
  }
}
