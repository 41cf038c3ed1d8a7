/** Counts what became of a message, `delaySeconds` after its roundup was due. Must not throw. */
export type Observe = (event: 'sent' | 'failed' | 'in_doubt', platform: string, delaySeconds?: number) => void;
