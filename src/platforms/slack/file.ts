// A file for one person: Slack's answers to commands can't carry one, so it goes into their direct messages.
import type { webApi } from '@slack/bolt';
import type { Answer } from '../../core/chat.ts';
import { note } from '../../core/doc.ts';
import { NotAllowed, wordsOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Bot } from './bot.ts';
import { verdictOf } from './verdict.ts';

/** Sends the answer's file, where it has one, and returns the answer that says where it is, or what to do when Slack refused it. */
export async function withFile(client: webApi.WebClient, bot: () => Promise<Bot>, person: string, answer: Answer, log: Log): Promise<Answer> {
  const { file, ...doc } = answer.doc;
  if (!file) return answer;
  const said = (words: string): Answer => ({ ...answer, doc: { ...doc, blocks: [...doc.blocks, note(words)] } });
  try {
    const { token } = await bot();
    const { channel } = await client.conversations.open({ token, users: person });
    await client.files.uploadV2({ token, channel_id: channel!.id!, filename: file.name, content: file.text, initial_comment: doc.summary });
    return said(`${file.name} is in your direct messages with Paperround.`);
  } catch (error) {
    const verdict = error instanceof NotAllowed ? error : verdictOf(error);
    log.warn({ error: wordsOf(verdict) }, 'slack did not take a file');
    const todo = verdict instanceof NotAllowed ? `Tell whoever runs Paperround: ${verdict.fix}` : 'Try again in a minute.';
    return said(`But Slack didn’t take the file ${file.name}. ${todo}`);
  }
}
