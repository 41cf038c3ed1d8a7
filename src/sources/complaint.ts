import type { z } from 'zod';

/** What is wrong with a row, in a few words: `authors.0: expected string, received number; …`. */
export function complaint(error: z.ZodError): string {
  return error.issues
    .map((issue) => `${issue.path.join('.') || 'row'}: ${issue.message.replace(/^Invalid input: /, '')}`)
    .join('; ')
    .slice(0, 300);
}
