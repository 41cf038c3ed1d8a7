// What is measured, in Prometheus's words. Loaded only when the HTTP server opens.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ConnectionState } from './core/platform.ts';
import type { Observe } from './core/observe.ts';
import type { DeliveryHealth } from './db/delivery-health.ts';

/** What stands when it is asked for; what the database could not say is missing. */
export interface Standing {
  now: Date;
  platforms: Record<string, ConnectionState>;
  database: boolean;
  ready: boolean;
  delivery?: DeliveryHealth;
  sources?: { name: string; lastGoodAt: Date | undefined }[];
}

export interface Metrics {
  observe: Observe;
  /** It took this long to make what was due. */
  ticked(seconds: number): void;
  /** A command or a button was answered. `command` must be one of ours: each makes a series. */
  answered(command: string, seconds: number): void;
  /** Everything as Prometheus reads it, in `contentType`. */
  text(standing: Standing): Promise<string>;
  contentType: string;
}

/** Seconds; a roundup of a busy minute takes minutes, one that waited for its sources half an hour, a late one hours. */
const DELAYS = [5, 15, 30, 60, 120, 300, 600, 1_200, 2_400, 7_200, 21_600];
const DURATIONS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const gauge = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) => new Gauge({ name: `paperround_${name}`, help, labelNames, registers });
  const messages = new Counter({ name: 'paperround_messages_total', help: 'Messages that came to their end, by outcome', labelNames: ['platform', 'outcome'], registers });
  const delay = new Histogram({ name: 'paperround_delivery_delay_seconds', help: 'From when a roundup was due to when a message of it was sent', labelNames: ['platform'], buckets: DELAYS, registers });
  const ticks = new Histogram({ name: 'paperround_tick_seconds', help: 'How long a tick took to make what was due and write it into the outbox', buckets: DURATIONS, registers });
  const answers = new Histogram({ name: 'paperround_answer_seconds', help: 'How long commands and buttons took to answer', labelNames: ['command'], buckets: DURATIONS, registers });
  const ready = gauge('ready', '1 when /readyz answers 200');
  const database = gauge('database_up', '1 when the database answers');
  const connected = gauge('connected', '1 when the platform is connected', ['platform']);
  const eventAge = gauge('last_event_age_seconds', 'Since the platform was last heard', ['platform']);
  const sentAge = gauge('last_delivery_age_seconds', 'Since any message was last sent');
  const pending = gauge('pending_messages', 'Messages that are queued or under way');
  const pendingAge = gauge('oldest_pending_age_seconds', 'Since the oldest of them was first wanted; 0 when there is none');
  const overdue = gauge('overdue_slots', 'Slots that should have come to their end by now');
  const lost = gauge('lost_channels', 'Channels that a platform took away from the bot');
  const sourceAge = gauge('source_age_seconds', 'Since a source was last read well', ['source']);

  return {
    contentType: registry.contentType,
    observe(event, platform, delaySeconds) {
      messages.inc({ platform, outcome: event });
      if (delaySeconds !== undefined) delay.observe({ platform }, Math.max(0, delaySeconds));
    },
    ticked: (seconds) => ticks.observe(seconds),
    answered: (command, seconds) => answers.observe({ command }, seconds),
    async text({ now, platforms, delivery, sources, ...state }) {
      const age = (at: Date) => Math.max(0, (now.getTime() - at.getTime()) / 1_000);
      // What isn't known now has no value, rather than the one of a minute ago.
      for (const one of [connected, eventAge, sourceAge]) one.reset();
      for (const one of [sentAge, pending, pendingAge, overdue, lost]) one.remove();
      ready.set(state.ready ? 1 : 0);
      database.set(state.database ? 1 : 0);
      for (const [platform, { connected: is, lastEventAt }] of Object.entries(platforms)) {
        connected.set({ platform }, is ? 1 : 0);
        if (lastEventAt) eventAge.set({ platform }, age(lastEventAt));
      }
      if (delivery) {
        if (delivery.lastSentAt) sentAge.set(age(delivery.lastSentAt));
        pending.set(delivery.pending.messages);
        pendingAge.set(delivery.pending.since ? age(delivery.pending.since) : 0);
        overdue.set(delivery.overdue.slots);
        lost.set(delivery.lost);
      }
      for (const { name, lastGoodAt } of sources ?? []) if (lastGoodAt) sourceAge.set({ source: name }, age(lastGoodAt));
      return registry.metrics();
    },
  };
}
