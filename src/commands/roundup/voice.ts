// How a roundup is spoken of: a channel's, or somebody's own digest.

/** Takes the words for a channel, and those for the person whose digest it is. */
export type Voice = (ofChannel: string, own: string) => string;

/** Of a channel's row, or of where a call was made. */
export interface Whose {
  owner?: string | null;
  person?: string | undefined;
}

export function voiceOf({ owner, person }: Whose): Voice {
  const isOwn = person !== undefined || typeof owner === 'string';
  return (ofChannel, own) => (isOwn ? own : ofChannel);
}
