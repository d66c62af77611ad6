import { locales } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import type { Sample } from '../feature.ts';
import type { ShippedText, Standing, State, Update } from './adoption.ts';
import { texts } from './texts.ts';
import { noteMessage, outcomeMessage, overviewMessage, unknownMessage } from './views.ts';

const text: ShippedText = {
  topic: 'agpl-saas',
  locale: 'en',
  area: 'using',
  title: 'AGPL components in a service we host',
  file: 'knowledge/using/agpl-saas.en.md',
  hash: 'a'.repeat(64),
  text: '',
  unapproved: true,
};

function standing(state: State, area = 'using'): Standing {
  return { topic: text.topic, area, title: text.title, state, adoption: undefined, texts: [text] };
}

const update: Update = {
  standing: standing('changed'),
  difference: `${text.file}\n- Ask first.\n+ Ask first, also for internal tools.`,
};
const longUpdate: Update = { ...update, difference: '+ A long paragraph. '.repeat(500) };

/** Every message of adopting, in both languages. */
export function adoptionSamples(): readonly Sample[] {
  return locales.flatMap((locale) => {
    const words = texts[locale];
    const all: Readonly<Record<string, Rendered>> = {
      overview: overviewMessage([standing('own'), standing('starter'), standing('adopted', 'people')], [], locale),
      'overview, many updates': overviewMessage([standing('changed')], Array(12).fill(longUpdate), locale),
      'adopted, none left': outcomeMessage({ adopted: [standing('starter')], updates: [], left: 0 }, locale),
      'adopted all': outcomeMessage(
        { adopted: Array(300).fill(standing('starter')), updates: [update], left: 2 },
        locale,
      ),
      'nothing to adopt': outcomeMessage({ adopted: [], updates: [update], left: 1 }, locale),
      refused: noteMessage(words.refused),
      unknown: unknownMessage('x'.repeat(200), locale),
      accepted: noteMessage(words.accepted(text.topic)),
      moved: noteMessage(words.moved),
    };
    return Object.entries(all).map(
      ([what, payload]): Sample => ({ name: `adoption: ${what} (${locale})`, surface: 'message', payload }),
    );
  });
}
