// Slack in the playground: the loopback server, played by people, and what it was asked to show, in order.
import type { Delivery, SlackMessage, SlackServer } from '../../test/support/slack-server.ts';
import { ADDRESSES } from './page/controls.ts';
import { controlName } from './page/slack-message.ts';
import { PEOPLE, type Person } from './people.ts';
import { atRest } from './rest.ts';
import type { Entry, Json, Side } from './side.ts';
import { isSearched, slackModals, valueOf, valuesOf } from './slack-modals.ts';

const CHANNEL = 'C1';
/** What the bot says something by. */
const SAID = ['response_url', 'chat.postMessage', 'chat.postEphemeral', 'chat.unfurl', 'views.open', 'views.push', 'views.update', 'views.publish'];
/** What it shows who opens its Home by. */
const PUBLISHED = ['views.publish'];

interface SlackControl extends Json {
  action_id?: string;
  block_id?: string;
  options?: { value: string }[];
}

export function slackSide(server: SlackServer, now: () => Date): Side {
  for (const { slack } of Object.values(PEOPLE)) server.users.set(slack.id, { ...slack });
  const modals = slackModals(server);
  let shown: Entry[] = [];
  const asked: { delivery: Delivery; person: Person; pressed: Entry | undefined }[] = [];
  const taken = { requests: 0, messages: 0, ephemerals: 0, unfurls: 0, answers: 0 };

  // `pressed` is what an answer may take the place of.
  async function act(deliver: () => Promise<Delivery>, person: Person, { pressed, said = SAID }: { pressed?: Entry; said?: string[] } = {}): Promise<Delivery> {
    const from = server.requests.length;
    const delivery = await deliver();
    asked.push({ delivery, person, pressed });
    const hasAnswered = () => Object.keys(delivery.ack ?? {}).length > 0 || server.requests.slice(from).some(({ method }) => said.includes(method));
    if (!(await atRest(() => server.requests.length, hasAnswered))) throw new Error('Slack got no answer.');
    listen();
    modals.listen(person);
    return delivery;
  }

  function listen(): void {
    for (; taken.requests < server.requests.length; taken.requests++) {
      const { method, body } = server.requests[taken.requests]!;
      const to = method === 'response_url' ? asked.find(({ delivery }) => delivery.answers.includes(body)) : undefined;
      // An answer to what is still being said: its turn comes.
      if (method === 'response_url' && !to) return;
      if (to) answered(body, to);
      else if (method === 'chat.postMessage') posted();
      else if (method === 'chat.postEphemeral') shown.push({ ...entry(body), onlyFor: String(server.ephemerals[taken.ephemerals++]!.user) });
      else if (method === 'files.completeUploadExternal') uploaded(body);
      else if (method === 'chat.unfurl') unfurled();
      else if (method === 'chat.update') edited(String(body.ts));
    }
  }

  function answered(body: Json, to: (typeof asked)[number]): void {
    if (body.replace_original && to.pressed) to.pressed.payload = body;
    else if (body.delete_original) shown = shown.filter((one) => one !== to.pressed);
    else shown.push({ ...entry(body), ...(body.response_type === 'in_channel' ? {} : { onlyFor: to.person.slack.id }) });
  }

  // A post that Slack refused is in the requests, but not in the channel.
  function posted(): void {
    const message = server.messages[taken.messages];
    if (!message) return;
    taken.messages++;
    const made = { ...entry(payloadOf(message)), key: message.ts, ...directOf(message) };
    const parent = shown.find(({ key }) => key === message.thread_ts);
    (parent?.thread ?? shown).push(made);
  }

  function edited(key: string): void {
    const [message, shownAs] = [server.messages.find(({ ts }) => ts === key), entryOf(key)];
    if (message && shownAs) shownAs.payload = payloadOf(message);
  }

  function entryOf(key: string): Entry | undefined {
    return shown.flatMap((one) => [one, ...one.thread]).find((one) => one.key === key);
  }

  function unfurled(): void {
    const { ts, unfurls } = server.unfurls[taken.unfurls++]!;
    const message = entryOf(ts);
    if (message) message.previews = Object.values(unfurls);
  }

  function uploaded({ files, channel_id: channel, initial_comment: text }: Json): void {
    const file = server.files.get((files as { id: string }[])[0]!.id)!;
    shown.push({ ...entry({ text }), direct: true, onlyFor: String(channel).slice(1), file: { name: file.name, text: file.text ?? '' } });
  }

  function entry(payload: Json): Entry {
    return { key: `answer-${++taken.answers}`, at: now(), payload, thread: [] };
  }

  function directOf({ channel }: SlackMessage): Pick<Entry, 'direct' | 'onlyFor'> {
    return channel.startsWith('D') ? { direct: true, onlyFor: channel.slice(1) } : {};
  }

  // Of the preview of a link Slack tells the link, and nothing of the message.
  async function pressInMessage(message: string, control: string, value: string | undefined, person: Person): Promise<void> {
    const pressed = entryOf(message);
    const url = pressed?.previews?.length ? urlOf(message, control) : undefined;
    const element = pressed && controlsOf(...(pressed.previews ?? [pressed.payload])).find((one) => nameOf(one) === control);
    if (!pressed || !element) throw new Error('That button is gone.');
    const chosen = element.options?.find((option) => option.value === value);
    const posted = server.messages.find(({ ts }) => ts === message);
    const where = { user: person.slack.id, channel: pressed.direct ? `D${person.slack.id}` : CHANNEL, answers: 0, ...(posted && { message: posted }), ...(url && { unfurl: url }) };
    await act(() => server.press({ ...element, ...(chosen && { selected_option: chosen }) }, where), person, { pressed });
  }

  function urlOf(message: string, control: string): string | undefined {
    const unfurls = Object.entries(server.unfurls.find(({ ts }) => ts === message)?.unfurls ?? {});
    return unfurls.find(([, preview]) => controlsOf(preview).some((one) => nameOf(one) === control))?.[0];
  }

  async function pressInView(view: Json, control: string, person: Person): Promise<void> {
    const element = controlsOf(view).find((one) => nameOf(one) === control);
    if (!element) throw new Error('That button is gone.');
    await act(() => server.pressIn(view, element, { user: person.slack.id }), person);
  }

  // Slack's own client takes nothing that wasn't offered.
  async function offered(field: string, words: string[], person: Person): Promise<void> {
    const [typed] = words;
    if (typed && isSearched(modals.top(person)!, field) && !(await side.suggest(field, typed, person)).includes(typed)) throw new Error(`Slack offers no “${typed}” there: choose one of its suggestions.`);
  }

  const side: Side = {
    name: 'slack',
    channel: { platform: 'slack', workspace: 'T1', id: CHANNEL, name: 'papers' },
    async type(line, person) {
      const [, command, text] = /^(\/\S+)\s*(.*)$/s.exec(line)!;
      await act(() => server.slash(command!, text!, { user: person.slack.id, channel: CHANNEL, answers: 0 }), person);
    },
    async write(words, person) {
      const key = `${Math.floor(now().getTime() / 1_000)}.${String(900_000 + ++taken.answers)}`;
      shown.push({ ...entry({ text: words }), key, by: person.name });
      const told = await server.share(words.match(ADDRESSES) ?? [], { user: person.slack.id, channel: CHANNEL, ts: key });
      // Not each link gets a preview.
      if (told) await atRest(() => server.requests.length, () => true);
    },
    async press({ message, control, values: [value] }, person) {
      const view = message === 'home' ? server.homes.get(person.slack.id) : server.views.find(({ id }) => id === message);
      await (view ? pressInView(view, control, person) : pressInMessage(message, control, value, person));
    },
    async suggest(field, typed, person) {
      const { ack } = await server.type(modals.top(person)!, field, typed, { user: person.slack.id });
      return ((ack?.options ?? []) as { value: string }[]).map(({ value }) => value);
    },
    async fill(field, filled, person) {
      const view = modals.top(person);
      if (!view) throw new Error('The form is closed.');
      await offered(field, filled[field] ?? [], person);
      const { [field]: _mended, ...errors } = modals.form(person)!.errors;
      modals.note(view.id, { filled, errors });
      await act(() => server.fill(view, field, valueOf(view, field, filled[field]), { user: person.slack.id }), person);
    },
    async submit(filled, person) {
      const view = modals.top(person);
      if (!view) throw new Error('The form is closed.');
      for (const [field, words] of Object.entries(filled)) await offered(field, words, person);
      const { ack } = await act(() => server.submit(view, valuesOf(view, filled), { user: person.slack.id }), person);
      modals.note(view.id, { filled, errors: (ack?.errors ?? {}) as Record<string, string> });
      if (ack?.response_action === 'push') modals.push(ack.view as Json, person);
      else if (ack?.response_action === 'update') modals.replace(ack.view as Json, person);
      else if (ack?.response_action !== 'errors' && modals.top(person) === view) modals.close(person);
    },
    dismiss: (person) => modals.close(person),
    entries({ slack: { id } }) {
      listen();
      return shown.filter(({ onlyFor }) => onlyFor === undefined || onlyFor === id);
    },
    posts: () => [],
    form: (person) => modals.form(person),
    async openHome(person) {
      await act(() => server.openHome(person.slack.id), person, { said: PUBLISHED });
    },
    home({ slack: { id } }) {
      const view = server.homes.get(id);
      return view && { type: view.type, blocks: view.blocks };
    },
    clear: () => void (shown = []),
  };
  return side;
}

/** A message as the bot sent it. */
function payloadOf({ ts: _ts, team: _team, ...payload }: SlackMessage): Json {
  return payload;
}

/** Everything that can be pressed or chosen in messages, views and previews, with the block that it stands in. */
function controlsOf(...payloads: Json[]): SlackControl[] {
  const blocks = payloads.flatMap((payload) => (payload.blocks ?? []) as { block_id?: string; elements?: SlackControl[]; accessory?: SlackControl }[]);
  return blocks.flatMap(({ block_id: block, elements = [], accessory }) => [...elements, ...(accessory ? [accessory] : [])].map((element) => ({ ...element, ...(block && { block_id: block }) })));
}

function nameOf({ block_id: block, action_id: id }: SlackControl): string {
  return controlName(block, id);
}
