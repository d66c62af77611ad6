import { describe, expect, it } from 'vitest';
import { withTraining } from '../../src/requests/before.ts';
import type { Outlook, TrainingGate } from '../../src/requests/form-page.ts';
import { whyPeople } from '../../src/requests/rule-texts.ts';

const gate: TrainingGate = {
  words: { en: 'It ran out on Sun 3 May.', 'zh-CN': '已过期。' },
  button: { action: 'training.begin', value: 'compliance', label: { en: 'Renew it', 'zh-CN': '去续期' } },
};
const route = { en: 'It is small.', 'zh-CN': '很小。' };

function outlook(because: Outlook['because']): Outlook {
  return { goes: 'people', stages: [], because, flags: [], unknown: [], restricted: false, asksManager: false };
}

describe('the last look of a form', () => {
  it('says which training is missing, instead of that some is', () => {
    expect(withTraining(outlook([route, whyPeople.training]), gate)).toEqual({ ...outlook([route]), training: gate });
  });

  it.each([
    ['nothing is missing', [route]],
    ['the form is not adopted either', [route, whyPeople.notAdopted, whyPeople.training]],
    ['something else is not known', [route, whyPeople.training, whyPeople.unknown]],
  ])('promises nothing when %s', (_, because) => {
    expect(withTraining(outlook(because), gate)).toEqual(outlook(because));
  });

  it('stays as it was where training has nothing to say', () => {
    expect(withTraining(outlook([whyPeople.training]), undefined)).toEqual(outlook([whyPeople.training]));
  });
});
