import type { Locale } from '../core/i18n.ts';
import type { People, PersonId, Rendered } from '../core/ports.ts';
import type { SlackGate } from '../feature.ts';
import type { Adopting } from './adopting.ts';
import { texts } from './texts.ts';
import { noteMessage, outcomeMessage, overviewMessage, unknownMessage } from './views.ts';

/** Who takes what ships for the organization's own. */
export const adopterRoles: readonly string[] = ['ospo', 'ospo-lead'];

/** `/ospo adopt`, and the button below an update. */
export function listenToAdoption(
  gate: SlackGate,
  deps: {
    readonly adopting: Adopting;
    readonly people: Pick<People, 'get'>;
    /** Resolves when what was adopted answers. */
    readonly inForce: () => Promise<unknown>;
  },
): void {
  const { adopting, people } = deps;
  const localeFor = (person: PersonId): Locale => people.get(person)?.locale ?? 'en';
  const mayAdopt = (person: PersonId): boolean => {
    const known = people.get(person);
    return known?.active === true && adopterRoles.some((role) => known.roles.includes(role));
  };

  gate.command('adopt', async ({ person, text }) => {
    const locale = localeFor(person);
    if (!mayAdopt(person)) return { answer: noteMessage(texts[locale].refused) };
    return { answer: await (text === '' ? overview(locale) : adopt(text, person, locale)) };
  });

  gate.action('adoption.accept', async ({ person, value, message }) => {
    const locale = localeFor(person);
    const words = texts[locale];
    // The name of a topic may hold slashes, a seal none.
    const cut = value.lastIndexOf('/');
    const [topic, seal] = [value.slice(0, cut), value.slice(cut + 1)];
    if (!mayAdopt(person)) return { reply: { kind: 'replace', rendered: noteMessage(words.refused) } };
    const accepted = await adopting.accept(topic, seal, { key: person });
    const said = noteMessage(accepted ? words.accepted(topic) : words.moved);
    if (!message) return { ops: accepted?.ops ?? [] };
    return { ops: accepted?.ops ?? [], reply: { kind: 'replace', rendered: said } };
  });

  async function overview(locale: Locale): Promise<Rendered> {
    const standings = await adopting.standings();
    return overviewMessage(standings, await adopting.updates(standings), locale);
  }

  async function adopt(what: string, person: PersonId, locale: Locale): Promise<Rendered> {
    const outcome = await adopting.adopt(what, { key: person });
    await deps.inForce();
    return outcome ? outcomeMessage(outcome, locale) : unknownMessage(what, locale);
  }
}
