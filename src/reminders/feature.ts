import { z } from 'zod';
import { againOnConflict } from '../core/attempts.ts';
import type { Reminders, StandsAt } from '../core/links.ts';
import type { PersonId } from '../core/ports.ts';
import type { Declared, Feature } from '../feature.ts';
import { reminderBooks } from './book.ts';
import { createCard } from './cards.ts';
import { createHome } from './home.ts';
import { listenToReminders } from './listeners.ts';
import { createReminding, type ReminderDeps } from './reminders.ts';
import { reminderSamples } from './samples.ts';
import { texts } from './texts.ts';

/** Slack tells of a person: a name, a picture, a clock. */
const Changed = z.object({ user: z.object({ id: z.string() }) });

/** What reminding keeps. */
export const remindersDeclared: Declared = { name: 'reminders', collections: [reminderBooks], content: [] };

export interface RemindersFeature extends Feature {
  /** What sources tell of. */
  readonly reminders: Reminders;
}

/** One message for everything that is due for a person, when they work, and never twice. */
export function createRemindersFeature(deps: ReminderDeps & { readonly standsAt: StandsAt }): RemindersFeature {
  const reminding = createReminding(deps);
  const stands = async (say: Parameters<StandsAt>[0]) => (await deps.standsAt(say)) !== undefined;

  return {
    ...remindersDeclared,
    reminders: reminding,
    listen: (gate) => listenToReminders(gate, { reminding, person: deps.people.get }),
    cards: { 'reminders.due': createCard({ reminding, stands }) },
    jobs: [reminding.job],
    async personChanged(event) {
      const told = Changed.safeParse(event).data;
      if (!told) return;
      await againOnConflict(async () => {
        const ops = await reminding.moved(told.user.id as PersonId);
        if (ops.length > 0) await deps.store.commit(ops);
      });
    },
    home: createHome({ reminding }),
    samples: reminderSamples,
    commands: [
      {
        words: 'reminders',
        help: { en: texts.en.helpReminders, 'zh-CN': texts['zh-CN'].helpReminders },
        button: { en: texts.en.helpButton, 'zh-CN': texts['zh-CN'].helpButton },
      },
    ],
  };
}
