// Names of people, compared part by part.

/** `José García-López` is `jose`, `garcia`, `lopez`. */
export function nameParts(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** Whether this author is who was asked for: each part asked is a part of the name; a single letter, the start of one. */
export function isNamed(author: string[], asked: string[]): boolean {
  return asked.every((part) => author.some((own) => (part.length === 1 ? own.startsWith(part) : own === part)));
}
