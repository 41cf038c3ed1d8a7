// How long `/paper …` takes from request to rendered answer, and how long it keeps everything else waiting.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import type { Call } from '../src/core/chat.ts';
import { silent } from '../src/core/log.ts';
import type { OpenDb } from '../src/db/connect.ts';
import * as platforms from '../src/platforms/index.ts';
import type { Questions } from './questions.ts';

export interface Latency {
  /** Milliseconds of each answer. */
  ms: number[];
  /** The longest time that the event loop stood still, in milliseconds. */
  stall: number;
}

/** Asks every question once through the real command, rendered for Slack, after asking some to warm up. */
export async function measureAnswers(opened: OpenDb, questions: Questions): Promise<Map<string, Latency>> {
  const list = Object.values(platforms);
  const app = await createApp({
    opened,
    config: readConfig({}, list),
    log: { ...silent, error: (data, text) => console.error(text, data) },
    now: () => new Date(),
    platforms: list,
    // No answer may depend on the network here.
    fetch: () => Promise.reject(new Error('the bench is offline')),
  });
  const ask = async (text: string) => platforms.slack.renderAnswer(await app.handle(callOf(text)));
  try {
    for (const texts of Object.values(questions) as string[][]) for (const text of texts.slice(0, 20)) await ask(text);
    const measured = new Map<string, Latency>();
    for (const [kind, texts] of Object.entries(questions) as [string, string[]][]) measured.set(kind, await measure(texts, ask));
    return measured;
  } finally {
    await app.stop();
  }
}

export async function measure(texts: string[], ask: (text: string) => Promise<unknown>): Promise<Latency> {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const ms: number[] = [];
  for (const text of texts) {
    const started = performance.now();
    await ask(text);
    ms.push(performance.now() - started);
    // The embedded database may never have let go of the loop: what it held up is noticed here.
    await sleep(2);
  }
  loop.disable();
  return { ms, stall: loop.max / 1e6 };
}

function callOf(text: string): Call {
  return {
    command: 'paper',
    text,
    channel: { platform: 'slack', workspace: 'T1', id: 'C1' },
    person: { id: 'U1', profile: async () => ({ standing: 'member' }) },
  };
}
