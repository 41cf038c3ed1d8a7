// What the schedules are made of.
import { expect, test } from 'vitest';
import { drawPlan } from './plan.ts';

const plans = Array.from({ length: 500 }, (_, seed) => drawPlan(seed));

test('the same seed draws the same schedule', () => {
  expect(drawPlan(7)).toEqual(drawPlan(7));
  expect(drawPlan(7)).not.toEqual(drawPlan(8));
});

test('500 schedules have every number of processes, every step of a death and every fault in them', () => {
  expect(new Set(plans.map(({ database, clocks }) => `${database} ${clocks.length}`))).toEqual(new Set(['embedded 1', 'postgres 1', 'postgres 2', 'postgres 4']));
  const kills = plans.flatMap((plan) => plan.kills.flat().map(({ step }) => step));
  expect(new Set(kills)).toEqual(new Set(['after insert', 'after lease', 'after the answer', 'after the receipt', 'at any moment']));
  const faults = plans.flatMap((plan) => plan.network.filter(({ request }) => request === 'post').map(({ fault }) => fault));
  expect(new Set(faults)).toEqual(
    new Set([
      ...['during send, lost', 'during send, done', 'after the platform accepted'],
      ...['reset before', 'reset after', 'silence before', 'silence after', 'half an answer'],
      ...['limited', '500 before', '500 after', '502 page', '200 page'],
    ]),
  );
});

test('500 schedules have every layout on both platforms, and in forums', () => {
  const looks = plans.flatMap(({ channels }) => channels.map(({ platform, layout, forum }) => `${platform} ${layout}${forum ? ' forum' : ''}`));
  expect(new Set(looks)).toEqual(new Set(['compact', 'full', 'each'].flatMap((layout) => [`slack ${layout}`, `discord ${layout}`, `discord ${layout} forum`])));
});

test('nothing keeps the bot away for so long that it may skip a slot', () => {
  const HOUR = 3_600_000;
  expect(Math.max(...plans.map(({ downtimes }) => downtimes.reduce((all, one) => all + one, 0)))).toBeLessThan(6 * HOUR);
});
