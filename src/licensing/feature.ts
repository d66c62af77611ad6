import type { LicenseAdvice, OpenRequest, ReadFile, TakeFiles } from '../core/links.ts';
import type { People, Store } from '../core/ports.ts';
import type { Declared, Feature } from '../feature.ts';
import type { Licenses } from '../licenses/licenses.ts';
import { adviseOn } from './advice.ts';
import { bills } from './bill.ts';
import { createLicensing } from './licensing.ts';
import { listenToSboms } from './listeners.ts';
import { readQuestion } from './question.ts';
import { licensingSamples, sbomSamples } from './samples.ts';
import { type BeginRequest, createSboms } from './sboms.ts';
import { texts } from './texts.ts';

/** Advice keeps nothing: the question is kept, and the answer worked out whenever it is shown. SBOMs are kept for a week. */
export const licensingDeclared: Declared = { name: 'licensing', collections: [bills], content: [] };

/** Advice on licenses in conversation; asking is the surface that shows it. */
export function createLicensingFeature(deps: {
  readonly store: Store;
  readonly people: Pick<People, 'get'>;
  licenses(): Licenses;
  openRequest: OpenRequest;
  readonly beginRequest: BeginRequest;
  /** Reads a file that somebody sent. */
  readonly readFile: ReadFile;
}): Feature & { readonly advice: LicenseAdvice; readonly takeFiles: TakeFiles } {
  const sboms = createSboms(deps);
  return {
    ...licensingDeclared,
    advice: createLicensing(deps),
    takeFiles: sboms.take,
    // Questions and files come through asking, and so do the buttons of license cards.
    listen: (gate) => listenToSboms(gate, { sboms, people: deps.people }),
    cards: sboms.cards,
    jobs: [sboms.job],
    samples() {
      const known = deps.licenses();
      const cards = licensingSamples((text, locale) => {
        const question = readQuestion(text, known.mentionedIn, locale);
        return question && adviseOn(known, question, { licenses: [] });
      });
      return [...cards, ...sbomSamples(known)];
    },
    commands: [
      { words: 'license', help: { en: texts.en.commandHelp, 'zh-CN': texts['zh-CN'].commandHelp } },
      { words: 'sbom', help: { en: texts.en.sbomCommandHelp, 'zh-CN': texts['zh-CN'].sbomCommandHelp } },
    ],
  };
}
