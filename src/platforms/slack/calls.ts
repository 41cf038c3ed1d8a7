// Slash commands and buttons: acknowledged at once, worked on after, answered through the response_url.
import type { App, BlockAction, BlockButtonAction, RespondFn, webApi } from '@slack/bolt';
import type { Call } from '../../core/chat.ts';
import type { Payload, PlatformIo } from '../../core/platform.ts';
import { say } from '../../core/doc.ts';
import { OF_ANOTHER_VERSION } from '../../core/error-doc.ts';
import { wordsOf } from '../../core/errors.ts';
import { BUTTON, readButton } from './blocks.ts';
import { channelOf } from './channel.ts';
import { withFile } from './file.ts';
import type { Flight } from './flight.ts';
import { openForm } from './form.ts';
import { straighten } from './markup.ts';
import { personOf } from './person.ts';
import { renderAnswer } from './render.ts';
import { teamOfBlock } from './unfurl-blocks.ts';
import type { Workspaces } from './workspaces.ts';

/**
 * Hooks the bot's calls onto Bolt: commands, and presses in messages. A call that Slack delivers again, to whichever process, is acknowledged again and
 * answered once: its trigger_id is the same.
 */
export function takeCalls(app: App, io: PlatformIo, workspaces: Workspaces, client: webApi.WebClient, flight: Flight): void {
  for (const { name } of io.commands) {
    app.command(`/${name}`, async ({ ack, command, respond }) => {
      await ack();
      const workspace = workspaces.of(command.team_id);
      const channel = channelOf(workspace, { id: command.channel_id, name: command.channel_name }, command.user_id);
      const person = someone(workspace, command.user_id, command.user_name);
      const call = { command: name, text: straighten(command.text), channel, person };
      flight.start(() =>
        once(command.trigger_id, async () => {
          if (!(await openForm(io, client, workspaces, call, { trigger: command.trigger_id }))) await answer(call, respond);
        }),
      );
    });
  }

  app.action<BlockButtonAction>({ type: 'block_actions', action_id: BUTTON }, async ({ ack, action, body, respond }) => {
    if (body.view) return;
    await ack();
    // A message knows the workspace of its bot; the press, in a channel shared with others, that of who pressed.
    const workspace = workspaces.of((body.message?.team as string | undefined) ?? teamOfBlock(action.block_id) ?? body.team?.id);
    const channel = channelOf(workspace, { id: body.channel?.id ?? String(body.container.channel_id), name: body.channel?.name }, body.user.id);
    const person = someone(workspace, body.user.id, body.user.username);
    const { command, text } = readButton(action.value);
    flight.start(() => once(body.trigger_id, () => answer({ command, text, channel, person }, respond)));
  });

  app.action<BlockAction>({ type: 'block_actions' }, async ({ ack, action, body, respond }) => {
    if (body.view || BUTTON.test(action.action_id)) return;
    await ack();
    const [payload] = renderAnswer({ doc: say(OF_ANOTHER_VERSION), audience: 'asker' });
    flight.start(() => once(body.trigger_id, () => send(respond, payload!)));
  });

  async function once(trigger: string, act: () => Promise<void>): Promise<void> {
    if (await io.claim(`call:${trigger}`)) await act();
  }

  async function answer(call: Call, respond: RespondFn): Promise<void> {
    const said = await withFile(client, () => workspaces.bot(call.channel.workspace), call.person.id, await io.handle(call), io.log);
    for (const payload of renderAnswer(said)) await send(respond, payload);
  }

  // Slack's refusal is of the blocks, as a rule: the sentence alone is better than silence.
  async function send(respond: RespondFn, payload: Payload): Promise<void> {
    const refusal = await refusalOf(respond, payload);
    if (refusal === undefined) return;
    io.log.warn({ refusal }, 'slack refused an answer; sending its text alone');
    const again = await refusalOf(respond, { ...payload, blocks: undefined });
    if (again !== undefined) io.log.error({ refusal: again }, 'slack refused an answer');
  }

  function someone(workspace: string, id: string, name: string) {
    return personOf(client, () => workspaces.bot(workspace), { id, name }, io.log);
  }
}

/** Undefined when the message was taken. Throws when the answer was lost: a second try could show it twice. */
async function refusalOf(respond: RespondFn, payload: Payload): Promise<string | undefined> {
  try {
    const body = await (await respond(payload)).text();
    return /"ok":\s*false/.test(body) ? body.slice(0, 200) : undefined;
  } catch (error) {
    if ((error as { code?: string }).code === 'slack_bolt_respond_error') return wordsOf(error);
    throw error;
  }
}
