// The colours of a mail. Each stands in a style attribute, since many readers drop style sheets; where one is read, and the
// reader's screen is dark, the class of the same name takes its place. Every pair has a contrast of 4.5 and more (WCAG 1.4.3).

const LIGHT = { page: '#f3f1ec', card: '#ffffff', line: '#e4e0d8', text: '#1f2529', muted: '#5b656c', link: '#0f5f6e', button: '#0f5f6e', onbutton: '#ffffff' };
const DARK: typeof LIGHT = { page: '#14171a', card: '#1d2226', line: '#343b41', text: '#e8eaec', muted: '#a9b3ba', link: '#7fcbd8', button: '#7fcbd8', onbutton: '#10252a' };

export type Colour = keyof typeof LIGHT;

const FONT = '-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica Neue,Arial,sans-serif';
const MONO = 'ui-monospace,SFMono-Regular,Menlo,Consolas,Liberation Mono,monospace';

/** `font:…;color:…`, in whole pixels. */
export function letters(size: number, lineHeight: number, colour: Colour, more = ''): string {
  return `font-family:${FONT};font-size:${size}px;line-height:${lineHeight}px;color:${LIGHT[colour]};${more}`;
}

export function ink(colour: Colour): string {
  return `color:${LIGHT[colour]};`;
}

export function codeLetters(): string {
  return `font-family:${MONO};font-size:13px;line-height:20px;color:${LIGHT.text};`;
}

export function ground(colour: Colour): string {
  return `background-color:${LIGHT[colour]};`;
}

export function edge(side: 'top' | 'bottom'): string {
  return `border-${side}:1px solid ${LIGHT.line};`;
}

/** The style sheet: links underlined when pointed at, less margin on a phone, and the dark colours. */
export const SHEET = [
  'a:hover{text-decoration:underline !important}',
  '@media (max-width:480px){.page{padding:0 !important}.card{padding:24px 18px !important;border-radius:0 !important}.foot{padding:20px 18px 32px !important}.rank{width:26px !important}}',
  `@media (prefers-color-scheme:dark){${dark()}}`,
].join('\n');

function dark(): string {
  const { page, card, line, button, ...words } = DARK;
  return [
    ...Object.entries({ page, card, button }).map(([name, colour]) => `.${name}{background-color:${colour} !important}`),
    ...Object.entries(words).map(([name, colour]) => `.${name}{color:${colour} !important}`),
    `.line{border-color:${line} !important}`,
  ].join('');
}
