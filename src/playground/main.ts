import { spawn } from 'node:child_process';
import { startPlayground } from './playground.ts';
import { converse } from './terminal.ts';

/** Opens the address where there is a screen to open it on; otherwise the printed address is enough. */
function openBrowser(url: string): void {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return;
  const commands: Readonly<Record<string, readonly [string, ...string[]]>> = {
    darwin: ['open', url],
    win32: ['cmd', '/c', 'start', url],
  };
  const [command, ...args] = commands[platform] ?? ['xdg-open', url];
  const opener = spawn(command, args, { stdio: 'ignore', detached: true });
  opener.on('error', () => undefined);
  opener.unref();
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--terminal')) {
    const as = args[args.indexOf('--terminal') + 1];
    return converse(as ?? 'employee', process.stdin, process.stdout);
  }
  process.stdout.write('Starting the playground: a small workspace, and the real bot in it …\n');
  const playground = await startPlayground(Number(process.env.PORT ?? 0));
  process.stdout.write(`\n  Playground workspace   ${playground.url}\n\n  Stop it with Ctrl+C; nothing is kept.\n`);
  if (!args.includes('--no-open')) openBrowser(playground.url);
  const stop = async () => {
    await playground.stop();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}

await main(process.argv.slice(2));
