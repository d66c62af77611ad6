import { type Locale, languageOf } from '../core/i18n.ts';
import type { People, PersonId } from '../core/ports.ts';
import { type IncomingAction, type SlackGate, threadOf } from '../feature.ts';
import { noteMessage, noteView } from './sbom-views.ts';
import type { Sboms } from './sboms.ts';
import { texts } from './texts.ts';

/** The buttons of an SBOM's table, and the command that tells how to send one; files come through asking. */
export function listenToSboms(gate: SlackGate, { sboms, people }: { sboms: Sboms; people: Pick<People, 'get'> }): void {
  gate.command('sbom', async ({ person, text }) => ({
    answer: noteMessage(texts[languageOf(text, localeFor(person))].sbomHelp),
  }));

  gate.action('licensing.sbom', async (a) => {
    const { id, use } = subjectOf(a.value);
    const say = a.message && (await sboms.judgeFor(id, use, a.person, placeOf(a.message)));
    return say ? { say: [say] } : gone(a);
  });

  gate.action('licensing.sbom_all', async (a) => {
    const { id, use } = subjectOf(a.value);
    const file = await sboms.whole(id, use, a.person);
    return file ? { reply: { kind: 'file', person: a.person, ...file } } : gone(a);
  });

  gate.opens('licensing.sbom_request', (a) => {
    const locale = localeFor(a.person);
    return {
      view: noteView(texts[locale].reading, locale),
      async effect() {
        const { id, use } = subjectOf(a.value);
        const begun = await sboms.request(id, use, a.person, a.message && placeOf(a.message));
        return begun ?? { reply: { kind: 'view', view: noteView(texts[locale].sbomGone, locale) } };
      },
    };
  });

  function gone({ message, person }: IncomingAction) {
    if (!message) return {};
    const rendered = noteMessage(texts[localeFor(person)].sbomGone);
    return { reply: { kind: 'ephemeral' as const, place: placeOf(message), person, rendered } };
  }

  function localeFor(person: PersonId): Locale {
    return people.get(person)?.locale ?? 'en';
  }
}

function placeOf({ channel, ts, thread }: NonNullable<IncomingAction['message']>) {
  return threadOf({ channel, ts, thread_ts: thread });
}

/** `<id>/<use>` */
function subjectOf(value: string): { readonly id: string; readonly use: string } {
  const [id = '', use = ''] = value.split('/');
  return { id, use };
}
