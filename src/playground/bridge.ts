import { z } from 'zod';
import type { Clock } from '../core/time.ts';
import type { BotProcess } from './bot-process.ts';
import type { Controls } from './controls.ts';
import { carryOut } from './deeds.ts';
import { arrangeGallery } from './gallery.ts';
import type { Routes } from './page-server.ts';
import { Act, type AppInfo, Control, type Result } from './protocol.ts';
import type { Reading } from './reading.ts';
import { drawSnapshot } from './snapshot.ts';
import { wireEntries } from './wire-log.ts';
import type { Workspace } from './workspace.ts';

/** The parts of the manifest that people see in the client. */
const Manifest = z.object({
  display_information: z.object({ name: z.string(), description: z.string().default('') }),
  features: z.object({
    shortcuts: z
      .array(z.object({ name: z.string(), type: z.enum(['message', 'global']), callback_id: z.string() }))
      .default([]),
    slash_commands: z
      .array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string().default('') }))
      .default([]),
  }),
});

interface Deps {
  readonly workspace: Workspace;
  readonly bot: BotProcess;
  readonly controls: Controls;
  readonly reading: Reading;
  readonly clock: Clock;
  readonly manifest: unknown;
  /** Called when something changed that the workspace does not know of. */
  changed(): void;
}

/** What the page may ask of the workspace, by path. */
export function createRoutes({ workspace, bot, controls, reading, clock, manifest, changed }: Deps): Routes {
  const { display_information, features } = Manifest.parse(manifest);
  const app = (): AppInfo => ({
    user: workspace.botUserId,
    name: display_information.name,
    description: display_information.description,
    running: workspace.socket.connections() > 0,
    commands: features.slash_commands.map(({ command, description, usage_hint }) => ({
      command,
      description,
      hint: usage_hint,
    })),
    shortcuts: features.shortcuts.map(({ name, type, callback_id }) => ({ name, type, id: callback_id })),
  });

  return {
    '/api/snapshot': (query) =>
      drawSnapshot(workspace, reading, workspace.user(query.get('as') ?? '').id, {
        now: clock.now(),
        app: app(),
        faults: controls.faults(),
      }),
    '/api/act': async (_, body): Promise<Result> => {
      const { as, deed } = Act.parse(body);
      try {
        return await carryOut(workspace, reading, as, deed);
      } catch (error) {
        return { kind: 'refused', why: error instanceof Error ? error.message : String(error) };
      } finally {
        changed();
      }
    },
    '/api/control': async (_, body) => {
      const advanced = await controls.carryOut(Control.parse(body));
      changed();
      return advanced;
    },
    '/api/wire': () => wireEntries(workspace.wire),
    '/api/log': () => bot.log(),
    '/api/gallery': async () => arrangeGallery(await bot.request({ ask: 'samples' })),
  };
}
