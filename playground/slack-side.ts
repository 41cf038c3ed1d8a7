// Slack in the playground: the loopback server, played by people, and what it was asked to show, in order.
import type { Delivery, SlackMessage, SlackServer } from '../test/support/slack-server.ts';
import { PEOPLE, type Person } from './people.ts';
import { atRest } from './rest.ts';
import type { Entry, Json, OpenForm, Side } from './side.ts';

const CHANNEL = 'C1';
/** What the bot says something by. */
const SAID = ['response_url', 'chat.postMessage', 'chat.postEphemeral', 'views.open'];

interface SlackControl extends Json {
  action_id?: string;
  options?: { value: string }[];
}

export function slackSide(server: SlackServer, now: () => Date): Side {
  for (const { slack } of Object.values(PEOPLE)) server.users.set(slack.id, { ...slack });
  let shown: Entry[] = [];
  let form: OpenForm | undefined;
  const asked: { delivery: Delivery; person: Person; pressed: Entry | undefined }[] = [];
  const taken = { requests: 0, messages: 0, ephemerals: 0, views: 0, answers: 0 };

  // `pressed` is what an answer may take the place of.
  async function act(deliver: () => Promise<Delivery>, person: Person, pressed?: Entry): Promise<Delivery> {
    const from = server.requests.length;
    const delivery = await deliver();
    asked.push({ delivery, person, pressed });
    const hasAnswered = () => Object.keys(delivery.ack ?? {}).length > 0 || server.requests.slice(from).some(({ method }) => SAID.includes(method));
    if (!(await atRest(() => server.requests.length, hasAnswered))) throw new Error('Slack got no answer.');
    listen();
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
      else if (method === 'views.open') form = { onlyFor: asked.at(-1)!.person.slack.id, payload: server.views[taken.views++]!, errors: {}, filled: {} };
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
    const { ts: _ts, team: _team, ...payload } = message;
    const made = { ...entry(payload), key: message.ts, ...directOf(message) };
    const parent = shown.find(({ key }) => key === message.thread_ts);
    (parent?.thread ?? shown).push(made);
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

  return {
    name: 'slack',
    channel: { platform: 'slack', workspace: 'T1', id: CHANNEL, name: 'papers' },
    async type(line, person) {
      const [, command, text] = /^(\/\S+)\s*(.*)$/s.exec(line)!;
      await act(() => server.slash(command!, text!, { user: person.slack.id, channel: CHANNEL, answers: 0 }), person);
    },
    async press({ message, control, values: [value] }, person) {
      const pressed = shown.flatMap((one) => [one, ...one.thread]).find(({ key }) => key === message);
      const element = pressed && controlsOf(pressed.payload).find(({ action_id: id }) => id === control);
      if (!pressed || !element) throw new Error('That button is gone.');
      const chosen = element.options?.find((option) => option.value === value);
      const posted = server.messages.find(({ ts }) => ts === message);
      const where = { user: person.slack.id, channel: pressed.direct ? `D${person.slack.id}` : CHANNEL, answers: 0, ...(posted && { message: posted }) };
      await act(() => server.press({ ...element, ...(chosen && { selected_option: chosen }) }, where), person, pressed);
    },
    async suggest(field, typed, person) {
      const { ack } = await server.type(form!.payload, field, typed, { user: person.slack.id });
      return ((ack?.options ?? []) as { value: string }[]).map(({ value }) => value);
    },
    async submit(filled, person) {
      if (!form) throw new Error('The form is closed.');
      const open = form;
      const { ack } = await act(() => server.submit(open.payload, valuesOf(open.payload, filled), { user: person.slack.id }), person);
      // A form that opened another is closed by it.
      if (form !== open) return;
      form = ack?.response_action === 'errors' ? { ...open, filled, errors: ack.errors as Record<string, string> } : undefined;
    },
    dismiss: () => void (form = undefined),
    entries({ slack: { id } }) {
      listen();
      return shown.filter(({ onlyFor }) => onlyFor === undefined || onlyFor === id);
    },
    form: ({ slack: { id } }) => (form?.onlyFor === id ? form : undefined),
    clear: () => void (shown = []),
  };
}

/** Everything that can be pressed or chosen in a message. */
function controlsOf({ blocks = [] }: Json): SlackControl[] {
  return (blocks as { elements?: SlackControl[]; accessory?: SlackControl }[]).flatMap(({ elements = [], accessory }) => [...elements, ...(accessory ? [accessory] : [])]);
}

interface Input {
  block_id: string;
  element: { type: string; options?: { value: string }[] };
}

// What Slack tells of each field, by its kind.
function valuesOf({ blocks }: Json, filled: Record<string, string[]>): Record<string, Json> {
  const valueOf = ({ block_id: id, element }: Input): Json => {
    const words = filled[id] ?? [];
    const options = words.filter(Boolean).map((value) => ({ text: { type: 'plain_text', text: value }, value }));
    if (element.type === 'timepicker') return { selected_time: words[0] || null };
    if (element.type === 'checkboxes') return { selected_options: options };
    if (element.type === 'plain_text_input') return { value: words[0] || null };
    return { selected_option: options[0] ?? null };
  };
  return Object.fromEntries((blocks as Input[]).filter(({ element }) => element).map((block) => [block.block_id, valueOf(block)]));
}
