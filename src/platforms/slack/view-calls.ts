// Presses in the Home and in modals. They have no channel and no response_url: the channel travels with the button, and is
// only trusted once the person is found to be in it; the answer is a modal, or, if it is the channel's, a message there.
import { setTimeout as pause } from 'node:timers/promises';
import type { App, BlockButtonAction, webApi } from '@slack/bolt';
import type { Answer, Call } from '../../core/chat.ts';
import type { PlatformIo } from '../../core/platform.ts';
import { note, say, type Doc } from '../../core/doc.ts';
import { wordsOf } from '../../core/errors.ts';
import { BUTTON, readButton } from './blocks.ts';
import { channelOf, isHome } from './channel.ts';
import { tell } from './delivery.ts';
import { withFile } from './file.ts';
import type { Flight } from './flight.ts';
import { openForm } from './form.ts';
import type { Home, Whose } from './home.ts';
import { openModal, type Trigger } from './modal.ts';
import { render } from './render.ts';
import { sayIn } from './say.ts';
import { answerView } from './views.ts';
import type { Workspaces } from './workspaces.ts';

interface Clients { lookup: webApi.WebClient; poster: webApi.WebClient } // prettier-ignore

/** Answers each press once, over all processes, and publishes the Home anew. `waitMs`: how long before a modal says that it takes a moment. */
export function takeViewCalls(app: App, home: Home, io: PlatformIo, workspaces: Workspaces, { lookup, poster }: Clients, flight: Flight, waitMs: number): void {
  app.action<BlockButtonAction>({ type: 'block_actions', action_id: BUTTON }, async ({ ack, action, body }) => {
    const { view: over, user, trigger_id: trigger } = body;
    if (!over) return;
    await ack();
    flight.start(async () => {
      if (!(await io.claim(`call:${trigger}`))) return;
      const whose = home.of(workspaces.of(body.team?.id), { id: user.id, name: user.username ?? user.name });
      const { channel: id = '', ...said } = readButton(action.value);
      const channel = channelOf(whose.workspace, { id, name: id && (await openName(whose, id)) }, user.id);
      const call: Call = { ...said, channel, person: whose.person, ...(id ? { isIn: whose.isIn } : {}) };
      if (await openForm(io, lookup, workspaces, call, { trigger, over })) return;
      await answer(call, whose, { trigger, over });
      await home.publish(whose);
    });
  });

  // What isn't known to be public counts as private. That the person isn't in it, the call itself says.
  async function openName({ isIn, isOpen, nameOf }: Whose, id: string): Promise<string | undefined> {
    await isIn([id]).catch(() => []);
    return isOpen(id) ? nameOf(id) : undefined;
  }

  async function answer(call: Call, { nameOf }: Whose, trigger: Trigger): Promise<void> {
    const bot = await workspaces.bot(call.channel.workspace);
    const asked = io.handle(call).then((said) => withFile(lookup, async () => bot, call.person.id, said, io.log));
    const soon = await Promise.race([asked, pause(waitMs, undefined, { ref: false })]);
    const waiting = soon ? undefined : await opened(say('One moment.'));
    const { doc, audience }: Answer = soon ?? (await asked);
    const said = audience === 'channel' && !isHome(call.channel.id) && (await sayIn(poster, bot.token, call.channel.id, doc, io.log));
    // The Home shows what changed; a modal that was pressed in would look as if nothing had.
    if (said && !waiting && trigger.over?.type !== 'modal') return;
    const alone = audience === 'asker' || said ? doc : { ...doc, blocks: [...doc.blocks, note('The channel itself could not be told.')] };
    if (waiting ? await replaced(waiting, alone) : await opened(alone)) return;
    for (const payload of render(alone)) await tell({ lookup, poster }, bot, call.person.id, payload);

    async function opened(shown: Doc): Promise<string | undefined> {
      return attempt(() => openModal(lookup, bot.token, trigger, viewOf(shown)));
    }
    async function replaced(id: string, shown: Doc): Promise<boolean | undefined> {
      return attempt(async () => (await lookup.views.update({ token: bot.token, view_id: id, view: viewOf(shown) })).ok);
    }
    function viewOf(shown: Doc) {
      const { id } = call.channel;
      return answerView(shown, isHome(id) ? {} : { id, name: nameOf(id) });
    }
  }

  // A trigger that came too late, or a modal that was closed meanwhile.
  async function attempt<T>(show: () => Promise<T>): Promise<T | undefined> {
    try {
      return await show();
    } catch (error) {
      io.log.warn({ error: wordsOf(error) }, 'slack modal not shown');
      return undefined;
    }
  }
}
