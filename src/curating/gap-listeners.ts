import { UserError } from '../core/errors.ts';
import { randomId } from '../core/ids.ts';
import type { Manuscripts } from '../core/links.ts';
import type { People, PersonId } from '../core/ports.ts';
import type { Effect, IncomingAction, Opened, SlackGate, Submitted } from '../feature.ts';
import { isCurator } from './access.ts';
import { type CuratingCards, shownGaps } from './cards.ts';
import { aliasOf } from './composing.ts';
import type { Curating } from './curating.ts';
import { aliasForm, articleChoice, deskForm, loadingView, SubjectForm, sayView } from './forms.ts';
import type { GapView } from './gap.ts';
import type { GapList } from './gap-list.ts';
import { gapsMessage, gapsModal } from './gap-views.ts';
import { noteMessage } from './views.ts';
import { wordsIn } from './words.ts';

export interface GapListenerDeps {
  readonly curating: Curating;
  readonly gaps: GapList;
  readonly cards: CuratingCards;
  readonly people: People;
  readonly manuscripts: Manuscripts;
}

// A command has three seconds, and a question takes a few milliseconds; the digest sorts the rest.
const sortedAtOnce = 300;

/** What people ask without an answer, and what can be done about it. */
export function listenToGaps(gate: SlackGate, deps: GapListenerDeps): void {
  const { gaps, cards, people, manuscripts } = deps;
  const readerFor = (person: PersonId) => cards.lookFor(person).reader;

  gate.command('gaps', async ({ person }) => {
    const look = cards.lookFor(person);
    if (!isCurator(people, person)) return { answer: noteMessage(wordsIn(look.reader.locale).gapsOnlyOffice) };
    await gaps.sort(sortedAtOnce);
    return { answer: gapsMessage(await gaps.open(shownGaps), look) };
  });

  gate.opens('curating.show_gaps', (a) => {
    const words = wordsIn(readerFor(a.person).locale);
    return forCurators(a, words.showGaps, async () => {
      await gaps.sort(sortedAtOnce);
      return { reply: { kind: 'view', view: gapsModal(await gaps.open(shownGaps), cards.lookFor(a.person)) } };
    });
  });

  gate.opens('curating.alias', (a) =>
    withGap(a, wordsIn(readerFor(a.person).locale).aliasTitle, (view) => {
      const [closest] = gaps.candidates(view);
      const article = closest === undefined ? undefined : manuscripts.find(closest);
      return aliasForm({ draft: randomId(), subject: view.id }, view.example ?? '', article, readerFor(a.person));
    }),
  );

  gate.opens('curating.desk', (a) =>
    withGap(a, wordsIn(readerFor(a.person).locale).deskTitle, (view) =>
      deskForm({ draft: randomId(), subject: view.id }, view.example ?? '', manuscripts.desks(), readerFor(a.person)),
    ),
  );

  gate.options('curating.choose', (typed, person) => {
    const { locale } = readerFor(person);
    const wanted = typed.trim().toLowerCase();
    return manuscripts
      .all()
      .map((article) => articleChoice(article, locale))
      .filter(({ text, value }) => text.toLowerCase().includes(wanted) || value.includes(wanted));
  });

  gate.submit('curating.alias', async ({ person, view }): Promise<Submitted> => {
    const { draft, subject } = SubjectForm.parse(JSON.parse(view.metadata));
    const article = String(view.values.article?.['curating.choose'] ?? '');
    const alias = aliasOf(String(view.values.alias?.alias ?? ''));
    const reader = readerFor(person);
    const words = wordsIn(reader.locale);
    if (alias.length < 2) return { errors: { alias: words.rules.aliases } };
    try {
      const gap = await gaps.view(subject);
      const locale = gap?.locale ?? reader.locale;
      const proposed = await deps.curating.propose(draft, article, person, { kind: 'alias', locale, alias });
      const resolved = gap ? await gaps.resolve(subject, person, { kind: 'alias', article }) : [];
      return {
        ops: [...proposed.ops, ...resolved],
        say: proposed.say,
        view: sayView(words.aliasTitle, words.sentToReview, reader),
      };
    } catch (error) {
      return beside('article', error, person);
    }
  });

  gate.submit('curating.desk', async ({ person, view }): Promise<Submitted> => {
    const { subject } = SubjectForm.parse(JSON.parse(view.metadata));
    const desk = String(view.values.desk?.desk ?? '');
    const asked = aliasOf(String(view.values.words?.words ?? ''));
    const reader = readerFor(person);
    const words = wordsIn(reader.locale);
    if (!asked) return { errors: { words: words.emptyText } };
    try {
      const locale = (await gaps.view(subject))?.locale ?? reader.locale;
      const ops = await gaps.resolve(subject, person, { kind: 'desk', desk, words: asked, locale });
      return { ops, view: sayView(words.deskTitle, words.tookOff, reader) };
    } catch (error) {
      return beside('words', error, person);
    }
  });

  /** Roles are known in memory: nobody else sees more than a sentence. */
  function forCurators(a: IncomingAction, title: string, run: () => Promise<Effect>): Opened {
    const reader = readerFor(a.person);
    if (!isCurator(people, a.person)) return { view: sayView(title, wordsIn(reader.locale).gapsOnlyOffice, reader) };
    return { view: loadingView(title, reader), effect: run };
  }

  function withGap(a: IncomingAction, title: string, form: (view: GapView) => ReturnType<typeof aliasForm>): Opened {
    return forCurators(a, title, async () => {
      const reader = readerFor(a.person);
      const view = await gaps.view(a.value);
      return { reply: { kind: 'view', view: view ? form(view) : sayView(title, wordsIn(reader.locale).gone, reader) } };
    });
  }

  function beside(field: string, error: unknown, person: PersonId): Submitted {
    if (!(error instanceof UserError)) throw error;
    return { errors: { [field]: error.texts[readerFor(person).locale] } };
  }
}
