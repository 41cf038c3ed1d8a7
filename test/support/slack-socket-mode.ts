// Slack's side of Socket Mode: hello, envelopes, acks, and delivering again what was not acknowledged.
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';

type Json = Record<string, unknown>;

interface Waiting {
  envelope: { envelope_id: string; type: string; payload: Json };
  acknowledged: (payload: Json | undefined) => void;
}

export function startSocketMode(http: Server) {
  const sockets = new WebSocketServer({ server: http, path: '/socket' });
  const open = new Set<WebSocket>();
  const waiting = new Map<string, Waiting>();
  let connections = 0;

  sockets.on('connection', (socket) => {
    connections++;
    socket.on('message', (data) => {
      const { envelope_id: id, payload } = JSON.parse((data as Buffer).toString()) as { envelope_id: string; payload?: Json };
      waiting.get(id)?.acknowledged(payload);
      waiting.delete(id);
    });
    socket.on('close', () => open.delete(socket));
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
    open.add(socket);
    for (const { envelope } of waiting.values()) dispatch(envelope, { retry_attempt: 1, retry_reason: 'timeout' });
  });

  // Slack picks any one of the connections.
  function dispatch(envelope: Waiting['envelope'], retry = {}): void {
    const [socket] = open;
    socket?.send(JSON.stringify({ ...envelope, ...retry, accepts_response_payload: false }));
  }

  return {
    /** How many connections there were so far. */
    connections: () => connections,
    /** Sends an envelope, and again on the next connection until it is acknowledged; resolves then, with what came with it. */
    send(type: string, payload: Json): Promise<Json | undefined> {
      return new Promise((resolve) => {
        const envelope = { envelope_id: randomUUID(), type, payload };
        waiting.set(envelope.envelope_id, { envelope, acknowledged: resolve });
        dispatch(envelope);
      });
    },
    /** Tells the bot to connect anew, as Slack does every few hours. */
    refresh() {
      for (const socket of open) socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    },
    /** The connections break without a word. */
    cut() {
      for (const socket of open) socket.terminate();
    },
    close() {
      for (const socket of open) socket.terminate();
      sockets.close();
    },
  };
}
