import { expect, test } from 'vitest';
import { discordProblems, type RequestKind } from '../../support/discord-contract.ts';

const quiet = { allowed_mentions: { parse: [] } };
const button = { type: 2, style: 2, label: 'Save', custom_id: '0:paper save 1' };
const row = (...components: object[]) => ({ type: 1, components });
const select = { type: 3, custom_id: 'choose', options: [{ label: 'A', value: '0:paper id:1' }] };
const option = { type: 3, name: 'query', description: 'Words to look for' };
const command = { type: 1, name: 'paper', description: 'Look a paper up', options: [option] };

const good: [string, RequestKind, unknown][] = [
  ['a message with text alone', 'message', { ...quiet, content: 'Hello' }],
  ['a message with an embed and a button', 'message', { ...quiet, embeds: [{ title: 'T', url: 'https://arxiv.org/abs/1', description: 'D', color: 1 }], components: [row(button)], nonce: 'a-key', enforce_nonce: true }],
  ['a reply to a message', 'message', { ...quiet, content: 'Hi', message_reference: { message_id: '123', fail_if_not_exists: false } }],
  ['an edit of a message', 'message edit', { ...quiet, content: 'Hello', embeds: [{ description: 'D' }], components: [row(button)] }],
  ['an ephemeral follow-up', 'followup', { ...quiet, content: 'Hi', flags: 64 }],
  ['a deferral', 'callback', { type: 5, data: { flags: 64 } }],
  ['suggestions', 'callback', { type: 8, data: { choices: [{ name: 'a', value: 'a' }] } }],
  ['a command', 'commands', [command]],
  ['a command for messages', 'commands', [{ type: 3, name: 'Look up paper' }]],
  ['a thread', 'thread', { name: 'Roundup', auto_archive_duration: 1440 }],
  ['a list to choose from', 'message', { ...quiet, content: 'Hello', components: [row(select), row(button)] }],
  ['a post in a forum, without a sound', 'post', { name: 'Roundup', applied_tags: ['1'], message: { ...quiet, content: 'Hello', flags: 4096 } }],
]; // prettier-ignore

const bad: [string, RequestKind, unknown][] = [
  ['content above 2,000 characters', 'message', { ...quiet, content: 'x'.repeat(2_001) }],
  ['a nonce in an edit', 'message edit', { ...quiet, content: 'Hello', nonce: 'a-key' }],
  ['an empty message', 'message', { ...quiet, content: ' ' }],
  ['11 embeds', 'message', { ...quiet, embeds: Array(11).fill({ title: 'T' }) }],
  ['an empty embed', 'message', { ...quiet, embeds: [{ color: 1 }] }],
  ['a title of 257 characters', 'message', { ...quiet, embeds: [{ title: 'x'.repeat(257) }] }],
  ['a description of 4,097 characters', 'message', { ...quiet, embeds: [{ description: 'x'.repeat(4_097) }] }],
  ['6,001 characters over all embeds', 'message', { ...quiet, embeds: [{ description: 'x'.repeat(3_000) }, { description: 'x'.repeat(3_001) }] }],
  ['26 fields', 'message', { ...quiet, embeds: [{ fields: Array(26).fill({ name: 'n', value: 'v' }) }] }],
  ['a field without a name', 'message', { ...quiet, embeds: [{ fields: [{ name: ' ', value: 'v' }] }] }],
  ['an address that is none', 'message', { ...quiet, embeds: [{ title: 'T', url: 'not an address' }] }],
  ['a nonce of 26 characters', 'message', { ...quiet, content: 'Hi', nonce: 'x'.repeat(26) }],
  ['an unknown property', 'message', { ...quiet, content: 'Hi', enforceNonce: true }],
  ['mentions left open', 'message', { content: 'Hi' }],
  ['a label of 81 characters', 'message', { ...quiet, content: 'Hi', components: [row({ ...button, label: 'x'.repeat(81) })] }],
  ['an id of 101 characters', 'message', { ...quiet, content: 'Hi', components: [row({ ...button, custom_id: 'x'.repeat(101) })] }],
  ['two buttons of one id', 'message', { ...quiet, content: 'Hi', components: [row(button, button)] }],
  ['6 buttons in a row', 'message', { ...quiet, content: 'Hi', components: [row(...[1, 2, 3, 4, 5, 6].map((n) => ({ ...button, custom_id: `${n}` })))] }],
  ['6 rows', 'message', { ...quiet, content: 'Hi', components: [1, 2, 3, 4, 5, 6].map((n) => row({ ...button, custom_id: `${n}` })) }],
  ['a callback of 2,001 characters', 'callback', { type: 4, data: { ...quiet, content: 'x'.repeat(2_001) } }],
  ['26 suggestions', 'callback', { type: 8, data: { choices: Array(26).fill({ name: 'a', value: 'a' }) } }],
  ['a command name of 33 characters', 'commands', [{ ...command, name: 'x'.repeat(33) }]],
  ['a command name in capitals', 'commands', [{ ...command, name: 'Paper' }]],
  ['a command name with a space', 'commands', [{ ...command, name: 'pa per' }]],
  ['a required option after an optional one', 'commands', [{ ...command, options: [option, { ...option, name: 'other', required: true }] }]],
  ['26 options', 'message', { ...quiet, content: 'Hi', components: [row({ ...select, options: Array.from({ length: 26 }, (_, n) => ({ label: 'A', value: `${n}` })) })] }],
  ['an option of 101 characters', 'message', { ...quiet, content: 'Hi', components: [row({ ...select, options: [{ label: 'x'.repeat(101), value: '1' }] })] }],
  ['two options of one value', 'message', { ...quiet, content: 'Hi', components: [row({ ...select, options: [...select.options, ...select.options] })] }],
  ['a list beside a button', 'message', { ...quiet, content: 'Hi', components: [row(select, button)] }],
  ['a post without a name', 'post', { name: ' ', message: { ...quiet, content: 'Hi' } }],
  ['a post of 6 tags', 'post', { name: 'A', applied_tags: ['1', '2', '3', '4', '5', '6'], message: { ...quiet, content: 'Hi' } }],
  ['a post whose message has a nonce', 'post', { name: 'A', message: { ...quiet, content: 'Hi', nonce: 'a' } }],
  ['a post that is ephemeral', 'post', { name: 'A', message: { ...quiet, content: 'Hi', flags: 64 } }],
  ['a command for messages with a description', 'commands', [{ type: 3, name: 'Look up paper', description: 'Looks it up' }]],
  ['a command for messages with options', 'commands', [{ type: 3, name: 'Look up paper', options: [option] }]],
  ['a command for messages with a name of 33 characters', 'commands', [{ type: 3, name: 'x'.repeat(33) }]],
  ['a thread name of 101 characters', 'thread', { name: 'x'.repeat(101) }],
]; // prettier-ignore

test.each(good)('the contract takes %s', (_, kind, body) => {
  expect(discordProblems(kind, body)).toEqual([]);
});

test.each(bad)('the contract refuses %s', (_, kind, body) => {
  expect(discordProblems(kind, body)).not.toEqual([]);
});
