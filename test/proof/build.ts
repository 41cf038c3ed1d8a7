// The program as it is shipped: every file of src compiled to a folder of its own, so that a run isn't changed by edits meanwhile.
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/** Returns the folder; `test/proof/child.js` in it is a process of the proof. */
export function buildProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-proof-'));
  for (const name of ['config', 'migrations', 'node_modules', 'package.json']) symlinkSync(resolve(name), join(folder, name));
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
  for (const file of [...sources.map((name) => join('src', name)), 'test/proof/child.ts']) {
    const out = join(folder, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, ts.transpileModule(readFileSync(file, 'utf8'), { fileName: file, compilerOptions: OPTIONS }).outputText);
  }
  return folder;
}

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
};
