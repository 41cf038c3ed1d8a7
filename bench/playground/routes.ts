// The playground's addresses: the page, what people do on it, and what it is made of.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buildSync } from 'esbuild';
import type { Route } from '../../src/core/platform.ts';
import { wordsOf } from '../../src/core/errors.ts';
import { answer } from '../../src/web/server.ts';
import { formOf, guarded, send } from './guard.ts';
import { avatar } from './page/avatar.ts';
import { playgroundPage } from './page/page.ts';
import type { Play } from './play.ts';
import type { Filled, SideName } from './side.ts';
import { addressOf, SIDES, viewOf, type View } from './view.ts';

type Handler = (given: { query: URLSearchParams; view: View; response: ServerResponse }, request: IncomingMessage) => Promise<void>;

export function routesOf(play: Play): Route[] {
  const style = ['page', 'slack', 'discord'].map((name) => readFileSync(new URL(`page/${name}.css`, import.meta.url), 'utf8')).join('\n');
  const client = clientScript();
  return [
    get('/', async ({ view, response }) => send(response, 'text/html', await playgroundPage(play, view))),
    get('/style.css', async ({ response }) => send(response, 'text/css', style)),
    get('/client.js', async ({ response }) => send(response, 'text/javascript', client)),
    get('/icon.svg', async ({ response }) => send(response, 'image/svg+xml', avatar(36).html.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" '))),
    get('/suggest', async ({ query, view, response }) => send(response, 'application/json', JSON.stringify(await play.suggest(query.get('typed') ?? '', view.person)))),
    get('/suggest-field', async ({ query, view, response }) => {
      const values = await play.sides.slack.suggest(query.get('field') ?? '', query.get('typed') ?? '', view.person);
      send(response, 'application/json', JSON.stringify(values.map((line) => ({ line }))));
    }),
    post('/say', (form, view) => {
      const within = view.forum ? view.thread.discord : undefined;
      // Where it will be answered.
      Object.assign(view, { home: false, forum: within !== undefined });
      return play.say(form.get('line') ?? '', view.to, view.person, within);
    }),
    post('/press', (form, view) => press(form, view)),
    post('/look-up', (form, view) => play.lookUp(form.get('message') ?? '', view.person)),
    post('/submit', async (form, view) => {
      const side = sideOf(form);
      const changed = form.get('changed');
      if (form.has('dismiss')) play.sides[side].dismiss(view.person);
      else if (form.has('control')) await press(form, view);
      else if (changed !== null) await play.fill(side, changed, filledIn(form), view.person);
      else await play.submit(side, filledIn(form), view.person);
    }),
    post('/glance', (_form, view) => play.glance(view.person)),
    post('/home', (_form, view) => play.openHome(view.person)),
    post('/next-morning', (_form, view) => play.nextMorning(view.person)),
    post('/clear', async () => {
      for (const side of Object.values(play.sides)) side.clear();
    }),
  ];

  function press(form: URLSearchParams, { person }: View): Promise<void> {
    const control = form.get('control') ?? '';
    return play.press(sideOf(form), { message: form.get('message') ?? '', control, values: form.getAll(`chosen:${control}`) }, person);
  }
}

function filledIn(form: URLSearchParams): Filled {
  const fields = [...new Set(form.keys())].filter((name) => name.startsWith('field:'));
  return Object.fromEntries(fields.map((name) => [name.slice('field:'.length), form.getAll(name)]));
}

function get(path: string, handle: Handler): Route {
  return route('GET', path, handle);
}

/** Does something and goes back to the page. What the form says of the view is the view from then on. */
function post(path: string, act: (form: URLSearchParams, view: View) => Promise<void> | void): Route {
  return route('POST', path, async ({ query, response }, request) => {
    const form = await formOf(request);
    for (const name of ['as', 'to', 'theme']) if (form.has(name)) query.set(name, form.get(name)!);
    const view = viewOf(query);
    await act(form, view);
    response.writeHead(303, { location: addressOf(view) }).end();
  });
}

function route(method: string, path: string, handle: Handler): Route {
  return guarded({
    method,
    path,
    handle(request, response) {
      const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams;
      handle({ query, view: viewOf(query), response }, request).catch((error: unknown) => answer(response, 400, `${wordsOf(error)}\n`));
    },
  });
}

function sideOf(form: URLSearchParams): SideName {
  const side = SIDES.find((name) => name === form.get('side'));
  if (!side) throw new Error('There is no such platform.');
  return side;
}

function clientScript(): string {
  const entry = fileURLToPath(new URL('browser/client.ts', import.meta.url));
  const { outputFiles } = buildSync({ entryPoints: [entry], bundle: true, format: 'iife', target: 'es2022', write: false, logLevel: 'error' });
  return outputFiles[0]!.text;
}
