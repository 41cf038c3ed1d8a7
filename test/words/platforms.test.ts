// What the platforms say around the answers: forms, the Home, previews of links, the greeting, and what is in their way.
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { complete, foresee, formOf } from '../../src/call.ts';
import { paper, roundup } from '../../src/commands/index.ts';
import type { Call, IsIn } from '../../src/core/chat.ts';
import { note, say, type Doc } from '../../src/core/doc.ts';
import { NotAllowed, PayloadRefused } from '../../src/core/errors.ts';
import { noListWhy } from '../../src/core/announcements.ts';
import { greeting } from '../../src/core/greeting.ts';
import { silent } from '../../src/core/log.ts';
import { quietDoc } from '../../src/core/roundup.ts';
import { lostInWords } from '../../src/core/lost.ts';
import type { Platform, PlatformIo, Preflight } from '../../src/core/platform.ts';
import { loseChannel } from '../../src/db/lost-channels.ts';
import { findChannel } from '../../src/db/channels.ts';
import { makeHome } from '../../src/home.ts';
import { papersIn, previewLinks } from '../../src/links.ts';
import { makePlatformIo } from '../../src/platform-io.ts';
import { applicationCommands } from '../../src/platforms/discord/commands.ts';
import { openForm } from '../../src/platforms/discord/form.ts';
import { formMessage, formModal } from '../../src/platforms/discord/form-message.ts';
import { preflight as discordPreflight } from '../../src/platforms/discord/preflight.ts';
import { verdictOf as discordVerdict } from '../../src/platforms/discord/verdict.ts';
import { discord, slack, terminal } from '../../src/platforms/index.ts';
import { preflight as slackPreflight } from '../../src/platforms/slack/delivery.ts';
import { withFile } from '../../src/platforms/slack/file.ts';
import { formView, withProspect } from '../../src/platforms/slack/form-view.ts';
import { installationStore } from '../../src/platforms/slack/installation-store.ts';
import { membership } from '../../src/platforms/slack/membership.ts';
import { unfurlsOf } from '../../src/platforms/slack/unfurl-blocks.ts';
import { verdictOf as slackVerdict } from '../../src/platforms/slack/verdict.ts';
import { answerView, homeView } from '../../src/platforms/slack/views.ts';
import { openTerminal } from '../../src/platforms/terminal/session.ts';
import { fillingOf } from '../../src/core/form.ts';
import { openTestDb, type TestDb } from '../support/db.ts';
import { havePapers } from '../support/factories.ts';
import { slackProblems, slackViewProblems } from '../support/slack-contract.ts';
import { onSlack } from './as-read.ts';
import { problemsOf } from './guide.ts';
import { PAPERS } from './papers.ts';
import { page } from './page.ts';
import { openTheatre, type Stage, type Theatre } from './stage.ts';
import { readOn } from './written.ts';

const NLP = '/roundup subscribe nlp at 9 daily UTC';
let opened: TestDb;
let theatre: Theatre;

beforeAll(async () => {
  opened = await openTestDb();
  await havePapers(opened.db, PAPERS);
  theatre = await openTheatre(opened.db);
});
afterAll(() => opened.close());

async function on(platform: Platform): Promise<Stage> {
  for await (const stage of theatre.stages([platform])) return stage;
  throw new Error('no stage');
}

test.each(['subscribe', 'change'])('the form of %s', async (verb) => {
  const { lines, mind, end } = page(`form-${verb}`);
  const scenes: [string, string[], Partial<Stage['place']>, Record<string, string>][] = [
    ['a channel with a topic', [NLP], {}, { topic: 'attention' }],
    ...(verb === 'subscribe' ? ([['a channel without a roundup', [], {}, { topic: '-survey' }], ['a post of a forum', [], { parent: 'F1', postOf: { platform: 'discord', workspace: 'W', id: 'F1', name: 'papers', forum: true } }, { size: 'top 99' }]] satisfies typeof scenes) : [['a channel that gets everything', ['/roundup subscribe everything at 9 daily UTC'], {}, {}]] satisfies typeof scenes),
  ];
  for (const [when, before, place, changes] of scenes) {
    for (const platform of place.postOf ? [discord] : [slack, discord]) {
      const stage = await on(platform);
      Object.assign(stage.place, place);
      for (const line of before) await stage.say(line);
      const { deps } = stage.app;
      const call: Call = { command: 'roundup', text: verb, channel: stage.place, person: { id: 'ana', name: 'Ana', profile: async () => ({ standing: 'admin' }) } };
      const form = (await formOf(call, deps))!;
      const filling = { ...fillingOf(form), ...Object.fromEntries(Object.entries(changes).map(([field, value]) => [field, [value]])) };
      const prospect = await foresee({ ...call, text: [`${verb} ${filling[form.fields[0]!.name]!.join(' ')}`, ...form.fields.slice(1).map(({ name }) => filling[name]!.join(' '))].join('\n') }, deps);
      // As if it had been opened before what the channel has was set.
      const overtaken = () => foresee({ ...call, text: `${verb} \n10:00\nUTC\nmondays\ntop 3\nlayout compact\nseen 08:00,UTC,1,10,compact` }, deps);
      if (platform === slack) {
        const view = formView(form, stage.place, false);
        const changed = withProspect({ ...view, id: 'V1' } as never, prospect);
        mind([view, changed].flatMap((one) => slackViewProblems({ ...one })));
        lines(`Slack: ${when}`, onSlack([{ ...changed }]));
        const meanwhile = withProspect({ ...view, id: 'V1' } as never, await overtaken());
        mind(slackViewProblems({ ...meanwhile }));
        if (verb === 'change') lines(`Slack: ${when}, where the same was set meanwhile`, onSlack([{ ...meanwhile }]));
        continue;
      }
      const io = makePlatformIo(discord, { deps, mount: () => {}, lost: () => {} });
      lines(`Discord: ${when}`, readOn(discord, [await openForm(form, call, io)]));
      lines(`Discord: ${when}, filled in`, readOn(discord, [formMessage({ form, filling, words: {}, prospect })]).filter((line) => !('menu' in line)));
      if (verb === 'subscribe') lines(`Discord: ${when}, refused`, readOn(discord, [formMessage({ form, filling, words: {}, prospect: { says: 'Paperround can’t post roundups in #reading yet.', refused: true } })]).filter((line) => !('menu' in line)));
      if (verb === 'change') lines(`Discord: ${when}, where the same was set meanwhile`, readOn(discord, [formMessage({ form, filling, words: {}, prospect: await overtaken() })]).filter((line) => !('menu' in line)));
      lines(`Discord: ${when}, other words`, readOn(discord, [formModal({ form, filling, words: {} })]));
    }
  }
  await end();
});

test('the Home', async () => {
  const { lines, mind, end } = page('home');
  const stage = await on(slack);
  const whose = (standing: 'admin' | 'guest', isIn: IsIn = async (ids) => ids) => ({ workspace: stage.place.workspace, person: { id: `Ana${/\d+/.exec(stage.place.id)![0]}`, name: 'Ana', profile: async () => ({ standing }) }, isIn });
  const show = async (when: string, who = whose('admin'), last = 0) => {
    const doc = await makeHome(who, 'slack', stage.app.deps);
    const view = homeView(doc);
    mind([...slackViewProblems({ ...view }), ...problemsOf(doc)]);
    lines(when, onSlack([{ ...view }]).slice(-last));
  };
  await show('nothing yet');
  for (const [n, ...more] of [['1'], ['2', '/roundup pause'], ['3', '/roundup subscribe "state space models"'], ['4']] as const) {
    Object.assign(stage.place, { id: `${stage.place.id.split('-')[0]}-${n}`, name: `lab-${n}` });
    for (const line of [NLP, ...more]) await stage.say(line);
  }
  await loseChannel(stage.db, (await findChannel(stage.db, stage.place))!, 'not_in_channel', 'not_in_channel: Type /invite @Paperround in the channel.');
  for (const line of ['/paper save 2607.00001', '/paper note 2607.00001 Mine.', '/paper read 2607.00001', '/paper save 2607.00002']) await stage.say(line);
  await show('one that is lost, one that is paused, and others');
  await show('for a guest', whose('guest'));
  const post = stage.adapter.post.bind(stage.adapter);
  stage.adapter.post = (message) => (message.channel.name === 'lab-3' ? Promise.reject(new PayloadRefused('Slack answered invalid_blocks: see the reference of its Web API')) : post(message));
  await stage.tick('2026-07-28T09:00:30Z');
  await show('after a morning on which one failed');
  const cannot = membership({ users: { conversations: () => Promise.reject(new Error('away')) } } as never, async () => ({ token: 'x' }) as never, 'U1', silent);
  await show('while Slack can’t tell', whose('admin', cannot.isIn));
  for (let n = 5; n <= 24; n++) {
    Object.assign(stage.place, { id: `${stage.place.id.split('-')[0]}-${n}`, name: `lab-${n}` });
    await stage.say(NLP);
  }
  await show('of somebody in very many channels, at its end', whose('admin'), 12);
  await end();
});

test('links', async () => {
  const { lines, docs, mind, end } = page('links');
  const stage = await on(slack);
  const { deps } = stage.app;
  await stage.say(NLP);
  const show = async (when: string, url: string) => {
    const previews = await previewLinks(stage.place, { id: when, urls: [url] }, deps);
    for (const { doc } of previews) mind(problemsOf(doc));
    lines(`Slack: ${when}`, Object.values(unfurlsOf(previews, 'T1')).flatMap(({ blocks, fallback }) => [...onSlack([{ blocks }]), { text: `Fallback: ${fallback}` }]));
  };
  await show('a link', 'https://arxiv.org/abs/2607.00002');
  await show('to an older version', 'https://arxiv.org/abs/2607.00001v1');
  await show('to a withdrawn paper', 'https://arxiv.org/abs/2607.00007');
  await stage.say('/paper save 2607.00003');
  await show('to one that was saved here', 'https://arxiv.org/abs/2607.00003');
  await stage.say('/paper save 2607.00005');
  await stage.tick('2026-07-28T09:00:30Z');
  await show('to one that was posted here', 'https://arxiv.org/abs/2607.00004');
  await show('to one that was posted and saved here', 'https://arxiv.org/abs/2607.00005');
  const look = await on(discord);
  const who = { channel: look.place, person: { id: 'ana', name: 'Ana', profile: async () => ({ standing: 'member' as const }) } };
  docs('Discord, Look up paper: a message without one', await papersIn('Good morning.', who, deps), [discord]);
  docs('Discord, Look up paper: a message with four', (await papersIn('2607.00002 2607.00003 2607.00004 2607.00005', who, deps)).slice(-1), [discord]);
  await end();
});

test('the greeting', async () => {
  const { docs, end } = page('greeting');
  docs('in a channel without a roundup', [greeting()]);
  await end();
});

const said = (error: unknown) => (error instanceof NotAllowed ? error.fix : error instanceof Error ? error.message : String(error));
const inWords = (can: Preflight) => (can.ok ? 'All is well.' : `${can.problem} ${can.fix}`);

test('what is in Slack’s way', async () => {
  const { words, lines, mind, end } = page('slack');
  const bot = { token: 'xoxb', name: 'Paperround' };
  const refused = (error: string) => Object.assign(new Error(error), { code: 'slack_webapi_platform_error', data: { error } });
  const asked = async (answer: () => Promise<unknown>, allowed = true) =>
    inWords(await slackPreflight({ conversations: { info: answer } } as never, { bot: () => (allowed ? Promise.resolve(bot) : Promise.reject(new NotAllowed('not_installed', 'Install the Slack app again: open /slack/install at Paperround’s address.'))) } as never, { platform: 'slack', workspace: 'T1', id: 'C1' }));
  words('before posting: it is not in the channel', await asked(async () => ({ channel: { is_member: false } })));
  words('before posting: the channel is archived', await asked(async () => ({ channel: { is_archived: true } })));
  words('before posting: the channel can’t be seen', await asked(() => Promise.reject(refused('channel_not_found'))));
  words('before posting: the token was refused', await asked(() => Promise.reject(refused('invalid_auth'))));
  words('before posting: it isn’t installed', await asked(async () => ({}), false));
  for (const code of ['not_in_channel', 'restricted_action', 'missing_scope', 'token_revoked']) words(`while posting: ${code}`, said(slackVerdict(refused(code))));
  const answer = { doc: { ...say('3 papers that you saved, as BibTeX.'), file: { name: 'saved-papers.bib', text: '' } }, audience: 'asker' as const };
  const client = (upload: () => Promise<unknown>) => ({ conversations: { open: async () => ({ channel: { id: 'D1' } }) }, files: { uploadV2: upload } }) as never;
  for (const [when, upload] of [['is sent', async () => ({})], ['is not, for now', () => Promise.reject(new Error('reset'))], ['is not allowed', () => Promise.reject(refused('missing_scope'))]] as const) {
    const { doc } = await withFile(client(upload), async () => bot as never, 'U1', answer, silent);
    lines(`a file ${when}`, readOn(slack, slack.render(doc)));
  }
  const store = installationStore({ installations: { get: async () => undefined } as unknown as PlatformIo['installations'] }, {} as never);
  const installing = async (what: object) => said(await store.storeInstallation(what as never).catch((error: unknown) => error as Error));
  words('an installation for a whole organisation', await installing({ isEnterpriseInstall: true }));
  words('an installation without a bot', await installing({ team: { id: 'T1' } }));
  words('an installation with token rotation', await installing({ team: { id: 'T1' }, bot: { refreshToken: 'x' } }));
  words('where it isn’t installed', said(await store.fetchInstallation({ teamId: 'T1' } as never).catch((error: unknown) => error)));
  const long: Doc = { title: 'Many papers', summary: 'Many papers.', blocks: Array.from({ length: 101 }, () => note('One more.')) };
  lines('a view that holds less than there is', onSlack([{ ...answerView(long, { id: 'C1', name: 'reading' }) }]).slice(-2));
  const parts = slack.render(long);
  mind(parts.flatMap((payload) => slackProblems(payload)));
  words('the fallbacks of a message in parts', ...parts.map(({ text }) => text as string));
  await end();
});

test('what is in Discord’s way', async () => {
  const { words, lines, end } = page('discord');
  const me = '1';
  const asked = async (channel: object | Error, permissions = '0') =>
    inWords(
      await discordPreflight(async (_: string, path: string) => {
        if (channel instanceof Error) throw channel;
        if (path.includes('/members/')) return { user: { id: me }, roles: [] };
        return path.startsWith('/guilds/') ? { id: '9', owner_id: '2', roles: [{ id: '9', permissions }] } : { guild_id: '9', ...channel };
      }, me, { platform: 'discord', workspace: '9', id: '5', name: 'reading' }),
    );
  const refused = (code: number, status = 403) => Object.assign(new Error('Refused'), { code, status });
  words('before posting: rights are missing', await asked({ type: 0, name: 'reading' }));
  words('before posting: one right is missing', await asked({ type: 11, name: 'a thread', parent_id: '5' }, String((1n << 10n) | (1n << 14n) | (1n << 16n))));
  words('before posting: it takes no messages', await asked({ type: 4, name: 'reading' }));
  words('before posting: a forum without a tag', await asked({ type: 15, name: 'papers', flags: 1 << 4 }));
  words('before posting: it can’t be seen', await asked(refused(50001)));
  words('before posting: it is gone', await asked(refused(10003, 404)));
  words('before posting: Discord can’t be asked', await asked(new Error('connect ECONNREFUSED')));
  for (const code of [50001, 50007, 50013, 50008, 40067, 160005]) words(`while posting: ${code}`, said(discordVerdict(refused(code))));
  const many: Doc = { title: 'Many buttons', summary: 'Many buttons.', blocks: [], actions: Array.from({ length: 30 }, (_, n) => ({ label: `Button ${n + 1}`, says: `Button ${n + 1}`, call: { name: 'paper', text: `id:${n}` } })) };
  lines('buttons that are too many for one message', readOn(discord, discord.render(many).slice(1)));
  await end();
});

test('the lists of commands', async () => {
  const { lines, end } = page('commands');
  const all = applicationCommands([paper, roundup]) as { name: string; description?: string; options?: { name: string; description: string; options?: { name: string; description: string }[] }[] }[];
  lines('Discord', all.flatMap(({ name, description, options = [] }) => [
    { text: `/${name}: ${description ?? 'in the menu of a message'}` },
    ...options.flatMap((option) => [{ text: `  ${option.name}: ${option.description}` }, ...(option.options ?? []).map((one) => ({ text: `    ${one.name}: ${one.description}` }))]),
  ]));
  lines('what /paper takes', paper.verbs.flatMap(({ name, options }) => options.map((option) => ({ text: `${name} ${option.name}: ${option.summary}` }))));
  const cut = [paper, roundup].flatMap(({ verbs }) => verbs.flatMap((verb) => [verb, ...verb.options])).filter(({ summary }) => summary.length > 100 || /[.!]$/.test(summary));
  expect(cut.map(({ name, summary }) => `${name}: ${summary}`)).toEqual([]);
  await end();
});

test('what is suggested while somebody types', async () => {
  const { lines, end } = page('suggestions');
  const stage = await on(discord);
  for (const line of [NLP, '/roundup subscribe "state space models"']) await stage.say(line);
  for (const [line, option] of [['/paper attention', 'query'], ['/paper lovel', 'query'], ['/paper save grip', 'query'], ['/roundup subscribe robo', 'topic'], ['/roundup subscribe bonh', 'topic'], ['/roundup unsubscribe ', 'topic'], ['/roundup schedule 09:00 new_yo', 'when'], ['/roundup why knots', 'paper']] as const) {
    const [, command, text] = /^\/(\S+) (.*)$/s.exec(line)!;
    const choices = await complete({ command: command!, text: text!, option, channel: stage.place, person: { id: 'ana', profile: async () => ({ standing: 'admin' }) } }, stage.app.deps);
    lines(line, [{ menu: option, options: choices.map(({ label }) => label) }]);
  }
  await end();
});

test('why a day was quiet', async () => {
  const { docs, end } = page('quiet-days');
  for (const [when, on] of [['a weekend', '2026-08-01'], ['a holiday', '2026-07-03']] as const) docs(when, [quietDoc(on, noListWhy(on, ['2026-07-03'])!)], [slack, discord, terminal]);
  await end();
});

test('why a channel was lost', async () => {
  const { lines, end } = page('lost-codes');
  const codes = ['channel_not_found', 'is_archived', 'not_in_channel', 'app_uninstalled', 'tokens_revoked', 'token_revoked', 'token_expired', 'account_inactive', 'invalid_auth', 'not_authed', 'missing_scope', 'restricted_action', 'restricted_action_read_only_channel', '10003', '10004', '50001', '50013', 'missing_permission', 'removed_from_server', 'channel_deleted', 'thread_deleted'];
  lines('in words', codes.map((code) => ({ text: lostInWords(code) })));
  await end();
});

test('the terminal', async () => {
  const { words, end } = page('terminal');
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = '';
  output.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  await new Promise<void>((ended) => {
    openTerminal({ log: silent } as unknown as PlatformIo, { input, output, ended });
    input.end('7\n');
  });
  words('a number that no button has', shown.trim());
  await end();
});
