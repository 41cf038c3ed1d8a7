// Links to papers in messages: Slack tells of them, and shows the bot's previews under the message.
import type { App, webApi } from '@slack/bolt';
import type { LinkSharedEvent } from '@slack/types';
import type { PlatformIo } from '../../core/platform.ts';
import { wordsOf } from '../../core/errors.ts';
import type { Flight } from './flight.ts';
import { unfurlsOf } from './unfurl-blocks.ts';
import type { Workspaces } from './workspaces.ts';

/** `client` may try twice: a second chat.unfurl changes what the first has shown, and adds nothing. */
export function previewLinks(app: App, io: PlatformIo, workspaces: Workspaces, client: webApi.WebClient, flight: Flight): void {
  app.event('link_shared', async ({ event, context }) => {
    // While a message is written it belongs to no channel. Once it is posted, Slack tells of it again.
    if (event.source === 'composer' || !event.channel) return;
    flight.start(() => preview(event, workspaces.of(context.teamId)));
  });

  async function preview({ channel, user, message_ts: ts, links }: LinkSharedEvent, workspace: string): Promise<void> {
    try {
      const bot = await workspaces.bot(workspace);
      // Slack leaves apps' own messages out; should that change, a roundup stays as it is.
      if (user === bot.user) return;
      const previews = await io.previews({ platform: 'slack', workspace, id: channel }, { id: ts, urls: links.map(({ url }) => url) });
      if (previews.length === 0) return;
      await client.chat.unfurl({ token: bot.token, channel, ts, unfurls: unfurlsOf(previews, workspace) });
    } catch (error) {
      io.log.warn({ channel, error: wordsOf(error) }, 'slack did not take previews of links');
    }
  }
}
