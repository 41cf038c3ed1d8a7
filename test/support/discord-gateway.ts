// The loopback gateway: hello, identify or resume, heartbeats, and events to whoever has the server's shard.
import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { BOT, GUILD, guildJson, type World } from './discord-world.ts';

interface Frame {
  op: number;
  d: { token?: string; intents?: number; session_id?: string; shard?: [number, number] } & Record<string, unknown>;
}

interface Session {
  id: string;
  shard: [number, number];
}

export function serveGateway(server: Server, world: World, { token, url }: { token: string; url: () => string }) {
  const sockets = new WebSocketServer({ server });
  const sessions = new Map<WebSocket, Session>();
  let sequence = 0;
  let refusal: number | undefined;
  const identified: { intents: number; shard: [number, number] }[] = [];
  let resumed = 0;

  const send = (socket: WebSocket, op: number, data: unknown, event?: string) => {
    socket.send(JSON.stringify({ op, d: data, s: event ? ++sequence : null, t: event ?? null }));
  };
  // Source: Discord's gateway reference, sharding: (guild_id >> 22) % num_shards; direct messages go to shard 0.
  const has = ({ shard: [id, count] }: Session, guild: string | undefined) => id === (guild ? Number((BigInt(guild) >> 22n) % BigInt(count)) : 0);
  const greet = (socket: WebSocket, { d }: Frame) => {
    const { intents = 0, shard = [0, 1] } = d;
    if (d.token !== token) return socket.close(4004, 'Authentication failed.');
    if (refusal) return socket.close(refusal);
    identified.push({ intents, shard });
    const session = { id: `session-${identified.length}`, shard };
    sessions.set(socket, session);
    const isThere = world.member && has(session, GUILD);
    const guilds = isThere ? [{ id: GUILD, unavailable: true }] : [];
    send(socket, 0, { v: 10, user: BOT, guilds, session_id: session.id, shard, resume_gateway_url: url(), application: { id: BOT.id, flags: 0 } }, 'READY');
    if (isThere) send(socket, 0, guildJson(world), 'GUILD_CREATE');
  };
  const resume = (socket: WebSocket, id: string | undefined) => {
    const before = [...sessions.values()].find((session) => session.id === id);
    if (!before) return send(socket, 9, false);
    sessions.set(socket, before);
    resumed++;
    send(socket, 0, {}, 'RESUMED');
  };
  sockets.on('connection', (socket) => {
    send(socket, 10, { heartbeat_interval: 45_000 });
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Frame;
      if (frame.op === 1) send(socket, 11, null);
      if (frame.op === 2) greet(socket, frame);
      if (frame.op === 6) resume(socket, frame.d.session_id);
    });
    socket.on('close', (code) => {
      // Only these end a session for good.
      if (code === 1000 || code === 1001) sessions.delete(socket);
    });
  });
  const open = () => [...sockets.clients].filter((socket) => sessions.has(socket) && socket.readyState === socket.OPEN);

  return {
    identified,
    /** How often a client took up its session again. */
    resumed: () => resumed,
    /** The shards that are connected, one for each connection. */
    shards: (): number[] => open().map((socket) => sessions.get(socket)!.shard[0]).sort(),
    /** Sends an event to whoever has the shard of its server. */
    dispatch: (event: string, data: object): void => {
      const { id, guild_id: of } = data as { id?: string; guild_id?: string };
      const guild = of ?? (event.startsWith('GUILD_') ? id : undefined);
      for (const socket of open()) if (has(sessions.get(socket)!, guild)) send(socket, 0, data, event);
    },
    /** Cuts every connection, as a network would. */
    drop(): void {
      for (const socket of sockets.clients) socket.terminate();
    },
    /** Closes every connection with one of Discord's codes, and each new login too. */
    refuse(code: number): void {
      refusal = code;
      for (const socket of sockets.clients) socket.close(code);
    },
    stop(): void {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
