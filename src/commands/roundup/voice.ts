// How a roundup is spoken of: a channel's, or somebody's own digest.

/** Takes the words for a channel, and those for the person whose digest it is. */
export type Voice = (ofChannel: string, own: string) => string;

/** The voice for a channel's row, or for where a call was made. */
export function voiceOf({ owner, person }: { owner?: string | null; person?: string }): Voice {
  const isOwn = person !== undefined || typeof owner === 'string';
  return (ofChannel, own) => (isOwn ? own : ofChannel);
}
