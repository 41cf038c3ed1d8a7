import { expect, test } from 'vitest';
import type { CommandSpec } from '../../../src/core/chat.ts';
import { applicationCommands, typedText } from '../../../src/platforms/discord/commands.ts';
import { discordProblems } from '../../support/discord-contract.ts';
import { specs } from './specs.ts';

test('the commands are such as Discord registers', () => {
  expect(discordProblems('commands', applicationCommands(specs))).toEqual([]);
});

test('a command that takes plain words has one option for them, with suggestions', () => {
  const [paper] = applicationCommands(specs);
  expect(paper!.options).toEqual([{ type: 3, name: 'query', description: 'Words, an arXiv id or an address', required: true, autocomplete: true }]);
});

test('the menu of a message has one command, with a name and nothing else', () => {
  expect(applicationCommands(specs).at(-1)).toEqual({ type: 3, name: 'Look up paper', contexts: [0, 1], integration_types: [0] });
});

test('other commands have a subcommand for each verb, required options first, and a group where verbs follow one', () => {
  const roundup = applicationCommands(specs)[1]!;
  expect(roundup.options).toMatchObject([
    { type: 1, name: 'subscribe', options: [{ name: 'topic', required: true, autocomplete: true }] },
    { type: 1, name: 'schedule', options: [{ name: 'zone', required: true }, { name: 'time', required: false }] },
    { type: 1, name: 'list' },
    { type: 2, name: 'me', options: [{ type: 1, name: 'subscribe', options: [{ name: 'topic' }] }, { type: 1, name: 'list' }] },
  ]);
});

test('long descriptions are cut to what Discord takes', () => {
  const wordy = specs.map((spec): CommandSpec => ({ ...spec, summary: 'very '.repeat(40), verbs: spec.verbs.map((verb) => ({ ...verb, summary: 'very '.repeat(40) })) }));
  expect(discordProblems('commands', applicationCommands(wordy))).toEqual([]);
});

test('what was filled in becomes the words that would have been typed', () => {
  const [paper, roundup] = specs;
  expect(typedText(paper, [], [{ name: 'query', value: ' trending week ' }])).toBe('trending week');
  expect(typedText(roundup, ['schedule'], [{ name: 'zone', value: 'UTC' }, { name: 'time', value: '09:00' }])).toBe('schedule 09:00 UTC');
  expect(typedText(roundup, ['list'], [])).toBe('list');
  expect(typedText(roundup, ['me', 'subscribe'], [{ name: 'topic', value: 'nlp at 9' }])).toBe('me subscribe nlp at 9');
});

test('suggestions build on the words up to their option', () => {
  const filled = [{ name: 'time', value: '09' }, { name: 'zone', value: 'UTC' }];
  expect(typedText(specs[1], ['schedule'], filled, 'time')).toBe('schedule 09');
});
