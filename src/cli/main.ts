import { OperatorError } from '../core/errors.ts';
import { createProgram } from './program.ts';

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

createProgram()
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof OperatorError)) throw error;
    for (const { where, problem, mend } of error.mistakes) process.stderr.write(`${where} ${problem}\n  ${mend}\n`);
    process.exit(1);
  });
