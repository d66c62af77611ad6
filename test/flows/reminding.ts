import type { OpenView } from '../../src/playground/state.ts';
import type { Workspace } from '../../src/playground/workspace.ts';

/** Somebody opens the settings of their reminders in Home and saves them as they are; the engine then looks at what is due. */
export async function saveSettings(workspace: Workspace, person: string): Promise<void> {
  const actor = workspace.as(person);
  await actor.click(await homeOf(workspace, person), 'reminders.settings');
  await opened(workspace, person, 'reminders.settings');
  await actor.submit({});
  await workspace.waitFor(() => workspace.openViews(person).length === 0);
}

/** The form, once it has taken the place of the view that was opened first. */
export function opened(workspace: Workspace, person: string, callback: string): Promise<OpenView> {
  return workspace.waitFor(() => workspace.openViews(person).find(({ view }) => view.callback_id === callback));
}

/** Right after the start people are still being read: whoever opens Home then sees less, and opens it again. */
async function homeOf(workspace: Workspace, person: string): Promise<OpenView> {
  for (let tries = 1; ; tries += 1) {
    workspace.as(person).openHome();
    const settings = () => {
      const view = workspace.home(person);
      return view && shows(view, 'reminders.settings') && view;
    };
    try {
      return await workspace.waitFor(settings, { withinMs: 1_000 });
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

const shows = (view: OpenView, id: string) => JSON.stringify(view.view).includes(id);
