// Forms as modals: opened by a command, suggested to while somebody types, submitted as the call that they stand for.
import { setTimeout as pause } from 'node:timers/promises';
import type { App, webApi } from '@slack/bolt';
import type { Answer, Call, PlatformIo } from '../../core/chat.ts';
import { wordsOf } from '../../core/errors.ts';
import { clip } from '../../core/text.ts';
import { channelOf } from './channel.ts';
import type { Flight } from './flight.ts';
import { FORM, formView, optionsOf, SEARCH, submittedText, type FormPlace } from './form-view.ts';
import { straighten } from './markup.ts';
import { lookUpProfile } from './person.ts';
import { render } from './render.ts';
import type { Workspaces } from './workspaces.ts';

/** Slack closes its ears after 3 s: what takes longer is answered in the channel, not in the modal. */
const ACK_MS = 2_300;
/** Slack takes no more options (reference of block suggestions). */
const MOST_OPTIONS = 100;
const PROBLEM = 300;

/** True when the call has a form, and it is open. When Slack won't open it, the call is answered without. */
export async function openForm(io: PlatformIo, client: webApi.WebClient, workspaces: Workspaces, call: Call, trigger: string): Promise<boolean> {
  const form = await io.form(call);
  if (!form) return false;
  try {
    const { token } = await workspaces.bot(call.channel.workspace);
    await client.views.open({ token, trigger_id: trigger, view: formView(form, call.channel) });
    return true;
  } catch (error) {
    io.log.warn({ error: wordsOf(error) }, 'slack form not opened');
    return false;
  }
}

/** Answers what happens in open modals. */
export function takeForms(app: App, io: PlatformIo, workspaces: Workspaces, { lookup, poster }: { lookup: webApi.WebClient; poster: webApi.WebClient }, flight: Flight): void {
  app.options(new RegExp(`^${SEARCH}`), async ({ ack, options, body }) => {
    const place = JSON.parse(body.view?.private_metadata ?? '{}') as FormPlace;
    const option = options.action_id.slice(SEARCH.length);
    const typed = straighten(options.value);
    const values = await io.complete({ ...callOf(body.team?.id, body.user, place), text: `${place.verb} ${typed}`, option });
    await ack({ options: optionsOf([typed, ...values]).slice(0, MOST_OPTIONS) });
  });

  app.view(FORM, async ({ ack, body, view }) => {
    const place = JSON.parse(view.private_metadata) as FormPlace;
    if (!(await io.claim(`call:${(body as { trigger_id?: string }).trigger_id ?? view.id}`))) return ack();
    const text = submittedText(place, view.state.values);
    const call = { ...callOf(body.team?.id, body.user, place), text };
    const answer = io.handle(call);
    const soon = await Promise.race([answer, pause(ACK_MS, undefined, { ref: false })]);
    if (soon?.refused) return ack({ response_action: 'errors', errors: { [place.fields[0]!]: clip(soon.doc.summary, PROBLEM) } });
    await ack();
    flight.start(async () => show(call, await answer));
  });

  // A modal has no response_url: its answer is a message like any other.
  async function show({ channel, person }: Call, { doc, audience }: Answer): Promise<void> {
    const { token } = await workspaces.bot(channel.workspace);
    for (const payload of render(doc)) {
      const body = { token, channel: channel.id, ...payload } as never;
      if (audience === 'channel') await poster.chat.postMessage(body);
      else await poster.chat.postEphemeral({ ...(body as object), user: person.id } as never);
    }
  }

  function callOf(team: string | undefined, user: { id: string; name?: string }, { command, channel, name }: FormPlace): Call {
    const workspace = workspaces.of(team);
    const profile = () => lookUpProfile(lookup, () => workspaces.bot(workspace), user.id, io.log);
    return {
      command,
      text: '',
      channel: channelOf(workspace, { id: channel, name }, user.id),
      person: { id: user.id, ...(user.name ? { name: user.name } : {}), profile },
    };
  }
}
