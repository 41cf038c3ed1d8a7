// The program as one file, with V8's compiled code beside it: loading it is most of what a killed process costs.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** None of this process's own: compiled code is of use only under the flags under which it was made. */
export const FLAGS: string[] = [];

/** Returns its folder: edits of the sources don't change a run that has begun. */
export async function buildProgram(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-proof-'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  await build({
    ...{ entryPoints: ['test/proof/child.ts'], outfile: join(folder, 'program.cjs') },
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'error', plugins: [ownPlaces] },
    // Code that was kept compiled can't import, only require.
    supported: { 'dynamic-import': false },
    // PGlite has files beside it; the others are optional, and not there.
    external: ['@electric-sql/pglite', 'pino-pretty', 'zlib-sync', 'bufferutil', 'utf-8-validate'],
  });
  writeFileSync(join(folder, 'start.cjs'), START);
  const [code] = (await once(fork(startOf(folder), ['cache'], { execArgv: FLAGS }), 'exit')) as [number];
  if (code !== 0) throw new Error('the program could not be loaded');
  return folder;
}

export function startOf(folder: string): string {
  return join(folder, 'start.cjs');
}

// Each file goes on finding what lies beside it in the sources: migrations, settings, the version.
const ownPlaces: Plugin = {
  name: 'own-places',
  setup(building) {
    building.onLoad({ filter: /\.(ts|m?js)$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href));
      return { contents, loader: path.endsWith('ts') ? 'ts' : 'js' };
    });
  },
};

// With the argument `cache` it loads everything, writes down what V8 made of it, and ends.
const START = `
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const vm = require('node:vm');
const file = join(__dirname, 'program.cjs');
const cache = file + '.cache';
const script = new vm.Script('(function (require, module, exports) {' + readFileSync(file, 'utf8') + '\\n})', {
  filename: file,
  cachedData: existsSync(cache) ? readFileSync(cache) : undefined,
});
const module_ = { exports: {} };
script.runInThisContext()(createRequire(file), module_, module_.exports);
if (process.argv[2] === 'cache') {
  module_.exports.loadAll().then(() => {
    writeFileSync(cache, script.createCachedData());
    process.exit(0);
  });
}
`;
