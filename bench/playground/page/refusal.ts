// How a payload that can't be drawn is refused.
import { z } from 'zod';

type Kind = z.core.$ZodTypeDiscriminable;

/** One of the kinds, told apart by `type`; another kind is refused by its name. */
export function oneOf<const Kinds extends readonly [Kind, ...Kind[]]>(what: string, kinds: Kinds) {
  return z.discriminatedUnion('type', kinds, {
    error: ({ input }) => `a ${what} of the type ${JSON.stringify(typeOf(input))} can't be drawn`,
  });
}

/** A payload as the schema has it. Throws an error that names each part that can't be drawn, and where it stands. */
export function readPayload<T>(schema: z.ZodType<T>, payload: unknown): T {
  const read = schema.safeParse(payload);
  if (read.success) return read.data;
  throw new Error(`This can't be drawn:\n${z.prettifyError(read.error)}`);
}

function typeOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'type' in input ? input.type : undefined;
}
