// Secrets at rest: AES-256-GCM, bound to whose they are.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ConfigError } from '../core/errors.ts';
import type { KeyRing } from './key-ring.ts';

const CIPHER = 'aes-256-gcm';
/** What GCM is made for: NIST SP 800-38D, 8.2. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = 'v1';

/** Seals under the newest key. It opens only with the same `about`, such as whose secret it is. */
export function seal([{ id, key }]: KeyRing, text: string, about: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(bound(id, about));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [VERSION, id, sealed.toString('base64url')].join('.');
}

/** Opens what `seal` made; `old` when it was not under the newest key. Throws ConfigError when no key opens it. */
export function unseal(ring: KeyRing, sealed: string, about: string): { text: string; old: boolean } {
  const [version, id = '', code = ''] = sealed.split('.');
  const found = version === VERSION ? ring.find((one) => one.id === id) : undefined;
  if (!found) throw new ConfigError([`PAPERROUND_KEYS lacks the key “${id}”, under which ${about} is sealed: put it back, behind the newer ones.`]);
  const bytes = Buffer.from(code, 'base64url');
  try {
    const cipher = createDecipheriv(CIPHER, found.key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(bound(id, about))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), cipher.final()]).toString('utf8');
    return { text, old: found !== ring[0] };
  } catch {
    throw new ConfigError([`PAPERROUND_KEYS, ${id}: ${about} doesn't open with this key. It is another key than the one of that name before, or the row was changed.`]);
  }
}

function bound(id: string, about: string): Buffer {
  return Buffer.from(JSON.stringify([VERSION, id, about]));
}
