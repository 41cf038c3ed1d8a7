// The house plan's table of who may import whom, held against what src/ imports. No exemptions.
import { readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

// A part may import itself, Node, and what stands here. `npm`: any package; a name: that package.
// bin and app, which put everything together, may import all.
const ALLOWED: Record<string, string[]> = {
  core: ['@citation-js/core', '@citation-js/plugin-bibtex', '@citation-js/plugin-ris', 'entities', 'fastest-levenshtein', 'mdast', 'mdast-util-to-markdown', 'porter2', 'temporal-polyfill', 'unicodeit'],
  db: ['core', 'npm'],
  sources: ['core', 'npm'],
  platforms: ['core', 'npm'],
  ingest: ['core', 'db', 'npm'],
  delivery: ['core', 'db'],
  web: ['core', 'db', 'metrics', '@hono/node-server', 'feedsmith', 'hono'],
  http: ['core', 'db', 'config', 'proxies', 'web'],
  proxies: [],
  commands: ['core', 'db', 'command'],
  metrics: ['core', 'db', 'npm'],
  version: [],
  log: ['core', 'npm'],
  config: ['core', 'db', 'proxies', 'npm'],
  command: ['core', 'db', 'config', 'delivery', 'npm'],
  transfer: ['core', 'db', 'config', 'npm'],
  home: ['core', 'db', 'command', 'commands'],
  call: ['core', 'db', 'command'],
  links: ['core', 'db', 'command', 'call'],
  'platform-io': ['core', 'db', 'command', 'call', 'home', 'installations', 'links'],
  installations: ['core', 'db', 'command'],
  email: ['core', 'db', 'command', 'commands', 'transfer'],
  upkeep: ['core', 'db', 'config'],
};

/** Who alone may name a package, whatever the table says. */
const ALONE: [pattern: RegExp, place: string][] = [
  [/^node-cron$/, 'app.ts'],
  [/^@slack\//, 'platforms/slack/'],
  [/^discord(\.js|-api-types)/, 'platforms/discord/'],
  [/^nodemailer/, 'platforms/email/'],
  [/^commander$/, 'bin/'],
  [/^prom-client$/, 'metrics.ts'],
  [/^(@?hono(\/|$)|feedsmith$)/, 'web/edition/'],
  [/^(@electric-sql\/|postgres$)/, 'db/'],
];

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
  dynamic: boolean;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();
const sources = new Map(files.map((file) => [file, readFileSync(join('src', file), 'utf8')]));
const imports = files.filter((file) => !file.endsWith('.d.ts')).flatMap(importsOf);
const own = imports.filter(({ to }) => sources.has(to));

describe('the architecture', () => {
  test('a part imports only what the house plan allows it', () => {
    const wrong = imports.filter(({ from, to }) => {
      const allowed = ALLOWED[partOf(from)];
      if (!allowed || partOf(to) === partOf(from)) return false;
      if (sources.has(to)) return !allowed.includes(partOf(to));
      return !isNode(to) && !allowed.includes('npm') && !allowed.includes(packageOf(to));
    });
    expect(wrong.map(inWords)).toEqual([]);
  });

  test('nothing in src imports what isn’t shipped with it: tests, benchmarks, the playground', () => {
    expect(imports.filter(({ to }) => to.startsWith('..')).map(inWords)).toEqual([]);
  });

  test('only bin imports app, and nothing imports bin', () => {
    const wrong = own.filter(({ from, to }) => partOf(from) !== 'bin' && ['app', 'bin'].includes(partOf(to)));
    expect(wrong.map(inWords)).toEqual([]);
  });

  test('core runs on nothing of Node: it names its types at most', () => {
    expect(imports.filter(({ from, to, typeOnly }) => partOf(from) === 'core' && isNode(to) && !typeOnly).map(inWords)).toEqual([]);
  });

  test.each(ALONE)('packages of the pattern %s are named by %s alone', (pattern, place) => {
    expect(imports.filter(({ from, to }) => pattern.test(to) && !from.startsWith(place)).map(inWords)).toEqual([]);
  });

  test('the SDKs of the platforms are loaded only when a platform connects', () => {
    const eager = imports.filter(({ to, typeOnly, dynamic }) => /^(@slack\/|discord\.js|nodemailer)/.test(to) && !typeOnly && !dynamic);
    expect(eager.map(inWords)).toEqual([]);
  });

  test('only bin reads the environment, arguments and signals, and ends the process', () => {
    const touch = /\bprocess\s*\.\s*(env|argv|on|once|exit|exitCode)\b/;
    expect(files.filter((file) => partOf(file) !== 'bin' && touch.test(sources.get(file)!))).toEqual([]);
  });

  test('every package that runs is a dependency of its own, not one of a dependency', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
    const named = imports.filter(({ to, typeOnly }) => !typeOnly && !sources.has(to) && !isNode(to)).map(({ to }) => packageOf(to));
    expect(named.filter((name) => !(name in dependencies))).toEqual([]);
  });

  test('no file imports itself by way of others', () => {
    expect(files.flatMap((file) => cycleThrough(file) ?? [])).toEqual([]);
  });

  test('every file is reached from the command line', () => {
    const reached = new Set(['bin/paperround.ts']);
    for (const file of reached) for (const { from, to } of own) if (from === file) reached.add(to);
    // Declarations of a package's types are reached by the compiler.
    expect(files.filter((file) => !reached.has(file) && !file.endsWith('.d.ts'))).toEqual([]);
  });

  test('half of the files have less than 60 lines, none more than 250, and names are kebab-case', () => {
    const lines = files.map((file) => ({ file, lines: sources.get(file)!.trimEnd().split('\n').length }));
    expect(lines.filter((one) => one.lines > 250)).toEqual([]);
    expect(lines.filter((one) => one.lines < 60).length).toBeGreaterThanOrEqual(files.length / 2);
    expect(files.filter((file) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*(\.d)?\.ts$/.test(file))).toEqual([]);
  });
});

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean, dynamic = false) => {
    const to = specifier.startsWith('.') ? join(dirname(file), specifier).replaceAll('\\', '/') : specifier;
    found.push({ from: file, to, typeOnly, dynamic });
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      add(node.moduleSpecifier.text, ts.isImportDeclaration(node) ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword : node.isTypeOnly);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
      add(node.argument.literal.text, true);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [what] = node.arguments;
      if (!what || !ts.isStringLiteral(what)) throw new Error(`${file}: an import that can't be followed`);
      add(what.text, false, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, sources.get(file)!, ts.ScriptTarget.Latest));
  return found;
}

/** `core/text.ts` belongs to `core`, `app.ts` to `app`. */
function partOf(file: string): string {
  return file.replace(/(\/|\.ts$).*/s, '');
}

function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function isNode(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

function cycleThrough(file: string): string | undefined {
  const paths = [[file]];
  const seen = new Set<string>();
  for (const path of paths) {
    for (const { from, to } of own) {
      if (from !== path.at(-1)) continue;
      if (to === file) return [...path, file].join(' -> ');
      if (!seen.has(to)) paths.push([...path, to]);
      seen.add(to);
    }
  }
  return undefined;
}

function inWords({ from, to }: Import): string {
  return `${from} imports ${to}`;
}
