// The guide's check itself: it passes what is well said, and has a word against each thing that isn't.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { note, press, say, type Doc } from '../../src/core/doc.ts';
import { problemsOf, problemsOfLines, problemsOfPictures } from './guide.ts';

const button = (label: string, says: string): Doc => ({ ...say('Saved.'), actions: [press(label, says, 'paper', 'help')] });

test('what is well said passes', () => {
  const doc: Doc = {
    ...say('This channel gets a roundup on "state space" -survey.', note('Say /roundup subscribe "Open Topic" to follow another.'), note('84 upvotes · 3 stars'), note('Your note: read me')),
    actions: [press('Save', 'Save: Sparse attention', 'paper', 'save id:1')],
  };
  expect(problemsOf(doc)).toEqual([]);
});

describe('against', () => {
  test.each<[string, Doc | string]>([
    ['an exclamation mark', 'Saved!'],
    ['no whole sentence', 'Saved'],
    ['no whole sentence', 'saved it is.'],
    ['a straight quote', 'It isn\'t here.'],
    ['a straight quote', 'Press "Save" below.'],
    ['a straight quote', 'Type `/paper help` here.'],
    ['a “please”', 'Please try again.'],
    ['thanks, an apology or praise', 'Thank you: it is here.'],
    ['thanks, an apology or praise', 'Sorry, it is not here.'],
    ['thanks, an apology or praise', 'It was saved successfully.'],
    ['an emoji', 'Saved 🎉.'],
    ['an emoji', 'Saved :tada: here.'],
    ['the word “payload”', 'The payload was refused.'],
    ['the word “slot”', 'The slot is past.'],
    ['the word “[object”', 'It is [object Object].'],
    ['the word “undefined”', 'It is undefined.'],
    ['the word “the bot”', 'Ask the bot again.'],
    ['the word “newsletter”', 'The newsletter comes at nine.'],
    ['a sentence of 33 words', `${'Many words '.repeat(16)}here.`],
    ['a fallback that is no whole sentence', { summary: 'Papers', blocks: [note('Here they are.')] }],
    ['a label without a capital', button('save', 'save: a paper')],
    ['a label of more than three words', button('Save this paper now', 'Save this paper now')],
    ['a label of more than 25 characters', button('Unsubscribe everything here', 'Unsubscribe everything here')],
    ['begins with something else', button('Undo', 'Take it back')],
  ])('%s', (problem, said) => {
    const found = problemsOf(typeof said === 'string' ? say(said) : said);
    expect(found.join('\n')).toContain(problem);
  });

  test('what leaks, what sounds the same, and a line of emoji alone', () => {
    expect(problemsOfLines([{ text: 'Posted on undefined.' }]).join()).toContain('it leaks');
    expect(problemsOfLines([{ text: '✅' }]).join()).toContain('a line of emoji alone');
    expect(problemsOfLines([{ label: 'Save', spoken: 'Save: A' }, { label: 'Save', spoken: 'Save: A' }]).join()).toContain('sound the same');
  });

  test.each<[string, object]>([
    ['without alt text', { blocks: [{ type: 'image', image_url: 'https://a.example/1.png', alt_text: ' ' }] }],
    ['without a description', { attachments: [{ id: '0', filename: 'chart.png' }] }],
    ['in an embed', { embeds: [{ title: 'A', image: { url: 'https://a.example/1.png' } }] }],
    ['by its colour', { blocks: [{ type: 'actions', elements: [{ type: 'button', style: 'danger' }] }] }],
  ])('a picture or a button %s', (problem, payload) => {
    expect(problemsOfPictures(payload as never).join()).toContain(problem);
  });
});

test('a picture of which somebody is told passes', () => {
  expect(problemsOfPictures({ blocks: [{ type: 'image', image_url: 'https://a.example/1.png', alt_text: 'A chart of votes.' }], attachments: [{ id: '0', filename: 'saved.bib' }] })).toEqual([]);
});

test('so do the pictures of the README', () => {
  const pictures = [...readFileSync('README.md', 'utf8').matchAll(/!\[([^\]]*)\]\(/g)].map(([, alt]) => alt!);
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter((alt) => !/\p{L}{2,} \p{L}{2,}/u.test(alt))).toEqual([]);
});
