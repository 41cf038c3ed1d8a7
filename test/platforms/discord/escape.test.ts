import { expect, test } from 'vitest';
import fc from 'fast-check';
import { escape, escapeLabel, fit, webUrl } from '../../../src/platforms/discord/escape.ts';
import { unescape } from '../../support/discord-markdown.ts';

test.each([
  ['*bold* and _italic_ and `code`', '\\*bold\\* and \\_italic\\_ and \\`code\\`'],
  ['||spoiler|| ~~gone~~', '\\|\\|spoiler\\|\\| \\~\\~gone\\~\\~'],
  ['[click](https://evil.example/a)', '\\[click\\](<https://evil.example/a>)'],
  ['<@123> <#5> <t:0:R> <@&7>', '\\<@123\\> \\<#5\\> \\<t:0:R\\> \\<@&7\\>'],
  ['# not a heading', '\\# not a heading'],
  ['- not a list', '\\- not a list'],
  ['> not a quote', '\\> not a quote'],
  ['1. not a list', '1\\. not a list'],
  ['-# not small print', '\\-# not small print'],
  ['a # b - c', 'a # b - c'],
])('%s is shown as it is written', (text, escaped) => {
  expect(escape(text)).toBe(escaped);
});

test('nobody is named by @everyone or @here', () => {
  expect(escape('@everyone and @HERE, https://x.org/@everyone')).not.toMatch(/@everyone|@here/i);
  expect(webUrl('https://x.org/@here')).toBe('https://x.org/%40here');
});

test('a bare address stays clickable and unfolds nothing', () => {
  expect(escape('Code: https://github.com/a_b/c*d.')).toBe('Code: <https://github.com/a_b/c>\\*d.');
  expect(escape('see (http://x.org/y_z).')).toBe('see (<http://x.org/y_z>).');
});

test('other schemes and the addresses in labels are dead text', () => {
  expect(escape('steam://run/1')).toBe('steam\\://run/1');
  expect(escapeLabel('https://x.org')).toBe('https\\://x.org');
});

test('any text is read back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab \\*_~`|<>[]()#-+1.:/@', 'https://', '@everyone') }), (text) => {
      expect(unescape(escape(text)).replaceAll('%40', '@')).toBe(text);
      expect(unescape(escapeLabel(text))).toBe(text);
    }),
  );
});

test('a cut never exceeds its length, and takes no more than it must', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'a *_'), maxLength: 400 }), fc.integer({ min: 1, max: 300 }), (text, most) => {
      const cut = fit(text, most);
      expect(cut.length).toBeLessThanOrEqual(most);
      if (escape(text).length <= most) expect(cut).toBe(escape(text));
    }),
  );
});

test('only web addresses become links', () => {
  expect(webUrl('javascript:alert(1)')).toBeUndefined();
  expect(webUrl('not an address')).toBeUndefined();
  expect(webUrl(`https://x.org/${'a'.repeat(2_050)}`)).toBeUndefined();
  expect(webUrl('https://x.org/a(b)')).toBe('https://x.org/a%28b%29');
});
