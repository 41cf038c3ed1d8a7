// The sentences of src, by their fixed words: what a person might read. Log lines and errors for the log are none.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface Literal {
  file: string;
  line: number;
  /** The text, or a fixed piece of a text with holes. */
  words: string;
}

/** Where nobody but whoever runs Paperround reads: the command line, the log, settings, connections; lists of the field's words; pages and mails, which are read in elsewhere.test.ts. */
const NOT_SAID = /^(?:(?:bin|db|ingest|sources|web|email|config|log|metrics|transfer|upkeep|version|installations|app)\b|core\/(?:category-names|fold|stopwords|paper-id|errors)\.ts|delivery\/(?:edit|today)\.ts|platforms\/(?:email|webhooks)\b|platforms\/(?:discord|slack)\/(?:connect|gateway|health|identify|index|shards|bot|new-token|socket)\.ts)/;
/** What is thrown for the log or for whoever runs it; and what is written to the log. */
const INNER = /^(Error|SourceError|TryLater|OutcomeUnknown|PayloadRefused|ConfigError|InDoubt|RegExp|RangeError|TypeError)$/;
const LOGGED = /\.(debug|info|warn|error|fatal|settle)$|^log$/;

/** Two words of three letters at least, the first with a capital or behind a hole; no code, no SQL, no path. */
const SENTENCE = /\p{L}{2,}[,’”]? \p{L}{2,}/u;

/** What a button says to the command. */
const CALL = /^[a-z -]+id:$|^(?:layout \w+|forget-me yes|save undo)$/;

export function literalsIn(folder = 'src'): Literal[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts') && !NOT_SAID.test(file));
  return files.sort().flatMap((file) => literalsOf(file, readFileSync(join(folder, file), 'utf8')));
}

function literalsOf(file: string, text: string): Literal[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Literal[] = [];
  const add = (node: ts.Node, words: string) => {
    if (SENTENCE.test(words) && !CALL.test(words)) found.push({ file, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1, words });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isNewExpression(node) && INNER.test(node.expression.getText())) return;
    if (ts.isCallExpression(node) && LOGGED.test(node.expression.getText())) return;
    // A log's function that is chosen: `io.log[late ? 'warn' : 'error'](…)`.
    if (ts.isCallExpression(node) && ts.isElementAccessExpression(node.expression) && /\blog$/.test(node.expression.expression.getText())) return;
    if (ts.isTaggedTemplateExpression(node)) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) add(node, node.text);
    if (ts.isTemplateExpression(node)) {
      add(node.head, node.head.text);
      for (const { literal, expression } of node.templateSpans) {
        visit(expression);
        add(literal, literal.text);
      }
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** As a snapshot has it: the fixed words, whatever stands in the holes. */
export function keyOf(words: string): string {
  return words.replace(/^-# |\*\*|^### /gm, '').replace(/\s+/g, ' ').trim();
}
