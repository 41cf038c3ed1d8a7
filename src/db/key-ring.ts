// The keys of PAPERROUND_KEYS: the first seals, every one of them opens. So a key is changed: the new one is put before it.
import { ConfigError } from '../core/errors.ts';

export interface SealingKey {
  id: string;
  key: Buffer;
}

/** Newest first. */
export type KeyRing = [SealingKey, ...SealingKey[]];

const KEY_BYTES = 32;

/** Reads `name:key,name:key`, each key 32 bytes in base64. Throws ConfigError, which names no key's value. */
export function parseKeys(text: string): KeyRing {
  const keys = text.split(',').map((part): SealingKey => {
    const [, id, code] = /^\s*([\w-]{1,32}):([A-Za-z0-9+/_-]+=*)\s*$/.exec(part) ?? [];
    if (!id || !code) throw new ConfigError(['PAPERROUND_KEYS must look like name:key, or name:key,name:key; a key is made by: openssl rand -base64 32']);
    const key = Buffer.from(code, 'base64');
    if (key.length !== KEY_BYTES) throw new ConfigError([`PAPERROUND_KEYS, ${id}: a key has 32 bytes in base64, and this one ${key.length}; make one by: openssl rand -base64 32`]);
    return { id, key };
  });
  const twice = keys.find(({ id }, at) => keys.findIndex((other) => other.id === id) !== at);
  if (twice) throw new ConfigError([`PAPERROUND_KEYS has two keys of the name ${twice.id}.`]);
  return keys as KeyRing;
}
