// How a workspace installs the app by itself: /slack/install leads to Slack's consent page, and that back to us.
import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { HTTPReceiver, Logger } from '@slack/bolt';
import type { PlatformIo } from '../../core/platform.ts';
import { UserError } from '../../core/errors.ts';
import type { Store } from './installation-store.ts';
import { INSTALL_PATH, REDIRECT_PATH, SCOPES } from './manifest.ts';

/** True when the settings let workspaces install the app, instead of naming one by its token. */
export function installs(env: Record<string, string | undefined>): boolean {
  return Boolean(env.SLACK_CLIENT_ID);
}

export interface InstallOptions {
  Receiver: typeof HTTPReceiver;
  io: Pick<PlatformIo, 'env' | 'mount'>;
  store: Store;
  logger: Logger;
  clientOptions: object;
  /** Told of the workspace, once it has installed the app. */
  installed: (workspace: string) => void;
}

/** Mounts both paths. The state that Slack hands back is signed, good for ten minutes, and bound to the browser by a cookie. */
export function mountInstall({ Receiver, io, store, logger, clientOptions, installed }: InstallOptions): void {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = io.env;
  const receiver = new Receiver({
    // This one takes no events: those have a receiver of their own.
    ...{ endpoints: [], signingSecret: '', signatureVerification: false },
    ...{ clientId: clientId!, clientSecret: clientSecret!, stateSecret: stateSecret(clientSecret!), scopes: [...SCOPES] },
    ...{ installationStore: store, logger },
    installerOptions: {
      ...{ clientOptions, directInstall: true, installPath: INSTALL_PATH, redirectUriPath: REDIRECT_PATH },
      callbackOptions: {
        success({ team }, _options, _request, response) {
          installed(team!.id);
          say(response, 200, `Paperround is installed in ${team!.name ?? 'your workspace'}. In a channel: /invite @Paperround, then /roundup subscribe nlp`);
        },
        failure: (error, _options, _request, response) => say(response, ...failureOf(error)),
      },
    },
  });
  for (const path of [INSTALL_PATH, REDIRECT_PATH]) {
    io.mount({ method: 'GET', path, handle: (request, response) => void receiver.requestListener(request, response) });
  }
}

// All processes must know each other's states, and no further secret is needed for that.
function stateSecret(clientSecret: string): string {
  return createHmac('sha256', clientSecret).update('paperround: state of an installation').digest('hex');
}

function failureOf(error: Error & { code?: string }): [status: number, words: string] {
  const again = `Begin again at ${INSTALL_PATH}.`;
  if (error instanceof UserError) return [400, error.message];
  if (error.code === 'slack_oauth_installer_authorization_error') return [400, 'Nothing was installed, as you chose.'];
  if (/^slack_oauth_(missing|invalid)_/.test(error.code ?? '')) return [400, `This link is too old, was used already, or comes from another browser. ${again}`];
  return [502, `Slack refused, or could not be reached, so nothing was installed. ${again}`];
}

function say(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  response.end(`${words}\n`);
}
