// Who may ask the playground: its own page, on this machine.
import { request } from 'node:http';
import { onTestFinished, expect, test } from 'vitest';
import { formOf, guarded, send } from '../../../bench/playground/guard.ts';
import { silent } from '../../../src/core/log.ts';
import { openWeb } from '../../../src/web/server.ts';

async function open() {
  const said: string[] = [];
  const web = await openWeb(
    [
      guarded({ method: 'GET', path: '/', handle: (_request, response) => send(response, 'text/html', 'the page') }),
      guarded({
        method: 'POST',
        path: '/say',
        handle: (incoming, response) =>
          void formOf(incoming).then(
            (form) => (said.push(form.get('line')!), response.end()),
            (error: Error) => response.writeHead(413).end(error.message),
          ),
      }),
    ],
    { host: '127.0.0.1', port: 0 },
    silent,
  );
  onTestFinished(() => web.stop());
  const port = new URL(web.url).port;
  const ask = (method: string, path: string, headers: Record<string, string>, body = '') =>
    new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }));
      });
      outgoing.on('error', reject).end(body);
    });
  return { ask, said, port };
}

test('it answers to this machine’s own names', async () => {
  const { ask, port } = await open();
  for (const name of ['127.0.0.1', 'localhost']) expect(await ask('GET', '/', { host: `${name}:${port}` })).toMatchObject({ status: 200, text: 'the page' });
});

test.each(['evil.example', 'localhost.evil.example', 'localhost', '127.0.0.1:1'])('a name that somebody else’s DNS points here (“%s”) is refused', async (host) => {
  const { ask } = await open();
  const { status, text } = await ask('GET', '/', { host });
  expect(status).toBeGreaterThanOrEqual(400);
  expect(text).not.toContain('the page');
});

test('a form is taken from its own page, and from no other', async () => {
  const { ask, said, port } = await open();
  const host = `127.0.0.1:${port}`;
  const from = (headers: Record<string, string>) => ask('POST', '/say', { host, ...headers }, 'line=hello');
  for (const headers of [{}, { origin: 'null' }, { origin: 'https://evil.example' }, { origin: `http://127.0.0.1:1` }, { origin: `https://${host}` }]) expect((await from(headers as Record<string, string>)).status).toBe(403);
  expect(said).toEqual([]);
  expect((await from({ origin: `http://${host}` })).status).toBe(200);
  expect(said).toEqual(['hello']);
});

test('a form that doesn’t end is cut off', async () => {
  const { ask, said, port } = await open();
  const host = `127.0.0.1:${port}`;
  expect((await ask('POST', '/say', { host, origin: `http://${host}` }, `line=${'x'.repeat(100_001)}`)).status).toBe(413);
  expect(said).toEqual([]);
});

test('a page brings along files of its own and nothing else, and stands in no other page', async () => {
  const { ask, port } = await open();
  const { headers } = await ask('GET', '/', { host: `127.0.0.1:${port}` });
  expect(headers['content-security-policy']).toBe(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' });
});
