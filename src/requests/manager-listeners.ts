import { UserError } from '../core/errors.ts';
import type { People, PersonId } from '../core/ports.ts';
import type { SlackGate } from '../feature.ts';
import { isThere } from './deciding.ts';
import { noteView, readerOf } from './form-views.ts';
import { otherManagerView } from './manager-question-views.ts';
import { managerTexts } from './manager-texts.ts';
import { confirmingRoles, type Managers } from './managers.ts';
import { sayMessage } from './note-views.ts';

/** What the open source office answers when somebody named their manager. */
export function listenToManagers(gate: SlackGate, managers: Managers, people: People): void {
  gate.action('managers.confirm', async ({ person, value, message }) => {
    try {
      return await managers.confirm(person, value);
    } catch (error) {
      if (!(error instanceof UserError) || !message) throw error;
      const rendered = sayMessage(error.texts[readerOf(people, person).locale]);
      return { reply: { kind: 'ephemeral', place: { channel: message.channel }, person, rendered } };
    }
  });

  gate.opens('managers.other', ({ person, value }) => {
    const reader = readerOf(people, person);
    const words = managerTexts[reader.locale];
    const actor = people.get(person);
    const mayAnswer = isThere(actor) && confirmingRoles.some((role) => actor.roles.includes(role));
    return {
      view: mayAnswer ? otherManagerView(value, reader) : noteView(words.otherTitle, words.problems.office, reader),
    };
  });

  gate.submit('managers.other', async ({ person, view }) => {
    const chosen = view.values.manager?.manager;
    const manager = typeof chosen === 'string' && chosen !== '' ? (chosen as PersonId) : undefined;
    try {
      return await managers.replace(person, view.metadata, manager);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { errors: { manager: error.texts[readerOf(people, person).locale] } };
    }
  });
}
