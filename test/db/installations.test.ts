// What workspaces entrust to the bot: sealed, bound to the workspace, and under keys that can be changed.
import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { endInstallation, readInstallation, resealInstallations, saveInstallation } from '../../src/db/installations.ts';
import { parseKeys } from '../../src/db/key-ring.ts';
import { installations } from '../../src/db/schema.ts';
import { seal, unseal } from '../../src/db/sealed.ts';
import { useDb } from '../support/db.ts';

const code = () => randomBytes(32).toString('base64');
const OLD = `old:${code()}`;
const NEW = `new:${code()}`;

describe('keys', () => {
  test('are read with their names, newest first', () => {
    expect(parseKeys(` ${NEW} , ${OLD}`).map(({ id }) => id)).toEqual(['new', 'old']);
  });

  test.each([
    ['no name', code(), /name:key/],
    ['nothing', '', /name:key/],
    ['a comma too many', `${NEW},`, /name:key/],
    ['a short key', `a:${randomBytes(16).toString('base64')}`, /a: a key has 32 bytes .* this one 16/],
    ['a name twice', `a:${code()},a:${code()}`, /two keys of the name a/],
  ])('%s is told without a key', (_, text, problem) => {
    const told = (() => {
      try {
        return parseKeys(text);
      } catch (error) {
        return error;
      }
    })();
    expect(told).toBeInstanceOf(ConfigError);
    expect((told as ConfigError).message).toMatch(problem);
    for (const part of text.split(/[:,]/).filter((one) => one.length > 10)) expect((told as ConfigError).message).not.toContain(part);
  });
});

describe('a sealed secret', () => {
  const keys = parseKeys(NEW);

  test('opens with its key, and shows nothing of itself', () => {
    const sealed = seal(keys, 'xoxb-secret', 'T1');
    expect(sealed).not.toContain('xoxb');
    expect(Buffer.from(sealed.split('.')[2]!, 'base64url').toString('latin1')).not.toContain('xoxb');
    expect(unseal(keys, sealed, 'T1')).toEqual({ text: 'xoxb-secret', old: false });
  });

  test('is never the same twice', () => {
    expect(seal(keys, 'xoxb-secret', 'T1')).not.toBe(seal(keys, 'xoxb-secret', 'T1'));
  });

  test('opens with an older key of the ring, and says so', () => {
    expect(unseal(parseKeys(`${NEW},${OLD}`), seal(parseKeys(OLD), 'xoxb-secret', 'T1'), 'T1')).toEqual({ text: 'xoxb-secret', old: true });
  });

  test('doesn’t open for another workspace, with another key of its name, changed, cut short, or under another name', () => {
    const sealed = seal(keys, 'xoxb-secret', 'T1');
    const [version, id, body] = sealed.split('.');
    const bytes = Buffer.from(body!, 'base64url');
    bytes[14]! ^= 1;
    const both = parseKeys(`${NEW},${NEW.replace('new', 'other')}`);
    expect(() => unseal(keys, sealed, 'T2')).toThrow(/doesn't open/);
    expect(() => unseal(parseKeys(`new:${code()}`), sealed, 'T1')).toThrow(/another key/);
    expect(() => unseal(keys, [version, id, bytes.toString('base64url')].join('.'), 'T1')).toThrow(/doesn't open/);
    for (const short of ['', 'AAAA', body!.slice(0, -4)]) expect(() => unseal(keys, [version, id, short].join('.'), 'T1')).toThrow(/doesn't open/);
    expect(() => unseal(both, [version, 'other', body].join('.'), 'T1')).toThrow(/doesn't open/);
  });

  test('whose key is missing asks for it by its name', () => {
    expect(() => unseal(keys, seal(parseKeys(OLD), 'x', 'T1'), 'T1')).toThrow(/lacks the key “old”.* put it back/);
  });
});

describe('installations', () => {
  const db = useDb();
  const T1 = { platform: 'slack', workspace: 'T1' };
  const keys = parseKeys(NEW);
  const MONDAY = new Date('2026-07-27T08:00:00.123Z');
  const LATER = new Date('2026-07-28T08:00:00.456Z');
  const sealedOf = async (workspace: string) => (await db().select().from(installations).where(eq(installations.workspace, workspace)))[0]!.sealed!;

  test('are read back for their own workspace alone', async () => {
    await saveInstallation(db(), keys, T1, { secret: 'one', by: 'U1' }, MONDAY);
    await saveInstallation(db(), keys, { ...T1, workspace: 'T2' }, { secret: 'two', by: 'U2' }, MONDAY);
    expect(await readInstallation(db(), keys, T1)).toEqual({ secret: 'one', installedAt: MONDAY });
    expect(await readInstallation(db(), keys, { ...T1, workspace: 'T2' })).toMatchObject({ secret: 'two' });
    expect(await readInstallation(db(), keys, { ...T1, workspace: 'T3' })).toBeUndefined();
  });

  test('of one workspace don’t open in the row of another', async () => {
    await saveInstallation(db(), keys, T1, { secret: 'one', by: 'U1' }, MONDAY);
    await saveInstallation(db(), keys, { ...T1, workspace: 'T2' }, { secret: 'two', by: 'U2' }, MONDAY);
    await db().update(installations).set({ sealed: await sealedOf('T1') }).where(eq(installations.workspace, 'T2'));
    await expect(readInstallation(db(), keys, { ...T1, workspace: 'T2' })).rejects.toThrow(ConfigError);
  });

  test('end, and their secret with them', async () => {
    await saveInstallation(db(), keys, T1, { secret: 'one', by: 'U1' }, MONDAY);
    expect(await endInstallation(db(), T1, MONDAY, 'app_uninstalled', LATER)).toBe(true);
    expect(await endInstallation(db(), T1, MONDAY, 'app_uninstalled', LATER)).toBe(false);
    expect(await readInstallation(db(), keys, T1)).toBeUndefined();
    expect(await db().select().from(installations)).toMatchObject([{ sealed: null, goneAt: LATER, goneCode: 'app_uninstalled' }]);
  });

  test('the end of an older one doesn’t touch a newer one', async () => {
    await saveInstallation(db(), keys, T1, { secret: 'one', by: 'U1' }, MONDAY);
    await saveInstallation(db(), keys, T1, { secret: 'two', by: 'U1' }, LATER);
    expect(await endInstallation(db(), T1, MONDAY, 'app_uninstalled', LATER)).toBe(false);
    expect(await readInstallation(db(), keys, T1)).toMatchObject({ secret: 'two' });
  });

  test('are sealed anew under a new key, which then opens them alone', async () => {
    const old = parseKeys(OLD);
    for (const workspace of ['T1', 'T2']) await saveInstallation(db(), old, { ...T1, workspace }, { secret: `of ${workspace}`, by: 'U1' }, MONDAY);
    expect(await resealInstallations(db(), parseKeys(`${NEW},${OLD}`), 'slack')).toBe(2);
    expect(await readInstallation(db(), keys, T1)).toMatchObject({ secret: 'of T1' });
    expect(await resealInstallations(db(), keys, 'slack')).toBe(2);
  });

  test('are left as they are when they have the newest key already', async () => {
    await saveInstallation(db(), keys, T1, { secret: 'one', by: 'U1' }, MONDAY);
    const before = await sealedOf('T1');
    await resealInstallations(db(), parseKeys(`${NEW},${OLD}`), 'slack');
    expect(await sealedOf('T1')).toBe(before);
  });

  test('that no key opens are told in a few words, however many they are', async () => {
    const old = parseKeys(OLD);
    const row = (n: number) => ({ platform: 'slack', workspace: `T${n}`, sealed: seal(old, 'x', `slack workspace T${n}`), installedBy: 'U1', installedAt: MONDAY });
    await db().insert(installations).values(Array.from({ length: 600 }, (_, n) => row(n)));
    const told = await resealInstallations(db(), keys, 'slack').catch((error: unknown) => error);
    expect(told).toBeInstanceOf(ConfigError);
    expect((told as ConfigError).problems).toHaveLength(4);
    expect((told as ConfigError).problems[3]).toBe('So it is with 597 more.');
  });
});
