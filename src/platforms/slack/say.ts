// Answers that no response_url takes: those to a press in the Home, and to a form.
import type { webApi } from '@slack/bolt';
import type { Doc } from '../../core/doc.ts';
import { wordsOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { render } from './render.ts';

/** Says it in a channel, for all. False when Slack would not have it: then somebody else must be told. */
export async function sayIn(client: webApi.WebClient, token: string, channel: string, doc: Doc, log: Log): Promise<boolean> {
  try {
    for (const payload of render(doc)) await client.chat.postMessage({ token, channel, ...payload } as never);
    return true;
  } catch (error) {
    log.warn({ channel, error: wordsOf(error) }, 'slack did not take an answer for the channel');
    return false;
  }
}
