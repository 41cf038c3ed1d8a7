// The proof's own eyes: each way in which a delivery can be wrong is seen.
import { expect, test } from 'vitest';
import { check, type Held } from './check.ts';
import type { LedgerRow } from './child.ts';

const due = { platform: 'slack', channel: 'C1', on: '2026-07-28' };
const parent = { key: 'a', position: 0, reply: false, status: 'sent', error: null, attempts: 1 };
const reply = { key: 'b', position: 1, reply: true, status: 'sent', error: null, attempts: 1 };
const row: LedgerRow = { ...due, status: 'sent', why: null, messages: [parent, reply] };
const heldParent: Held = { platform: 'slack', channel: 'C1', key: 'a', under: undefined, id: '100.000001' };
const heldReply: Held = { ...heldParent, key: 'b', under: '100.000001', id: '101.000002' };

const judge = (ledger: LedgerRow[], held: Held[], doubtAllowed = false) => check([due], ledger, held, () => doubtAllowed);

test('a delivery that is as it should be has no problem', () => {
  expect(judge([row], [heldParent, heldReply])).toEqual({ problems: [], messages: 2, sent: 2, inDoubt: 0, doubles: 0, lost: 0 });
});

test('a message that a platform holds twice is a double', () => {
  expect(judge([row], [heldParent, heldReply, { ...heldReply, id: '102.000003' }])).toMatchObject({ doubles: 1, lost: 0 });
});

test('a message that no ledger knows is a double', () => {
  expect(judge([row], [heldParent, heldReply, { ...heldParent, key: 'c' }])).toMatchObject({ doubles: 1 });
});

test('a message that is sent by the ledger and not there is lost', () => {
  expect(judge([row], [heldParent])).toMatchObject({ doubles: 0, lost: 1 });
});

test('a slot without a roundup is lost, and so is one that was skipped', () => {
  expect(judge([], [])).toMatchObject({ lost: 1 });
  expect(judge([{ ...row, status: 'skipped', why: 'missed', messages: null }], [])).toMatchObject({ lost: 1 });
});

test('a slot that doesn’t end, or ends without a reason, is a problem', () => {
  expect(judge([{ ...row, status: 'queued', why: 'x' }], [heldParent, heldReply]).problems).toHaveLength(1);
  expect(judge([{ ...row, status: 'failed', messages: [] }], []).problems).toHaveLength(1);
});

test('a doubt is a problem where the platform could be asked, and none where it could not', () => {
  const doubtful: LedgerRow = { ...row, why: 'no answer', messages: [parent, { ...reply, status: 'in_doubt', error: 'no answer' }] };
  expect(judge([doubtful], [heldParent]).problems).toHaveLength(1);
  expect(judge([doubtful], [heldParent], true)).toMatchObject({ problems: [], inDoubt: 1 });
  expect(judge([doubtful], [heldParent, heldReply, { ...heldReply, id: '103.1' }], true)).toMatchObject({ doubles: 1 });
});

test('a message that failed and is there all the same is a double', () => {
  expect(judge([{ ...row, messages: [parent, { ...reply, status: 'failed', error: 'x' }] }], [heldParent, heldReply])).toMatchObject({ doubles: 1 });
});

test('a message that should stand in the channel itself and hangs under another is a problem', () => {
  const each = { ...row, messages: [parent, { ...reply, reply: false }] };
  expect(judge([each], [heldParent, { ...heldReply, under: undefined }]).problems).toEqual([]);
  expect(judge([each], [heldParent, heldReply]).problems).toHaveLength(1);
});

test('the wrong place, the wrong thread and the wrong order are problems', () => {
  expect(judge([row], [{ ...heldParent, channel: 'C2' }, heldReply]).problems).toHaveLength(1);
  expect(judge([row], [heldParent, { ...heldReply, under: '99.1' }]).problems).toHaveLength(1);
  expect(judge([row], [heldParent, { ...heldReply, id: '099.000001' }]).problems).toHaveLength(1);
});
