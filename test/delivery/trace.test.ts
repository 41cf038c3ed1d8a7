// Each line of the log about a slot carries its name, so that its whole life can be read by it.
import { describe, expect, test } from 'vitest';
import { NotAllowed, OutcomeUnknown, PayloadRefused, TryLater } from '../../src/core/errors.ts';
import type { Log } from '../../src/core/log.ts';
import { reconcile } from '../../src/db/reconcile.ts';
import { enqueueDue } from '../../src/delivery/tick.ts';
import { sendDue } from '../../src/delivery/send.ts';
import { useDb } from '../support/db.ts';
import { aChannel, deliveryOf, havePapers, MONDAY, paperPlatform, stoppedClock } from '../support/factories.ts';

const db = useDb();
const SLOT = '1/2026-07-27/daily';

async function rig({ papers = 1 } = {}) {
  const lines: { text: string; slot?: string }[] = [];
  const write = (data: object, text: string) => void lines.push({ ...data, text });
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const platform = paperPlatform();
  const clock = stoppedClock(MONDAY);
  await havePapers(db(), Array.from({ length: papers }, () => ({})));
  await aChannel(db());
  const delivery = { ...deliveryOf(db(), platform), log };
  return {
    clock,
    platform,
    tick: (waitFor?: string) => enqueueDue({ ...delivery, unsettled: async () => waitFor }, clock.now()),
    send: () => sendDue({ db: db(), log, now: clock.now, platform: platform.name, adapter: platform.adapter, owner: 'one' }),
    /** The texts of all lines, of which each must name the slot. */
    told: () => {
      expect(lines.filter(({ slot }) => slot !== SLOT)).toEqual([]);
      return lines.map(({ text }) => text);
    },
  };
}

describe('the log names the slot', () => {
  test('that waits, is queued, and is sent', async () => {
    const { tick, send, told } = await rig();
    await tick('waiting for arXiv');
    await tick();
    await send();
    const each = ['message leased', 'message posted', 'message sent'];
    expect(told()).toEqual(['roundup waits for its sources', 'roundup queued', ...each, ...each]);
  });

  test('that is skipped', async () => {
    const { tick, told } = await rig({ papers: 0 });
    await tick();
    expect(told()).toEqual(['roundup skipped']);
  });

  test.each([
    ['is tried again', [new TryLater(1_000, 'ratelimited')], []],
    ['fails', [new PayloadRefused('invalid_blocks')], ['message failed']],
    ['is lost with its channel', [new NotAllowed('not_in_channel', 'Invite it.')], ['message failed', 'channel lost']],
    ['is in doubt', [new OutcomeUnknown('reset'), new OutcomeUnknown('reset')], ['message leased', 'message not sent', 'message in doubt']],
  ])('whose message %s', async (_what, errors, end) => {
    const { platform, clock, tick, send, told } = await rig();
    platform.adapter.post = () => Promise.reject(errors[0]!);
    await tick();
    for (const _error of errors) {
      await send();
      clock.forward(60_000);
    }
    expect(told()).toEqual(['roundup queued', 'message leased', 'message not sent', ...end]);
  });

  test('that a process left unfinished', async () => {
    const { clock, tick } = await rig();
    await tick();
    clock.forward(25 * 3_600_000);
    expect(await reconcile(db(), clock.now())).toEqual([{ slot: SLOT, status: 'failed', why: 'its day was over before it could be sent' }]);
  });
});
