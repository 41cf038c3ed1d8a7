// The loopback gateway: hello, identify or resume, heartbeats, and events to whoever is connected.
import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { BOT, GUILD, guildJson, type World } from './discord-world.ts';

interface Frame {
  op: number;
  d: { token?: string; intents?: number; session_id?: string } & Record<string, unknown>;
}

const SESSION = 'session-1';

export function serveGateway(server: Server, world: World, { token, url }: { token: string; url: () => string }) {
  const sockets = new WebSocketServer({ server });
  let sequence = 0;
  const identified: { intents: number }[] = [];
  let resumed = 0;

  const send = (socket: WebSocket, op: number, data: unknown, event?: string) => {
    socket.send(JSON.stringify({ op, d: data, s: event ? ++sequence : null, t: event ?? null }));
  };
  const greet = (socket: WebSocket, { d }: Frame) => {
    if (d.token !== token) return socket.close(4004, 'Authentication failed.');
    identified.push({ intents: d.intents ?? 0 });
    const guilds = [{ id: GUILD, unavailable: true }];
    send(socket, 0, { v: 10, user: BOT, guilds, session_id: SESSION, resume_gateway_url: url(), application: { id: BOT.id, flags: 0 } }, 'READY');
    send(socket, 0, guildJson(world), 'GUILD_CREATE');
  };
  sockets.on('connection', (socket) => {
    send(socket, 10, { heartbeat_interval: 45_000 });
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Frame;
      if (frame.op === 1) send(socket, 11, null);
      if (frame.op === 2) greet(socket, frame);
      if (frame.op === 6 && frame.d.session_id === SESSION) {
        resumed++;
        send(socket, 0, {}, 'RESUMED');
      } else if (frame.op === 6) send(socket, 9, false);
    });
  });

  return {
    identified,
    /** How often a client took up its session again. */
    resumed: () => resumed,
    dispatch: (event: string, data: unknown): void => {
      for (const socket of sockets.clients) send(socket, 0, data, event);
    },
    /** Cuts every connection, as a network would. */
    drop(): void {
      for (const socket of sockets.clients) socket.terminate();
    },
    stop(): void {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
