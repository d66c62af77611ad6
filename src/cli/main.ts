import { OperatorError } from '../core/errors.ts';
import { createProgram } from './program.ts';

createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof OperatorError)) throw error;
    for (const { where, problem, mend } of error.mistakes) process.stderr.write(`${where} ${problem}\n  ${mend}\n`);
    process.exit(1);
  });
