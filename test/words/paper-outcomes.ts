// All that /paper can answer: of each verb, each way it can end.
import { sql } from 'drizzle-orm';
import { discord, slack, terminal } from '../../src/platforms/index.ts';
import type { Outcome, Stage } from './stage.ts';

const CHATS = [slack, discord];
const DIRECT = { person: 'Ana' };
const NONE = async () => undefined;
const unknown = (stage: Stage) => void (stage.arxiv = NONE);
const saveAll = ['1', '2', '3', '4', '5', '6'].map((n) => `/paper save 2607.0000${n}`);
const posted = async (stage: Stage) => {
  await stage.say('/roundup subscribe attention at 9 daily UTC');
  await stage.tick('2026-07-28T09:00:30Z');
};

export const PAPER: Record<string, Outcome[]> = {
  find: [
    { when: 'words, of which there is more than a page', say: '/paper attention' },
    { when: 'the next page', before: ['/paper attention'], say: '[More papers]' },
    { when: 'and back', before: ['/paper attention', '[More papers]'], say: '[Back]' },
    { when: 'in another order', say: '/paper attention newest' },
    { when: 'with the most votes first', before: ['/paper attention'], say: '[Most voted]' },
    { when: 'with code alone', before: ['/paper attention'], say: '[With code]' },
    { when: 'code and no words', say: '/paper has:code' },
    { when: 'no paper has all words', say: '/paper attention zebra' },
    { when: 'no paper meets the conditions', say: '/paper attention author:"Edsger Dijkstra"' },
    { when: 'nothing is found', say: '/paper zebra' },
    { when: 'nothing has code', say: '/paper laundry has:code' },
    { when: 'behind the last page', say: '/paper more:50 attention' },
    { when: 'an order and no words', say: '/paper sort:newest' },
    { when: 'an order that there isn’t', say: '/paper attention sort:best-of' },
    { when: 'a button whose words are no longer kept', say: '/paper more:5 =abcdefghijklmnop' },
    { when: 'one paper', say: '/paper 2607.00001' },
    { when: 'one that was published', say: '/paper https://arxiv.org/abs/2607.00003' },
    { when: 'one that was withdrawn', say: '/paper 2607.00007' },
    { when: 'one without abstract and authors', say: '/paper 2607.00010' },
    { when: 'one that people here saved and voted for', before: ['/paper save 2607.00002', '/paper vote up 2607.00002'], say: '/paper 2607.00002' },
    { when: 'one that I saved and voted for in direct messages', place: DIRECT, before: ['/paper save 2607.00002', '/paper vote up 2607.00002'], say: '/paper 2607.00002', on: CHATS },
    { when: 'one that I voted down in direct messages', place: DIRECT, before: ['/paper vote down 2607.00002'], say: '/paper 2607.00002', on: CHATS },
    { when: 'one that was posted here', given: posted, say: '/paper 2607.00001' },
    { when: 'one that isn’t here, while arXiv can’t be asked', say: '/paper 2607.99999' },
    { when: 'one that arXiv doesn’t have', given: unknown, say: '/paper 2607.99999' },
    { when: 'a button of another version', say: '/paper applaud id:1' },
    { when: 'a button of a paper that is gone', say: '/paper id:999999' },
  ],
  similar: [
    { when: 'some are like it', say: '/paper similar 2607.00008' },
    { when: 'none is', say: '/paper similar 2607.00010' },
  ],
  trending: [
    { when: 'today', say: '/paper trending' },
    { when: 'this week, with what the team likes', before: ['/paper vote up 2607.00009'], say: '/paper trending week' },
    { when: 'nothing', given: ({ db }) => db.execute(sql`update papers set withdrawn = true`), say: '/paper trending', after: ({ db }) => db.execute(sql`update papers set withdrawn = (ref = '2607.00007')`) },
    { when: 'this month', before: ['/paper trending'], say: '[Trending this month]' },
  ],
  post: [
    { when: 'a paper', say: '/paper post 2607.00001' },
    { when: 'what a search found', before: ['/paper attention has:code'], say: '[Post to channel]' },
    { when: 'the same again at once', before: ['/paper post 2607.00001'], say: '/paper post 2607.00001' },
    { when: 'in direct messages', place: DIRECT, say: '/paper post 2607.00001', on: CHATS },
    { when: 'a search that finds nothing', say: '/paper post search:zebra' },
    { when: 'by somebody who may not write here', given: (stage) => void (stage.profile = { readOnly: true }), say: '/paper post 2607.00001' },
  ],
  save: [
    { when: 'a paper', say: '/paper save 2607.00001' },
    { when: 'one that was saved', before: ['/paper save 2607.00001'], say: '/paper save 2607.00001' },
    { when: 'taken back', before: ['/paper save 2607.00001'], say: '[Undo]' },
  ],
  saved: [
    { when: 'nothing yet', say: '/paper saved' },
    { when: 'one that was read, with a note', before: ['/paper save 2607.00001', '/paper read 2607.00001', '/paper note 2607.00001 For the reading group.', '/paper save 2607.00002'], say: '/paper saved' },
    { when: 'more than a page', before: saveAll, say: '/paper saved' },
    { when: 'the next page', before: [...saveAll, '/paper saved'], say: '[More papers]' },
    { when: 'behind the last page', before: saveAll, say: '/paper saved 9' },
    { when: 'by nobody in this channel', say: '/paper saved here' },
    { when: 'in this channel', before: ['/paper save 2607.00001', '/paper read 2607.00001'], say: '/paper saved here' },
    { when: 'nothing in direct messages', place: DIRECT, say: '/paper saved here', on: CHATS },
    { when: 'in direct messages', place: DIRECT, before: ['/paper save 2607.00001', '/paper read 2607.00001'], say: '/paper saved here', on: CHATS },
    { when: 'behind the last page of the channel', before: ['/paper save 2607.00001'], say: '/paper saved here 2' },
    { when: 'more than a page in this channel', before: saveAll, say: '/paper saved here' },
  ],
  note: [
    { when: 'a note', say: '/paper note 2607.00001 For the reading group.' },
    { when: 'deleted', before: ['/paper note 2607.00001 For the reading group.'], say: '[Delete note]' },
    { when: 'too long a note', say: `/paper note 2607.00001 ${'long '.repeat(201)}` },
  ],
  read: [{ when: 'a paper', say: '/paper read 2607.00001' }],
  unread: [{ when: 'a paper', before: ['/paper read 2607.00001'], say: '[Undo]' }],
  'read-list': [
    { when: 'nothing in a week', say: '/paper read-list' },
    { when: 'some in a month', before: ['/paper read 2607.00001', '/paper save 2607.00001', '/paper save 2607.00002'], say: '/paper read-list month' },
    { when: 'nothing in direct messages', place: DIRECT, say: '/paper read-list', on: CHATS },
    { when: 'in direct messages', place: DIRECT, before: ['/paper read 2607.00001', '/paper save 2607.00001'], say: '/paper read-list', on: CHATS },
    { when: 'more than ten', given: manyRead, say: '/paper read-list' },
  ],
  export: [
    { when: 'nothing yet', say: '/paper export' },
    { when: 'nothing in this channel', say: '/paper export here' },
    { when: 'nothing in direct messages', place: DIRECT, say: '/paper export here', on: CHATS },
    { when: 'of direct messages', place: DIRECT, before: ['/paper save 2607.00001'], say: '/paper export ris here', on: CHATS },
    { when: 'as BibTeX, with a note', before: ['/paper save 2607.00001', '/paper note 2607.00001 For the reading group.'], say: '/paper export' },
    { when: 'of the channel, as Markdown', before: ['/paper save 2607.00001'], say: '/paper export markdown here' },
  ],
  vote: [
    { when: 'up', say: '/paper vote up 2607.00001' },
    { when: 'down', say: '/paper vote down 2607.00001' },
    { when: 'in direct messages', place: DIRECT, say: '/paper vote up 2607.00001', on: CHATS },
    { when: 'taken back', before: ['/paper vote up 2607.00001'], say: '[Undo]' },
  ],
  'not-for-us': [
    { when: 'in a channel without a roundup', say: '/paper not-for-us 2607.00001' },
    { when: 'in one that has one', before: ['/roundup subscribe'], say: '/paper not-for-us 2607.00001' },
    { when: 'in one whose taste is off', before: ['/roundup subscribe', '/roundup taste off'], say: '/paper not-for-us 2607.00001' },
    { when: 'twice', before: ['/roundup subscribe', '/paper not-for-us 2607.00001'], say: '/paper not-for-us 2607.00001' },
    { when: 'taken back', before: ['/paper not-for-us 2607.00001'], say: '[Undo]' },
  ],
  'forget-me': [
    { when: 'nothing is kept', say: '/paper forget-me' },
    { when: 'asks first', before: ['/paper save 2607.00001', '/paper save 2607.00002', '/paper vote up 2607.00001', '/paper note 2607.00001 Mine.', '/paper read 2607.00001', '/paper not-for-us 2607.00008'], say: '/paper forget-me' },
    { when: 'with a digest of one’s own', before: ['/paper save 2607.00001', '/roundup me subscribe nlp'], say: '/paper forget-me', on: [slack, discord] },
    { when: 'a digest alone', before: ['/roundup me subscribe nlp'], say: '/paper forget-me', on: [slack, discord] },
    { when: 'both', before: ['/paper save 2607.00001', '/roundup me subscribe nlp', '/paper forget-me'], say: '[And my digest]', on: [slack, discord] },
    { when: 'all but the digest', before: ['/paper save 2607.00001', '/roundup me subscribe nlp', '/paper forget-me'], say: '[Delete it all]', on: [slack, discord] },
    { when: 'with the name on a paper', before: ['/paper save 2607.00001', '/paper submit 2607.00001', '/paper forget-me'], say: '[Delete it all]' },
    { when: 'and does it', before: ['/paper save 2607.00001', '/paper forget-me'], say: '[Delete it all]' },
  ],
  help: [
    { when: 'asked for', say: '/paper help' },
    { when: 'and where nothing is said', say: '/paper', on: [slack, terminal] },
    { when: 'a command that there isn’t', say: '/papers attention' },
  ],
  // Last: what is handed in is there for all.
  submit: [
    { when: 'a paper', say: '/paper submit 2607.00009' },
    { when: 'what is none', say: '/paper submit https://example.org/paper.pdf' },
    { when: 'by somebody who may not write here', given: (stage) => void (stage.profile = { readOnly: true }), say: '/paper submit 2607.00009' },
    { when: 'one that arXiv doesn’t have', given: unknown, say: '/paper submit 2607.99999' },
    { when: 'while arXiv can’t be asked', say: '/paper submit 2607.99999' },
  ],
};

async function manyRead({ say }: Stage): Promise<void> {
  for (let n = 1; n <= 11; n++) await say(`/paper read 2607.${String(n).padStart(5, '0')}`);
}
