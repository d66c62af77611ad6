import type { LicenseAdvice, OpenRequest } from '../core/links.ts';
import type { Declared, Feature } from '../feature.ts';
import type { Licenses } from '../licenses/licenses.ts';
import { adviseOn } from './advice.ts';
import { createLicensing } from './licensing.ts';
import { readQuestion } from './question.ts';
import { licensingSamples } from './samples.ts';
import { texts } from './texts.ts';

/** Advice keeps nothing: the question is kept, and the answer worked out whenever it is shown. */
export const licensingDeclared: Declared = { name: 'licensing', collections: [], content: [] };

/** Advice on licenses in conversation; asking is the surface that shows it. */
export function createLicensingFeature(deps: {
  licenses(): Licenses;
  openRequest: OpenRequest;
}): Feature & { readonly advice: LicenseAdvice } {
  return {
    ...licensingDeclared,
    advice: createLicensing(deps),
    // Questions come through asking, and so do the buttons of the cards.
    listen() {},
    cards: {},
    jobs: [],
    samples: () =>
      licensingSamples((text, locale) => {
        const known = deps.licenses();
        const question = readQuestion(text, known.mentionedIn, locale);
        return question && adviseOn(known, question, { licenses: [] });
      }),
    commands: [{ words: 'license', help: { en: texts.en.commandHelp, 'zh-CN': texts['zh-CN'].commandHelp } }],
  };
}
