// Would Slack take this message? Block shapes from Slack's own types, limits from their comments and a table laid over
// them, and what neither says: counts, totals, ids, sentences, and that strangers' text is never markup.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { createGenerator, type Schema } from 'ts-json-schema-generator';

type Json = Record<string, unknown>;
type Definitions = Record<string, Schema>;

const BLOCKS = 50;
const TOTAL = 13_200;
const VIEW_BLOCKS = 100;
const VIEW_BYTES = 250_000;
const TEXT = 40_000;
const BODY_KEYS = ['text', 'blocks', 'unfurl_links', 'unfurl_media', 'metadata', 'channel', 'thread_ts', 'response_type', 'replace_original'];

/** Everything about the body of a chat.postMessage, an answer or a chat.unfurl that Slack would refuse or a person would mind. */
export function slackProblems(payload: Json): string[] {
  if (payload.unfurls !== undefined) return unfurlProblems(payload);
  const blocks = (payload.blocks ?? []) as Json[];
  return [
    ...Object.keys(payload).filter((key) => payload[key] !== undefined && !BODY_KEYS.includes(key)).map((key) => `unknown field ${key}`),
    ...sentenceProblems(payload.text),
    ...(blocks.length > BLOCKS ? [`${blocks.length} blocks`] : []),
    ...(JSON.stringify(blocks).length > TOTAL ? [`${JSON.stringify(blocks).length} characters in all blocks`] : []),
    ...blockProblems(blocks),
    ...(payload.unfurl_links === false && payload.unfurl_media === false ? [] : ['links are unfurled']),
  ];
}

function blockProblems(blocks: Json[]): string[] {
  const elements = blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as Json[]) : []));
  return [
    ...blocks.flatMap((block, at) => shapeProblems(block).map((problem) => `blocks[${at}]${problem}`)),
    ...repeated('block_id', blocks.map((block) => block.block_id)),
    ...repeated('action_id', elements.map((element) => element.action_id)),
    ...elements.filter((element) => !element.accessibility_label).map(() => 'a button without accessibility_label'),
    ...(elements as unknown as Spoken[]).flatMap(({ type, text, accessibility_label: spoken }) => (type === 'button' && spoken && !saysIt(spoken, text.text) ? [`a button whose spoken name lacks what stands on it: ${spoken}`] : [])),
    ...(JSON.stringify(blocks).includes('"mrkdwn"') ? ['mrkdwn in a block'] : []),
  ];
}

const VIEW_KEYS = {
  home: ['type', 'blocks', 'private_metadata', 'callback_id'],
  modal: ['type', 'blocks', 'private_metadata', 'callback_id', 'title', 'close', 'submit'],
};

/** The same of a view: a Home or a modal. Limits: Slack's reference of views. */
export function slackViewProblems(view: Json): string[] {
  const blocks = (view.blocks ?? []) as Json[];
  const keys = VIEW_KEYS[view.type as 'home' | 'modal'] as string[] | undefined;
  const texts = view.type === 'modal' ? ['title', ...['close', 'submit'].filter((key) => view[key] !== undefined)] : [];
  const hasInput = blocks.some(({ type }) => type === 'input');
  const { private_metadata: metadata = '', callback_id: callback = '' } = view as { private_metadata?: string; callback_id?: string };
  return [
    ...(keys ? Object.keys(view).filter((key) => view[key] !== undefined && !keys.includes(key)).map((key) => `unknown field ${key}`) : [`unknown type ${String(view.type)}`]),
    ...texts.flatMap((key) => {
      const { type, text = '' } = (view[key] ?? {}) as { type?: string; text?: string };
      return type === 'plain_text' && text.length > 0 && text.length <= 24 ? [] : [`${key} is not 1 to 24 characters of plain text: ${text}`];
    }),
    ...(hasInput && view.submit === undefined ? ['inputs without submit'] : []),
    ...(metadata.length > 3_000 ? ['private_metadata above 3,000'] : []),
    ...(callback.length > 255 ? ['callback_id above 255'] : []),
    ...(blocks.length > VIEW_BLOCKS ? [`${blocks.length} blocks`] : []),
    ...(blocks.length === 0 ? ['no blocks'] : []),
    ...(Buffer.byteLength(JSON.stringify(view)) > VIEW_BYTES ? ['view_too_large'] : []),
    ...blockProblems(blocks),
  ];
}

function unfurlProblems({ channel, ts, unfurls, ...rest }: Json): string[] {
  const previews = Object.entries((unfurls ?? {}) as Record<string, Json>);
  return [
    ...Object.keys(rest).map((key) => `unknown field ${key}`),
    ...(typeof channel === 'string' && typeof ts === 'string' ? [] : ['no channel and ts']),
    ...(previews.length > 0 ? [] : ['no unfurls']),
    ...repeated('block_id', previews.flatMap(([, { blocks }]) => ((blocks ?? []) as Json[]).map((block) => block.block_id))),
    ...previews.flatMap(([url, preview]) => previewProblems(preview).map((problem) => `${url}: ${problem}`)),
  ];
}

function previewProblems({ fallback, blocks = [], ...rest }: Json): string[] {
  const list = blocks as Json[];
  return [
    ...Object.keys(rest).map((key) => `unknown field ${key}`),
    ...(list.some(({ type }) => type === 'rich_text') ? ['rich_text, which chat.unfurl does not take'] : []),
    ...textsOf(list).flatMap(({ type, text }) => (type === 'mrkdwn' && !LINKS_ONLY.test(text) ? [`markup besides links: ${text}`] : [])),
    // A preview can't unfurl anything, and its markup is judged above.
    ...slackProblems({ text: fallback, blocks, unfurl_links: false, unfurl_media: false }).filter((problem) => problem !== 'mrkdwn in a block'),
  ];
}

/** Plain words, and links by their labels: nothing else that Slack reads in mrkdwn. */
const LINKS_ONLY = /^(?:[^<>*_~`&]|&(?:amp|lt|gt);|<https?:\/\/[^|<>\s]+\|(?:[^<>*_~`&|]|&(?:amp|lt|gt);)+>)*$/;

function textsOf(value: unknown): { type: string; text: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const { type, text } = value as Json;
  const own = typeof type === 'string' && typeof text === 'string' ? [{ type, text }] : [];
  return [...own, ...Object.values(value).flatMap(textsOf)];
}

interface Spoken {
  type: string;
  text: { text: string };
  accessibility_label?: string;
}

// WCAG 2.5.3: who speaks to their machine says what they read.
function saysIt(spoken: string, label: string): boolean {
  return spoken.toLowerCase().includes(label.toLowerCase());
}

function sentenceProblems(text: unknown): string[] {
  if (typeof text !== 'string') return ['no text'];
  return [
    ...(text.length > TEXT ? ['text above 40,000'] : []),
    ...(/\s/.test(text) && /[.!?…][)"'”’]*$/.test(text) ? [] : [`text is no whole sentence: ${text.slice(-60)}`]),
    ...(/[<>]/.test(text) || /&(?!amp;|lt;|gt;)/.test(text) ? ['text is not escaped'] : []),
  ];
}

function shapeProblems(block: Json): string[] {
  const check = validatorOf(String(block.type));
  if (!check) return [`: unknown block type ${String(block.type)}`];
  if (check(block)) return [];
  return check.errors!.map((error) => `${error.instancePath} ${error.message}`);
}

function repeated(what: string, ids: unknown[]): string[] {
  const given = ids.filter((id) => id !== undefined);
  return new Set(given).size === given.length ? [] : [`${what} is used twice`];
}

const validators = new Map<string, ValidateFunction>();
let definitions: Definitions | undefined;

// One validator for each block type: errors of a union name every branch.
function validatorOf(type: string): ValidateFunction | undefined {
  definitions ??= withLimits(generated());
  const name = Object.keys(definitions).find((key) => key.endsWith('Block') && constantOf(definitions![key]!) === type);
  if (!name) return undefined;
  const known = validators.get(name);
  if (known) return known;
  const ajv = new Ajv({ strict: false, allErrors: true });
  const made = ajv.compile({ $ref: `#/definitions/${name}`, definitions });
  validators.set(name, made);
  return made;
}

function constantOf(schema: Schema): unknown {
  return ((schema.properties?.type ?? {}) as Schema).const;
}

/** The schema of Slack's types takes two seconds to make, so it is kept beside the packages. */
function generated(): Definitions {
  const version = (JSON.parse(readFileSync('node_modules/@slack/types/package.json', 'utf8')) as { version: string }).version;
  const file = join('node_modules', '.cache', `slack-types-${version}.json`);
  if (!existsSync(file)) {
    const schema = createGenerator({
      path: 'node_modules/@slack/types/dist/index.d.ts',
      type: 'KnownBlock',
      expose: 'export',
      additionalProperties: false,
      skipTypeCheck: true,
    }).createSchema('KnownBlock');
    mkdirSync(join('node_modules', '.cache'), { recursive: true });
    // Written whole or not at all: test files run side by side.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(schema.definitions));
    renameSync(`${file}.${process.pid}`, file);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Definitions;
}

interface Bounds { min_length?: number; max_length?: number; min_items?: number; max_items?: number } // prettier-ignore

function withLimits(schemas: Definitions): Definitions {
  for (const schema of Object.values(schemas)) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      schema.properties![name] = bounded(property as Schema, boundsInWords((property as Schema).description ?? ''));
    }
  }
  const table = JSON.parse(readFileSync('test/fixtures/slack/slackblocks-limits.json', 'utf8')) as Record<string, Record<string, Bounds>>;
  for (const [name, limits] of Object.entries(table)) {
    const schema = schemas[NAMES[name] ?? ''];
    for (const [property, bounds] of Object.entries(schema ? limits : {})) {
      const current = schema!.properties?.[property];
      if (current) schema!.properties![property] = bounded(current as Schema, bounds);
    }
  }
  // Slack refuses an empty text in a rich_text, though neither source says so.
  schemas.RichTextText!.properties!.text = { type: 'string', minLength: 1 };
  return schemas;
}

/** The table's names for Slack's types. */
const NAMES: Record<string, string> = {
  button: 'Button', confirmation: 'ConfirmationDialog', actions: 'ActionsBlock', context: 'ContextBlock', header: 'HeaderBlock',
  image: 'ImageBlock', section: 'SectionBlock', markdown: 'MarkdownBlock', video: 'VideoBlock', overflow: 'Overflow',
  checkboxes: 'Checkboxes', radio_buttons: 'RadioButtons', select: 'StaticSelect', card: 'CardBlock', carousel: 'CarouselBlock',
}; // prettier-ignore

function boundsInWords(words: string): Bounds {
  const number = (pattern: RegExp) => {
    const found = pattern.exec(words.replace(/\s+/g, ' '))?.[1];
    return found ? Number(found.replace(/,/g, '')) : undefined;
  };
  return {
    max_length: number(/maximum length[^.]*? is ([\d,]+)/i),
    min_length: number(/minimum length[^.]*? is ([\d,]+)/i),
    max_items: number(/maximum (?:number of [\w ]+ is|of) ([\d,]+)/i),
  };
}

function bounded(schema: Schema, bounds: Bounds): Schema {
  const { min_length: minLength, max_length: maxLength, min_items: minItems, max_items: maxItems } = bounds;
  const length = { ...(minLength && { minLength }), ...(maxLength && { maxLength }) };
  const items = { ...(minItems && { minItems }), ...(maxItems && { maxItems }) };
  if (schema.type === 'array') return { ...schema, ...items };
  if (schema.type === 'string') return { ...schema, ...length };
  // A text object: the bound is on the text inside.
  if (schema.$ref && (minLength || maxLength)) return { allOf: [schema, { properties: { text: length } }] };
  return schema;
}
