// What Slack tells the bot unasked: it was let into a channel; one, or a whole workspace, is lost, back again, or renamed.
import type { App, webApi } from '@slack/bolt';
import type { ChannelChange, PlatformIo } from '../../core/platform.ts';
import { NotAllowed } from '../../core/errors.ts';
import { signIn, type Bot } from './bot.ts';
import type { Flight } from './flight.ts';
import { greet } from './greeting.ts';
import type { Home } from './home.ts';
import { EVENTS, type EventName } from './manifest.ts';
import type { Workspaces } from './workspaces.ts';

/** The event's shape, as far as it matters: a rename carries the channel, others its id. */
interface SlackEvent {
  type: EventName;
  user?: string;
  /** Who let the member in; missing where it came by itself. */
  inviter?: string;
  channel?: string | { id: string; name: string };
  tokens?: { bot?: string[] };
}

/** What an event means for its channel: lost, in the code with which a post to it would fail, or to be had again. */
const CHANGES: Partial<Record<EventName, ChannelChange>> = {
  channel_archive: lost('is_archived'),
  group_archive: lost('is_archived'),
  channel_deleted: lost('channel_not_found'),
  group_deleted: lost('channel_not_found'),
  channel_left: lost('not_in_channel'),
  group_left: lost('not_in_channel'),
  member_left_channel: lost('not_in_channel'),
  channel_unarchive: { back: true },
  group_unarchive: { back: true },
  member_joined_channel: { back: true },
};

/** Passes on what happened to channels and workspaces: each event once, over all processes. `poster` tries once. */
export function watchChannels(app: App, home: Home, io: PlatformIo, workspaces: Workspaces, { lookup, poster }: { lookup: webApi.WebClient; poster: webApi.WebClient }, flight: Flight): void {
  for (const name of EVENTS) {
    app.event(name as string, async ({ event, body, context }) => {
      flight.start(async () => {
        // Slack delivers an event again, for some six minutes, when its ack was lost.
        if (!(await io.claim(`event:${body.event_id}`))) return;
        await heed(event as unknown as SlackEvent, workspaces.of(context.teamId), new Date(body.event_time * 1_000));
      });
    });
  }

  async function heed({ type, user, inviter, channel, tokens }: SlackEvent, workspace: string, at: Date): Promise<void> {
    if (type === 'app_uninstalled' || (type === 'tokens_revoked' && tokens?.bot?.length)) return loseWorkspace(workspace, type, at);
    if (typeof channel === 'object') return io.channelChanged({ platform: 'slack', workspace, ...channel }, { name: channel.name });
    const change = CHANGES[type];
    if (!change || !channel) return;
    const ref = { platform: 'slack', workspace, id: channel };
    const isOfMember = type === 'member_left_channel' || type === 'member_joined_channel';
    const bot = isOfMember ? await workspaces.bot(workspace) : undefined;
    if (bot && user && user !== bot.user) return heedMember(type, workspace, user);
    await io.channelChanged(ref, change);
    if (bot && inviter && type === 'member_joined_channel') await greet(io, poster, bot, ref, inviter);
  }

  // Their Home is kept by Slack as it was published last, and still shows the channel.
  async function heedMember(type: EventName, workspace: string, user: string): Promise<void> {
    if (type === 'member_left_channel') await home.publish(home.of(workspace, { id: user }));
  }

  // Such an event may come late, and be of an installation that a newer one has replaced.
  async function loseWorkspace(workspace: string, code: string, at: Date): Promise<void> {
    const bot = await installedBot(workspace);
    const older = bot && ((await isValid(bot, at)) || !(await workspaces.forget(bot, code)));
    if (older) return io.log.info({ workspace, code }, 'slack told of an older installation');
    await io.workspaceChanged(workspace, { gone: code });
  }

  async function installedBot(workspace: string): Promise<Bot | undefined> {
    try {
      return await workspaces.bot(workspace);
    } catch (error) {
      if (error instanceof NotAllowed) return undefined;
      throw error;
    }
  }

  async function isValid({ token, since }: Bot, at: Date): Promise<boolean> {
    try {
      await signIn(lookup, token);
      return true;
    } catch (error) {
      // When Slack can't be asked, time must tell.
      return !(error instanceof NotAllowed) && since !== undefined && at.getTime() < since.getTime();
    }
  }
}

// Slack keeps no order of events: whoever hears of a loss looks first whether it still holds.
function lost(code: string): ChannelChange {
  return { gone: code, ask: true };
}
