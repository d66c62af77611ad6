import { Command } from 'commander';
import { OperatorError } from '../core/errors.ts';
import { registerAsk } from './ask.ts';
import { registerGallery } from './gallery.ts';
import { registerInit } from './init.ts';
import { registerKb } from './kb.ts';
import { registerManifest } from './manifest.ts';

const program = new Command('ospo').description('The command line of OSPO Advisor, for curators and operators.');
registerAsk(program);
registerInit(program);
registerKb(program);
registerGallery(program);
registerManifest(program);

program.parseAsync().catch((error: unknown) => {
  if (!(error instanceof OperatorError)) throw error;
  for (const { where, problem, mend } of error.mistakes) process.stderr.write(`${where} ${problem}\n  ${mend}\n`);
  process.exit(1);
});
