// The app's Home: what one person has, published when they open it and after what they do there.
import type { App, webApi } from '@slack/bolt';
import type { PlatformIo } from '../../core/platform.ts';
import { wordsOf } from '../../core/errors.ts';
import type { Flight } from './flight.ts';
import { HOME_EVENT } from './manifest.ts';
import { membership, type Membership } from './membership.ts';
import { isOutdated } from './modal.ts';
import { personOf } from './person.ts';
import { homeView } from './views.ts';
import type { Workspaces } from './workspaces.ts';

/** Somebody at home in a workspace; which channels they are in is looked up once, so make it anew for each press. */
export type Whose = Parameters<PlatformIo['home']>[0] & Membership;

export interface Home {
  of(workspace: string, user: { id: string; name?: string | undefined }): Whose;
  /** `seen`: the hash of what they look at; what was published since then is newer, and stays. Never throws. */
  publish(whose: Whose, seen?: string): Promise<void>;
}

export function openHome(io: PlatformIo, workspaces: Workspaces, client: webApi.WebClient): Home {
  return {
    of(workspace, user) {
      const bot = () => workspaces.bot(workspace);
      const theirs = membership(client, bot, user.id, io.log);
      return { workspace, person: { ...personOf(client, bot, user, io.log), isIn: theirs.isIn }, ...theirs };
    },
    async publish(whose, seen) {
      try {
        const view = homeView(await io.home(whose));
        const { token } = await workspaces.bot(whose.workspace);
        await client.views.publish({ token, user_id: whose.person.id, view, ...(seen ? { hash: seen } : {}) });
      } catch (error) {
        if (!isOutdated(error)) io.log.warn({ workspace: whose.workspace, error: wordsOf(error) }, 'slack home not published');
      }
    },
  };
}

/** Publishes it whenever somebody opens it: each time once, over all processes. */
export function takeHome(app: App, home: Home, io: Pick<PlatformIo, 'claim'>, workspaces: Workspaces, flight: Flight): void {
  app.event(HOME_EVENT, async ({ event, body, context }) => {
    if (event.tab !== 'home') return;
    flight.start(async () => {
      if (!(await io.claim(`event:${body.event_id}`))) return;
      const { hash } = (event.view ?? {}) as { hash?: string };
      await home.publish(home.of(workspaces.of(context.teamId), { id: event.user }), hash);
    });
  });
}
