// Failures on demand: what a loopback Discord does in place of its answer.
import type { ServerResponse } from 'node:http';
import type { Request, Response } from './discord-rest.ts';

/** `act first` faults lose the answer after Discord did what was asked. */
export type Fault =
  | 'reset'
  | 'reset after acting'
  | 'silence'
  | 'html'
  | 'half an answer'
  | { status: number; code?: number }
  | { retryAfter: number };

export function faultsOf() {
  const pending: { route: string; fault: Fault; left: number }[] = [];
  return {
    add(route: string, fault: Fault, times: number): void {
      pending.push({ route, fault, left: times });
    },
    matches,
    /** The answer to give; undefined when the fault has taken the response over. */
    apply(request: Request, response: ServerResponse, act: () => Response): Response | undefined {
      const due = pending.find(({ route, left }) => left > 0 && matches(route, request));
      if (!due) return act();
      due.left--;
      return play(due.fault, response, act);
    },
  };
}

function matches(route: string, { method, path }: Request): boolean {
  return new RegExp(`^${route.replace(/\*/g, '[^/]+')}$`).test(`${method} ${path}`);
}

function play(fault: Fault, response: ServerResponse, act: () => Response): Response | undefined {
  if (typeof fault === 'object' && 'retryAfter' in fault) {
    response.setHeader('retry-after', String(fault.retryAfter));
    return { status: 429, body: { message: 'You are being rate limited.', retry_after: fault.retryAfter, global: false } };
  }
  if (typeof fault === 'object') return { status: fault.status, body: { code: fault.code ?? 0, message: 'scripted' } };
  if (fault === 'reset after acting' || fault === 'half an answer') act();
  if (fault === 'html') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in to the network</html>');
  if (fault === 'half an answer') response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":');
  if (fault.startsWith('reset')) response.destroy();
  return undefined;
}
