// A terminal that shows what the bot wrote to it: xterm.js obeys the escape sequences as any terminal does.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { html, raw, type Html } from '../../src/core/html.ts';
import { page } from './page.ts';

const XTERM = fileURLToPath(import.meta.resolve('@xterm/xterm'));

const OPTIONS = {
  fontFamily: "'JetBrains Mono', monospace",
  fontSize: 13,
  lineHeight: 1.3,
  convertEol: true,
  theme: { background: '#1e2030', foreground: '#c8d3f5', cyan: '#65d1d8', green: '#a6da95' },
};

/** A terminal of `columns`, as tall as `text`, whose lines must not be longer. */
export function terminalWindow(text: string, columns: number): Html {
  const options = { ...OPTIONS, cols: columns, rows: text.trimEnd().split('\n').length };
  const script = `
    const terminal = new Terminal(${inScript(options)});
    terminal.open(document.getElementById('screen'));
    window.drawn = new Promise((done) => terminal.write(${inScript(`${HIDE_CURSOR}${text.trimEnd()}`)}, done));`;
  return page(
    'terminal.css',
    html`<style>${raw(readFileSync(XTERM.replace(/lib.xterm\.js$/, 'css/xterm.css'), 'utf8'))}</style>
    <div class="window"><div class="bar"><i></i><i></i><i></i></div><div id="screen"></div></div>
    <script>${raw(readFileSync(XTERM, 'utf8'))}</script><script>${raw(script)}</script>`,
  );
}

const HIDE_CURSOR = '\u001b[?25l';

// A title that says </script> must not end the script.
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
