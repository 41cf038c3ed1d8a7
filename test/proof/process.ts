// A process of the proof as its parent sees it: orders and answers, its log, and how it ended.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { FLAGS, startOf } from './build.ts';
import type { Order } from './child.ts';

export interface Line {
  level: string;
  text: string;
  slot?: string;
  [more: string]: unknown;
}

export class Died extends Error {}

export interface Process {
  /** Throws Died when the process ended before it answered, and what the order threw in it. */
  ask<T = unknown>(order: Order): Promise<T>;
  onLine: (line: Line) => void;
  kill(signal: 'SIGKILL' | 'SIGTERM'): void;
  alive(): boolean;
  /** Resolves with the signal or the status with which it ended. */
  ended: Promise<string>;
}

/** No order takes longer, in real milliseconds, on a busy machine. */
const MOST_MS = 120_000;

export function openProcess(program: string): Process {
  const child: ChildProcess = fork(startOf(program), { execArgv: FLAGS, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let ids = 0;
  const opened: Process = {
    ask<T>(order: Order): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (!opened.alive()) return reject(new Died('it is dead'));
        const id = ++ids;
        const timer = setTimeout(() => settle(id, (it) => it.reject(new Error(`${order.do} took longer than ${MOST_MS} ms`))), MOST_MS);
        const end = <V>(then: (value: V) => void) => (value: V) => (clearTimeout(timer), then(value));
        waiting.set(id, { resolve: end(resolve as (value: unknown) => void), reject: end(reject) });
        child.send({ id, order }, (error) => error && settle(id, (it) => it.reject(new Died(error.message))));
      });
    },
    onLine: () => {},
    kill: (signal) => void child.kill(signal),
    alive: () => child.exitCode === null && child.signalCode === null,
    ended: once(child, 'exit').then(([code, signal]) => String(signal ?? code)),
  };

  function settle(id: number, how: (it: { resolve(value: unknown): void; reject(error: Error): void }) => void): void {
    const it = waiting.get(id);
    waiting.delete(id);
    if (it) how(it);
  }

  child.on('message', ({ id, value, error }: { id: number; value?: unknown; error?: string }) => {
    settle(id, (it) => (error === undefined ? it.resolve(value) : it.reject(new Error(error))));
  });
  createInterface({ input: child.stderr! }).on('line', (text) => {
    opened.onLine(text.startsWith('{') ? (JSON.parse(text) as Line) : { level: 'error', text });
  });
  void opened.ended.then((how) => {
    for (const id of [...waiting.keys()]) settle(id, (it) => it.reject(new Died(how)));
  });
  return opened;
}

/** Processes that have loaded the program and do nothing: they are used again, since loading is what takes its time. */
export function poolOf(program: string) {
  const idle: Process[] = [];
  return {
    take: (): Process => {
      for (let one = idle.pop(); one; one = idle.pop()) if (one.alive()) return one;
      return openProcess(program);
    },
    giveBack(process: Process): void {
      process.onLine = () => {};
      idle.push(process);
    },
    close(): void {
      for (const process of idle) process.kill('SIGKILL');
    },
  };
}

export type Pool = ReturnType<typeof poolOf>;
