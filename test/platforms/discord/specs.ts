// Two commands as the registry would hand them over: one that takes plain words, one of verbs.
import type { CommandSpec, VerbSpec } from '../../../src/core/chat.ts';

const verb = (name: string, summary: string, options: VerbSpec['options'] = []): VerbSpec => ({ name, summary, options, who: 'anyone', audience: 'asker' });

export const specs: CommandSpec[] = [
  {
    name: 'paper',
    summary: 'Look papers up',
    fallback: 'search',
    verbs: [
      verb('search', 'Search for papers', [{ name: 'query', summary: 'Words, an arXiv id or an address', required: true, suggests: true }]),
      verb('trending', 'What is rising', [{ name: 'window', summary: 'day, week or month' }]),
    ],
  },
  {
    name: 'roundup',
    summary: 'The roundup of this channel',
    verbs: [
      verb('subscribe', 'Follow a topic here', [{ name: 'topic', summary: 'Words or a topic’s name', required: true, suggests: true }]),
      verb('schedule', 'When it comes', [
        { name: 'time', summary: 'Such as 09:00' },
        { name: 'zone', summary: 'Such as Europe/Berlin', required: true },
      ]),
      verb('list', 'What this channel follows'),
      {
        ...verb('me', 'Your own', [{ name: 'words', summary: 'As in a channel' }]),
        verbs: [verb('subscribe', 'Follow a topic', [{ name: 'topic', summary: 'Words', required: true, suggests: true }]), verb('list', 'What you follow')],
      },
    ],
  },
];
