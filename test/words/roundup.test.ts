// What /roundup says.
import { describe } from 'vitest';
import { roundup } from '../../src/commands/index.ts';
import { testCommand } from './commands.ts';
import { ROUNDUP } from './roundup-outcomes.ts';

describe('/roundup', () => testCommand(roundup, ROUNDUP));
