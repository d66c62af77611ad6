import type { LicenseAdvice, LicenseAnswer, OpenRequest } from '../core/links.ts';
import type { PersonId } from '../core/ports.ts';
import type { Licenses } from '../licenses/licenses.ts';
import { type Advice, adviseOn } from './advice.ts';
import { carryOver, readChoice, withChoice, writeChoice } from './choice.ts';
import { followUp, readQuestion } from './question.ts';
import { adviceBlocks, adviceText } from './views.ts';

interface LicensingDeps {
  licenses(): Licenses;
  openRequest: OpenRequest;
}

/** Answers what questions want to know of licenses; asking shows it beside, or before, what the handbook says. */
export function createLicensing({ licenses, openRequest }: LicensingDeps): LicenseAdvice {
  return {
    advise(asked, pick) {
      const known = licenses();
      const read = readQuestion(asked.text, known.mentionedIn, asked.locale);
      if (!read) return undefined;
      const choice = readChoice(pick) ?? { licenses: [] };
      const advice = adviseOn(known, withChoice(read, choice), choice);
      const request =
        advice.request && asked.person !== ''
          ? openRequest({ request: 'component', prefill: advice.prefill }, asked.person as PersonId, asked.locale)
          : undefined;
      return {
        standing: standingOf(advice, pick !== undefined || read.standing === 'sure'),
        text: adviceText(advice),
        ...adviceBlocks(advice, asked.id, request),
        prefill: advice.prefill,
      };
    },
    isPick: (pick) => readChoice(pick) !== undefined,
    followUp(text, before, chosen) {
      const leaning = followUp(text, before, licenses().mentionedIn);
      if (!leaning) return undefined;
      const carried = carryOver(readChoice(chosen), leaning.says);
      return { meant: leaning.meant, ...(carried && { carried: writeChoice(carried) }) };
    },
  };
}

function standingOf({ complete }: Advice, sure: boolean): LicenseAnswer['standing'] {
  if (!sure) return 'offered';
  return complete ? 'answer' : 'asks';
}
