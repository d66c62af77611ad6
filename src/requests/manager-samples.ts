import { locales } from '../core/i18n.ts';
import type { Doc } from '../core/ports.ts';
import type { Sample } from '../feature.ts';
import { managerMessage, otherManagerView } from './manager-question-views.ts';
import { type NamedManager, namingId } from './managers.ts';
import { colleague, decider, requester, start } from './sample-data.ts';

/** The question to the office who somebody's manager is, and everything it can come to. */
export function managerSamples(): readonly Sample[] {
  const named: Doc<NamedManager> = {
    id: requester,
    version: 1,
    manager: colleague,
    state: 'named',
    namedAt: start,
    places: [],
    wakeAt: null,
    audit: { length: 1, hash: 'c0ffee00'.repeat(8) },
  };
  const answer = { by: decider, at: start };
  return locales.flatMap((locale): readonly Sample[] => {
    const reader = { locale, zone: locale === 'en' ? 'Europe/Berlin' : 'Asia/Shanghai' };
    const messages = {
      asked: managerMessage(named, reader),
      confirmed: managerMessage({ ...named, state: 'confirmed', answer }, reader),
      refused: managerMessage({ ...named, state: 'refused', answer }, reader),
      'somebody else since': managerMessage(undefined, reader),
    };
    return [
      ...Object.entries(messages).map(
        ([name, payload]): Sample => ({ name: `managers: ${name} (${locale})`, surface: 'message', payload }),
      ),
      {
        name: `managers: somebody else (${locale})`,
        surface: 'modal',
        payload: otherManagerView(namingId(named), reader),
      },
    ];
  });
}
