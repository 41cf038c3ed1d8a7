import { describe, expect, test } from 'vitest';
import { straighten } from '../../../src/platforms/slack/markup.ts';

describe('what a person typed', () => {
  test.each<[string, string, string]>([
    ['curly quotes are straight', '“self attention” ‘and’ „so“ it’s', `"self attention" 'and' "so" it's`],
    ['entities are characters', 'Q&amp;A a &lt; b &gt; c', 'Q&A a < b > c'],
    ['an escaped entity stays as it was typed', '&amp;lt;', '&lt;'],
    ['typed angle brackets are no markup', '&lt;https://a.example|b&gt;', '<https://a.example|b>'],
    ['a link is its address', 'submit <https://arxiv.org/abs/1706.03762>', 'submit https://arxiv.org/abs/1706.03762'],
    ['a link with a label is its address', '<http://arxiv.org/abs/1?a=1&amp;b=2|arxiv.org>', 'http://arxiv.org/abs/1?a=1&b=2'],
    ['a mail address is itself', '<mailto:a@b.example|a@b.example>', 'a@b.example'],
    ['a channel is its name', 'in <#C123|papers>', 'in #papers'],
    ['a channel without a name is its id', 'in <#C123|>', 'in #C123'],
    ['a person is their name', 'by <@U1|ana> and <@U2>', 'by @ana and @U2'],
    ['a group is its handle', '<!subteam^S1|@team> <!here>', '@team @here'],
    ['special spaces are plain, and the ends are trimmed', '\u00a0a\u202fb ', 'a b'],
  ])('%s', (_, typed, read) => {
    expect(straighten(typed)).toBe(read);
  });
});
