import type { Command } from 'commander';
import { initStore } from '../storage/file-store.ts';
import { print } from './print.ts';
import { localConfig } from './setup.ts';

export function registerInit(program: Command): void {
  program
    .command('init')
    .description('create the empty store in STATE_DIR (default .state)')
    .action(async () => {
      const { stateDir } = localConfig();
      await initStore(stateDir);
      print(`Created an empty store in ${stateDir}. Next: npm start.`);
    });
}
