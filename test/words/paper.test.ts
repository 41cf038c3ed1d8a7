// What /paper says.
import { describe } from 'vitest';
import { paper } from '../../src/commands/index.ts';
import { testCommand } from './commands.ts';
import { PAPER } from './paper-outcomes.ts';

describe('/paper', () => testCommand(paper, PAPER));
