import type { HomeView } from '@slack/types';
import { z } from 'zod';
import { locales } from '../core/i18n.ts';
import { type Log, MessengerError, type People, type Person, type PersonId } from '../core/ports.ts';
import type { Command, Declared, Feature, HomeSection, Sample } from '../feature.ts';
import { context } from '../slack/blocks.ts';
import { createHomePublisher } from './home.ts';
import { texts } from './texts.ts';
import { helpMessage, helpView, homeView } from './views.ts';

export const homeDeclared: Declared = { name: 'home', collections: [], content: [] };

const Opened = z.object({ user: z.string(), tab: z.enum(['home', 'messages']), channel: z.string() });

export interface HomeDeps {
  readonly people: People;
  readonly log: Log;
  /** The slash command, with its slash. */
  readonly command: string;
  /** All features, this one too; asked when needed, since it is one of them. */
  features(): readonly Feature[];
  /** How many articles answer. */
  articles(): number;
  publish(person: PersonId, view: HomeView): Promise<void>;
  suggest(channel: string, prompts: readonly { readonly title: string; readonly message: string }[]): Promise<void>;
}

/** The Home tab, the suggested prompts of the messages tab, and the help. */
export function createHomeFeature(deps: HomeDeps): Feature {
  const { people, log } = deps;
  const publisher = createHomePublisher(async (person) => {
    const sections = await Promise.all(deps.features().map((feature) => feature.home?.(person) ?? []));
    await deps.publish(person.id, homeView(person.locale, sections.flat(), deps.articles()));
  }, log);
  // A workspace without agent messages refuses the first call; asking again would change nothing.
  let prompting = true;

  /** Somebody we have not heard of yet still gets a Home: in English, until the directory knows them. */
  function personOf(id: PersonId): Person {
    const unknown: Person = { id, name: '', locale: 'en', zone: 'UTC', active: true, guest: false, roles: [] };
    return people.get(id) ?? unknown;
  }

  function commandsFor(person: Person): readonly Command[] {
    return deps
      .features()
      .flatMap((feature) => feature.commands)
      .filter(({ roles }) => !roles || roles.some((role) => person.roles.includes(role)));
  }

  return {
    ...homeDeclared,
    listen(gate) {
      gate.glance('app_home_opened', async ({ event }) => {
        const { user, tab, channel } = Opened.parse(event);
        const person = personOf(user as PersonId);
        if (tab === 'home') return publisher.publish(person);
        if (!prompting) return;
        try {
          await deps.suggest(channel, texts[person.locale].prompts);
        } catch (error) {
          prompting = !(error instanceof MessengerError && error.kind === 'refused');
          log.info({ err: error }, 'no prompts were suggested');
        }
      });
      gate.opens('home.help', ({ person }) => {
        const reader = personOf(person as PersonId);
        return { view: helpView(reader.locale, deps.command, commandsFor(reader)) };
      });
      gate.command('help', async (c) => {
        const person = personOf(c.person);
        return { answer: helpMessage(person.locale, deps.command, commandsFor(person)) };
      });
    },
    drawHome: (person) => publisher.publish(personOf(person)),
    cards: {},
    jobs: [],
    samples: () =>
      samples(
        deps.command,
        deps.features().flatMap((feature) => feature.commands),
      ),
    commands: [
      {
        words: 'help',
        help: { en: texts.en.helpHelp, 'zh-CN': texts['zh-CN'].helpHelp },
        button: { en: texts.en.helpButton, 'zh-CN': texts['zh-CN'].helpButton },
      },
    ],
  };
}

function samples(slash: string, commands: readonly Command[]): readonly Sample[] {
  return locales.flatMap((locale): Sample[] => {
    const section: HomeSection = { order: 1, blocks: [context([texts[locale].about(1)])] };
    return [
      { name: `home: empty (${locale})`, surface: 'home', payload: homeView(locale, [], 87) },
      { name: `home: overfull (${locale})`, surface: 'home', payload: homeView(locale, Array(200).fill(section), 1) },
      { name: `home: help (${locale})`, surface: 'message', payload: helpMessage(locale, slash, commands) },
      { name: `home: help over Home (${locale})`, surface: 'modal', payload: helpView(locale, slash, commands) },
    ];
  });
}
