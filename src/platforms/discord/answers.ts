// Answers on their way to Discord: in place of what the asker sees, below it, or for the channel.
import type { Client } from 'discord.js';
import type { Audience } from '../../core/chat.ts';
import type { Payload } from '../../core/platform.ts';
import type { Doc, NamedFile } from '../../core/doc.ts';
import { wordsOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { EPHEMERAL, renderAnswer } from './render.ts';

export interface Asked {
  client: Client;
  id: string;
  applicationId: string;
  token: string;
}

/** The first answer to an interaction, within 3 s. Source: interaction callback types. */
export async function callBack({ client, id, token }: Asked, type: 4 | 6 | 7 | 9, data?: Payload): Promise<void> {
  await client.rest.post(`/interactions/${id}/${token}/callback`, { body: { type, ...(data ? { data } : {}) }, auth: false });
}

/** `instead`: makes one sentence stand in place of what the asker sees. */
export async function show(asked: Asked, docs: Doc[], audience: Audience, instead = (content: string) => edit(asked, { content })): Promise<void> {
  const payloads = docs.flatMap((doc) => renderAnswer({ doc, audience }));
  if (audience === 'asker') {
    await edit(asked, payloads[0]!);
    return follow(asked, payloads.slice(1));
  }
  // The first message after a deferral takes its place and stays ephemeral with it, so that can't be the answer.
  await instead('Done: the answer is in the channel.');
  await follow(asked, payloads).catch(async (error: unknown) => {
    await instead('It is done, but the answer could not be posted in the channel.');
    throw error;
  });
  // The answer stands below for all to see: the note to the asker has done its work.
  await asked.client.rest.delete(`${webhookOf(asked)}/messages/@original`, { auth: false });
}

// The library's own methods would reword the payload; these send what was rendered.
export async function edit(asked: Asked, payload: Payload): Promise<void> {
  // The deferral has settled who sees it; an edit can't.
  const flags = Number(payload.flags ?? 0) & ~EPHEMERAL;
  const body = { ...payload, flags: flags || undefined, allowed_mentions: { parse: [] } };
  await asked.client.rest.patch(`${webhookOf(asked)}/messages/@original`, { body, auth: false });
}

export async function follow(asked: Asked, payloads: Payload[]): Promise<void> {
  for (const body of payloads) await asked.client.rest.post(webhookOf(asked), { body, auth: false });
}

/** For the asker's eyes, whoever sees the answer. Where Discord doesn't take it, that is said in its place. */
export async function attach(asked: Asked, { name, text }: NamedFile, log: Log): Promise<void> {
  const body = { content: 'Here is the file:', flags: EPHEMERAL, attachments: [{ id: '0', filename: name }], allowed_mentions: { parse: [] } };
  try {
    await asked.client.rest.post(webhookOf(asked), { body, files: [{ name, data: Buffer.from(text) }], auth: false });
  } catch (error) {
    log.warn({ error: wordsOf(error) }, 'discord did not take a file');
    const content = `But Discord didn’t take the file ${name}. Try again in a minute, or choose another format above.`;
    await follow(asked, [{ content, flags: EPHEMERAL, allowed_mentions: { parse: [] } }]);
  }
}

function webhookOf({ applicationId, token }: Asked): `/${string}` {
  return `/webhooks/${applicationId}/${token}`;
}
