import { z } from 'zod';

type Kind = z.core.$ZodTypeDiscriminable;

/** One of the kinds, told apart by `type`; another kind is refused by its name. */
export function oneOf<const Kinds extends readonly [Kind, ...Kind[]]>(what: string, kinds: Kinds) {
  return z.discriminatedUnion('type', kinds, {
    error: ({ input }) => `a ${what} of the type ${JSON.stringify(typeOf(input))} can't be drawn`,
  });
}

function typeOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'type' in input ? input.type : undefined;
}
