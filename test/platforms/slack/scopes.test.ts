// The least scopes: each that the manifest asks for is used, and each thing that the bot does has its own.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EVENTS, SCOPES } from '../../../src/platforms/slack/manifest.ts';
import { scopesOf, scopesOfEvents } from '../../support/slack-scopes.ts';

const FOLDER = 'src/platforms/slack/';
const sources = readdirSync(FOLDER).map((file) => readFileSync(FOLDER + file, 'utf8'));

/** Methods by the client's own names, `client.users.info(`, and by Slack's, `apiCall('chat.postMessage'`. */
const methods = [
  ...new Set(sources.flatMap((source) => [...source.matchAll(/\b(?:client|lookup|poster)\.((?:\w+\.)+\w+)\(|apiCall\(\s*'([\w.]+)'/g)].map(([, own, slacks]) => own ?? slacks!))),
].filter((name) => !name.endsWith('.bind'));
/** One call of the client that is two requests. */
const requests = methods.flatMap((method) => (method === 'files.uploadV2' ? ['files.getUploadURLExternal', 'files.completeUploadExternal'] : [method]));

test('each scope is used by a request, an event or the commands', () => {
  expect(methods.length).toBeGreaterThan(8);
  const used = new Set(['commands', ...scopesOf(requests), ...scopesOfEvents()]);
  expect(SCOPES.filter((scope) => !used.has(scope))).toEqual([]);
});

test('each request and each event has its scope', () => {
  const asked = new Set<string>(SCOPES);
  expect(scopesOfEvents().filter((scope) => !asked.has(scope))).toEqual([]);
  // Whether somebody's direct messages are open is asked by opening them, so `im:read` is not needed.
  expect(scopesOf(requests).filter((scope) => !asked.has(scope))).toEqual(['im:read']);
  expect(EVENTS.length).toBeGreaterThan(10);
});

test('each scope stands with its reason', () => {
  const manifest = readFileSync(`${FOLDER}manifest.ts`, 'utf8');
  for (const scope of SCOPES) expect(manifest, scope).toMatch(new RegExp(`'${scope}', // to \\w+|'${scope}', // the same`));
  const readme = readFileSync('README.md', 'utf8');
  expect(SCOPES.filter((scope) => !readme.includes(`\`${scope}\``))).toEqual([]);
});
