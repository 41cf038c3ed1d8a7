import { expect, test } from 'vitest';
import { ConfigError } from '../../../src/core/errors.ts';
import { CHANNEL, GUILD } from '../../support/discord-server.ts';
import { MONDAY, stoppedClock } from '../../support/factories.ts';
import { messageOf, shareDatabase, startBot, startServer } from './bot.ts';

test('of two processes one has the connection; the other stands by, posts all the same, and takes over', async () => {
  const server = await startServer();
  const database = shareDatabase();
  const first = await startBot(database.process(), { server });
  const second = await startBot(database.process(), { server });
  expect(server.gateway.identified).toHaveLength(1);
  expect(first.adapter.state!()).toMatchObject({ connected: true });
  expect(first.adapter.state!().note).toBeUndefined();
  expect(second.adapter.state!().connected).toBe(true);
  expect(second.adapter.state!().note).toContain('stand-by');
  expect(await second.adapter.check!()).toContain('stand-by');
  await second.adapter.post(messageOf());
  expect(await second.adapter.preflight({ platform: 'discord', workspace: GUILD, id: CHANNEL })).toEqual({ ok: true });
  expect(server.messages(CHANNEL)).toHaveLength(1);

  await first.adapter.stop();
  await server.until(() => server.gateway.identified.length === 2, 'nobody took over');
  await server.until(() => server.commands().length > 0 && second.adapter.state!().note === undefined, 'the second is still on stand-by');
  await server.slash('paper', { query: 'attention' });
  expect([first.calls.length, second.calls.length]).toEqual([0, 1]);
});

test('a process that died keeps its shard only until its lease ends', async () => {
  const clock = stoppedClock();
  const server = await startServer();
  const database = shareDatabase(clock.now);
  const dead = database.process();
  await dead.leases.take('shard:0', 15_000);
  await startBot(database.process(), { server });
  expect(server.gateway.identified).toHaveLength(0);
  clock.forward(15_000);
  await server.until(() => server.gateway.identified.length === 1, 'nobody took over');
});

test('who loses a shard to another process lets go of it', async () => {
  const server = await startServer();
  const { leases } = shareDatabase().process();
  let taken = false;
  const bot = await startBot({ leases: { ...leases, take: async (name, ms) => !taken && (await leases.take(name, ms)) } }, { server });
  expect(server.gateway.shards()).toEqual([0]);
  taken = true;
  await server.until(() => server.gateway.shards().length === 0, 'the connection is still open');
  expect(bot.adapter.state!().note).toContain('stand-by');
});

test('without the database a shard is kept until its lease ends, and no longer', async () => {
  const clock = stoppedClock();
  const server = await startServer();
  const database = shareDatabase(clock.now);
  const { logged } = await startBot(database.process(), { server });
  database.broken = true;
  const failed = () => logged.filter(({ text }) => text === 'discord shards could not be looked after').length;
  await server.until(() => failed() > 1, 'the database was not asked');
  expect(server.gateway.shards()).toEqual([0]);
  clock.forward(16_000);
  await server.until(() => server.gateway.shards().length === 0, 'the connection is still open');
  database.broken = false;
  await server.until(() => server.gateway.identified.length === 2, 'the shard was not taken again');
});

test('as many shards as Discord asks for, each logged in once and in its turn', async () => {
  const server = await startServer();
  server.limits.shards = 4;
  const lines: string[] = [];
  const takeTurns = async ({ name }: { name: string }) => {
    lines.push(name);
    return new Date();
  };
  const { calls } = await startBot({ takeTurns }, { server });
  await server.until(() => server.gateway.shards().length === 4, 'not all shards were logged in');
  expect(server.gateway.identified.map(({ shard }) => shard.join(' of ')).sort()).toEqual(['0 of 4', '1 of 4', '2 of 4', '3 of 4']);
  expect(lines.filter((name) => name === 'logins:0')).toHaveLength(4);
  await server.slash('paper', { query: 'attention' });
  expect(calls).toHaveLength(1);
});

test('shards are spread where a process takes no more than so many', async () => {
  const server = await startServer();
  server.limits.shards = 4;
  const database = shareDatabase();
  const env = { DISCORD_TOKEN: server.token, DISCORD_API_URL: server.url, DISCORD_MAX_SHARDS: '2' };
  const first = await startBot({ ...database.process(), env }, { server });
  await server.until(() => server.gateway.shards().length === 2, 'the first did not take two');
  const second = await startBot({ ...database.process(), env }, { server });
  await server.until(() => server.gateway.shards().length === 4, 'not all shards were logged in');
  expect(server.gateway.shards()).toEqual([0, 1, 2, 3]);
  await Promise.all([first.adapter.stop(), second.adapter.stop()]);
  await server.until(() => server.gateway.shards().length === 0, 'a connection is still open');
});

test('when Discord asks for more shards, all processes count alike', async () => {
  const server = await startServer();
  const database = shareDatabase();
  await startBot(database.process(), { server });
  server.limits.shards = 2;
  await startBot(database.process(), { server });
  await server.until(() => server.gateway.shards().join() === '0,1', 'not both shards are there');
  const [before, ...after] = server.gateway.identified.map(({ shard }) => shard.join(' of '));
  expect(before).toBe('0 of 1');
  expect(after.sort()).toEqual(['0 of 2', '1 of 2']);
});

test('when few logins are left for the day nobody logs in, posts go on, and it is said', async () => {
  const clock = stoppedClock();
  const server = await startServer();
  Object.assign(server.limits, { remaining: 20, resetAfter: 3_600_000 });
  const { adapter, logged } = await startBot(shareDatabase(clock.now).process(), { server });
  expect(server.gateway.identified).toEqual([]);
  expect(adapter.state!().connected).toBe(false);
  expect(adapter.state!().note).toContain('only 20 of 1000 logins a day are left');
  expect(logged.filter(({ level }) => level === 'error').map(({ text }) => text)).toEqual(['discord not connected, trying again']);
  await adapter.post(messageOf());
  expect(server.messages(CHANNEL)).toHaveLength(1);

  server.limits.remaining = 1_000;
  clock.forward(31_000);
  await server.until(() => server.gateway.identified.length === 1, 'it did not log in');
});

test.each([4014, 4011])('a connection that Discord closes for good (%i) ends the process', async (code) => {
  const { server, lost, adapter } = await startBot();
  server.gateway.refuse(code);
  await server.until(() => lost.length > 0, 'it was not said');
  expect(lost[0]).toContain(`code ${code}`);
  expect(adapter.state!().connected).toBe(false);
});

test('a connection that isn’t back after ten minutes ends the process', async () => {
  const clock = stoppedClock(MONDAY);
  const { server, lost, adapter } = await startBot(shareDatabase(clock.now).process());
  server.gateway.stop();
  await server.until(() => !adapter.state!().connected, 'the cut was not noticed');
  clock.forward(9 * 60_000);
  expect(lost).toEqual([]);
  clock.forward(2 * 60_000);
  await server.until(() => lost.length > 0, 'it was not said');
  expect(lost[0]).toContain('no connection to Discord');
});

test('a gateway that refuses the token is an error in the settings', async () => {
  const server = await startServer();
  server.gateway.refuse(4004);
  await expect(startBot({}, { server })).rejects.toBeInstanceOf(ConfigError);
});

test.each(['GET /users/@me', 'GET /gateway/bot'])('a proxy’s page in place of %s is no bot: the start fails, and may be tried again', async (route) => {
  const server = await startServer();
  server.fail(route, 'html');
  await expect(startBot({}, { server })).rejects.toThrow('the answer was not Discord’s');
  expect(server.gateway.identified).toEqual([]);
  await startBot({}, { server });
  expect(server.gateway.identified).toHaveLength(1);
});

test('a command that two processes are given while a shard changes hands is answered by one', async () => {
  const server = await startServer();
  const { claim } = shareDatabase().process();
  const bots = [await startBot({ claim }, { server }), await startBot({ claim }, { server })];
  expect(server.gateway.shards()).toEqual([0, 0]);
  const seen = await server.slash('paper', { query: 'attention' });
  expect(bots.flatMap(({ calls }) => calls)).toHaveLength(1);
  expect(seen.ephemeral).toHaveLength(1);
  expect(bots.flatMap(({ logged }) => logged).filter(({ level }) => level === 'error')).toEqual([]);
});
