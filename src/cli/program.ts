import { Command } from 'commander';
import { registerAdopt } from './adopt.ts';
import { registerAsk } from './ask.ts';
import { registerAudit } from './audit.ts';
import { registerDoctor } from './doctor.ts';
import { registerGallery } from './gallery.ts';
import { registerInit } from './init.ts';
import { registerKb } from './kb.ts';
import { registerLicense } from './license.ts';
import { registerManifest } from './manifest.ts';
import { registerRequests } from './requests.ts';
import { registerSbom } from './sbom.ts';
import { registerTraining } from './training.ts';

/** Every command there is, ready to parse; building it does nothing else. */
export function createProgram(): Command {
  const program = new Command('ospo').description('The command line of OSPO Advisor, for curators and operators.');
  registerAdopt(program);
  registerAsk(program);
  registerAudit(program);
  registerDoctor(program);
  registerInit(program);
  registerKb(program);
  registerGallery(program);
  registerLicense(program);
  registerManifest(program);
  registerRequests(program);
  registerSbom(program);
  registerTraining(program);
  return program;
}
