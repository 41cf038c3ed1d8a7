// Would Discord take this request? Its own OpenAPI contract, and the rules that the contract leaves out.
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

export type RequestKind = 'message' | 'message edit' | 'edit' | 'followup' | 'callback' | 'commands' | 'thread' | 'post' | 'channel';

type Json = Record<string, unknown>;

/** What is wrong with the body of a request; empty when Discord would take it. */
export function discordProblems(kind: RequestKind, body: unknown): string[] {
  const validate = validators[kind];
  const problems = validate(body) ? [] : (validate.errors ?? []).map((e) => `${e.instancePath || '/'} ${e.message ?? ''}`);
  if (typeof body !== 'object' || body === null) return problems.length ? problems : ['the body is not an object'];
  const own: Partial<Record<RequestKind, (body: never) => string[]>> = {
    message: messageProblems,
    'message edit': messageProblems,
    followup: messageProblems,
    edit: messageProblems,
    callback: callbackProblems,
    commands: commandsProblems,
    post: postProblems,
  };
  return [...problems, ...(own[kind]?.(body as never) ?? [])];
}

const SCHEMAS: Record<RequestKind, object> = {
  message: ref('MessageCreateRequest'),
  'message edit': ref('MessageEditRequestPartial'),
  followup: ref('IncomingWebhookRequestPartial'),
  edit: ref('IncomingWebhookUpdateRequestPartial'),
  callback: { anyOf: ['ApplicationCommandAutocompleteCallbackRequest', 'CreateMessageInteractionCallbackRequest', 'ModalInteractionCallbackRequest', 'UpdateMessageInteractionCallbackRequest'].map(ref) },
  commands: { type: 'array', maxItems: 130, items: ref('ApplicationCommandUpdateRequest') },
  thread: ref('CreateTextThreadWithMessageRequest'),
  post: ref('CreateForumThreadRequest'),
  channel: ref('UpdateThreadRequestPartial'),
};

function ref(name: string): { $ref: string } {
  return { $ref: `discord#/components/schemas/${name}` };
}

const validators = compile();

function compile(): Record<RequestKind, ValidateFunction> {
  const contract = JSON.parse(
    readFileSync(new URL('../fixtures/discord/openapi-requests.json', import.meta.url), 'utf8'),
    (_, value: unknown) => strict(value),
  ) as Json;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addFormat('snowflake', /^\d{1,20}$/);
  ajv.addFormat('nonce', true);
  ajv.addFormat('int32', { type: 'number', validate: Number.isInteger });
  ajv.addFormat('int64', { type: 'number', validate: Number.isInteger });
  ajv.addFormat('double', true);
  ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)));
  ajv.addFormat('uri', (text: string) => URL.canParse(text) && !/\s/.test(text));
  ajv.addSchema({ $id: 'discord', ...contract });
  const kinds = Object.entries(SCHEMAS) as [RequestKind, object][];
  return Object.fromEntries(kinds.map(([kind, schema]) => [kind, ajv.compile(schema)])) as Record<RequestKind, ValidateFunction>;
}

// The contract has empty `enum` lists, which allow nothing, and lets unknown properties pass, which Discord ignores:
// a property that Discord ignores is a mistake of ours.
function strict(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { enum: options, ...rest } = value as Json & { enum?: unknown };
  const kept: Json = Array.isArray(options) && options.length === 0 ? rest : (value as Json);
  return kept.type === 'object' && kept.properties && !('additionalProperties' in kept) ? { ...kept, additionalProperties: false } : kept;
}

interface Embed {
  title?: string;
  description?: string;
  footer?: { text?: string };
  author?: { name?: string };
  fields?: { name?: string; value?: string }[];
}

interface Message {
  content?: string | null;
  embeds?: Embed[];
  components?: Component[];
  flags?: number;
  allowed_mentions?: { parse?: unknown[]; users?: unknown[]; roles?: unknown[] };
}

/** Source: message flags: the message is made of components, and of nothing else. */
const COMPONENTS_V2 = 1 << 15;

function messageProblems(message: Message): string[] {
  const { content, embeds = [], components = [], allowed_mentions: mentions } = message;
  const all = allOf(components);
  const buttons = all.filter(({ type }) => type === 2);
  const ids = all.flatMap(({ custom_id: id }) => (id === undefined ? [] : [id]));
  const ofComponents = ((message.flags ?? 0) & COMPONENTS_V2) > 0;
  return [
    ...(ofComponents ? componentsProblems(message, all) : [[components.some(({ type }) => type !== 1), 'components other than rows need their flag'] as const]),
    ...selectsProblems(all),
    [(content ?? '').length > 2_000, 'content is longer than 2,000 characters'],
    [!content?.trim() && embeds.length === 0 && components.length === 0, 'the message is empty'],
    [embeds.some(({ title, description, fields }) => !title?.trim() && !description?.trim() && !fields?.length), 'an embed is empty'],
    [embeds.flatMap(({ fields = [] }) => fields).some(({ name, value }) => !name?.trim() || !value?.trim()), 'a field has no name or no value'],
    [embeds.reduce((sum, embed) => sum + charactersOf(embed), 0) > 6_000, 'the embeds hold more than 6,000 characters'],
    [!ofComponents && components.length > 5, 'there are more than 5 action rows'],
    [new Set(ids).size < ids.length, 'two components have the same custom_id'],
    [components.some((row) => (row.components ?? []).length > 1 && row.components!.some(({ type }) => type === 3)), 'a select shares its row'],
    [buttons.some(({ label }) => label !== undefined && !label.trim()), 'a button has no label'],
    [mentions?.parse?.length !== 0 || Boolean(mentions.users?.length) || Boolean(mentions.roles?.length), 'allowed_mentions does not forbid every ping'],
  ].flatMap(([wrong, words]) => (wrong ? [words as string] : [])); // prettier-ignore
}

interface Component {
  type: number;
  custom_id?: string;
  label?: string;
  content?: string;
  min_values?: number;
  max_values?: number;
  options?: { label: string; value: string; default?: boolean }[];
  components?: Component[];
  component?: Component;
  value?: string;
  max_length?: number;
}

/** Components, and those that are inside of others. */
function allOf(components: Component[]): Component[] {
  return components.flatMap((one) => [one, ...allOf([...(one.components ?? []), ...(one.component ? [one.component] : [])])]);
}

type Verdict = readonly [wrong: boolean, words: string];

// Source: component reference, "Legacy Message Component Behavior" and the limits of messages made of components.
function componentsProblems({ content, embeds }: Message, all: Component[]): Verdict[] {
  return [
    [Boolean(content) || Boolean(embeds?.length), 'a message made of components has content or embeds'],
    [all.length > 40, 'there are more than 40 components'],
    [all.reduce((sum, { content: text = '' }) => sum + text.length, 0) > 4_000, 'the texts hold more than 4,000 characters'],
    [all.some(({ type, content: text }) => type === 10 && !text?.trim()), 'a text is empty'],
  ];
}

function selectsProblems(all: Component[]): Verdict[] {
  return all.filter(({ type }) => type === 3).flatMap(({ custom_id: id, options = [], min_values: least = 1, max_values: most = 1 }): Verdict[] => [
    [new Set(options.map(({ value }) => value)).size < options.length, `${id} has two options of one value`],
    [options.filter((option) => option.default).length > most, `${id} has more chosen than can be`],
    [options.some(({ label }) => !label.trim()), `${id} has an option without a label`],
    [least > most || most > options.length, `${id} asks for more than there is`],
  ]); // prettier-ignore
}

function modalProblems({ components = [] }: Message): string[] {
  const all = allOf(components);
  const ids = all.flatMap(({ custom_id: id }) => (id === undefined ? [] : [id]));
  return [
    [components.length > 5, 'the modal has more than 5 components'],
    [new Set(ids).size < ids.length, 'two inputs have the same custom_id'],
    [all.some(({ value = '', max_length: most = 4_000 }) => value.length > most), 'an input is filled with more than it takes'],
  ].flatMap(([wrong, words]) => (wrong ? [words as string] : []));
}

/** Source: Start Thread in Forum or Media Channel: of the flags these two can be set, SUPPRESS_EMBEDS and SUPPRESS_NOTIFICATIONS. */
function postProblems({ name, message }: { name: string; message: Message }): string[] {
  const flags = (message.flags ?? 0) & ~((1 << 2) | (1 << 12));
  return [...messageProblems(message), ...(name?.trim() ? [] : ['the post has no name']), ...(flags ? ['the post has flags that it can’t have'] : [])];
}

function charactersOf({ title = '', description = '', footer, author, fields = [] }: Embed): number {
  const texts = [title, description, footer?.text ?? '', author?.name ?? '', ...fields.flatMap(({ name = '', value = '' }) => [name, value])];
  return texts.reduce((sum, text) => sum + text.trim().length, 0);
}

function callbackProblems({ type, data }: { type: number; data?: Message & { choices?: { name: string; value: string }[] } }): string[] {
  if (type === 4 || type === 7) return messageProblems(data ?? {});
  if (type === 9) return modalProblems(data ?? {});
  return type === 8 && (data?.choices?.length ?? 0) > 25 ? ['there are more than 25 choices'] : [];
}

interface CommandOption {
  /** Of a command: 3 is one in the menu of a message. */
  type: number;
  name: string;
  description?: string;
  required?: boolean;
  options?: CommandOption[];
}

/** Source: application command reference, "Application Command Naming". */
const COMMAND_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

function commandsProblems(commands: CommandOption[]): string[] {
  const twice = namesTwice(commands) ? ['two commands have the same name'] : [];
  return [...twice, ...commands.flatMap((command) => [
    ...(sizeOf(command) > 8_000 ? [`/${command.name} holds more than 8,000 characters`] : []),
    ...(command.type === 3 ? menuProblems(command) : optionProblems(command)),
  ])];
}

// Source: application command reference, "Message Commands": mixed case and spaces, and nothing but the name.
function menuProblems({ name, description, options }: CommandOption): string[] {
  return [
    ...(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai} ]{1,32}$/u.test(name) && name === name.trim() ? [] : [`“${name}” is no name for a command`]),
    ...(description ? [`“${name}” has a description, which a message command can’t have`] : []),
    ...(options ? [`“${name}” has options, which a message command can’t have`] : []),
  ];
}

function optionProblems({ name, description, options = [] }: CommandOption): string[] {
  const firstOptional = options.findIndex(({ required, type }) => type > 2 && !required);
  return [
    ...(COMMAND_NAME.test(name) && name === name.toLowerCase() ? [] : [`“${name}” is no name for a command or an option`]),
    ...(description?.trim() ? [] : [`/${name} has no description`]),
    ...(options.length > 25 ? [`“${name}” has more than 25 options`] : []),
    ...(namesTwice(options) ? [`“${name}” has two options of one name`] : []),
    ...(firstOptional >= 0 && options.slice(firstOptional).some(({ required }) => required) ? [`“${name}” has a required option after an optional one`] : []),
    ...options.flatMap(optionProblems),
  ];
}

function namesTwice(options: CommandOption[]): boolean {
  return new Set(options.map(({ name }) => name)).size < options.length;
}

function sizeOf({ name, description = '', options = [] }: CommandOption): number {
  return name.length + description.length + options.reduce((sum, option) => sum + sizeOf(option), 0);
}
