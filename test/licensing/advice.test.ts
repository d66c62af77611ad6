import { beforeAll, describe, expect, it } from 'vitest';
import type { Licenses } from '../../src/licenses/licenses.ts';
import { type Advice, adviseOn } from '../../src/licensing/advice.ts';
import { type Choice, readChoice, withChoice, writeChoice } from '../../src/licensing/choice.ts';
import { readQuestion } from '../../src/licensing/question.ts';
import { shippedLicensesWithNames } from './licenses.ts';

let licenses: Licenses;
beforeAll(async () => {
  licenses = await shippedLicensesWithNames(true);
});

function advise(text: string, choice: Choice = { licenses: [] }): Advice {
  const question = readQuestion(text, licenses.mentionedIn);
  if (!question) throw new Error(`${text} names no license`);
  return adviseOn(licenses, withChoice(question, choice), choice);
}

function press(text: string, advice: Advice, button: string): Advice {
  const way = advice.ways.find((one) => one.text === button);
  if (!way) throw new Error(`no button ${button}`);
  const choice = readChoice(writeChoice(way.choice));
  if (!choice) throw new Error('a choice that cannot be read');
  return advise(text, choice);
}

describe('advice on one license', () => {
  it('gives a verdict when the use is known, and says that nothing is changed', () => {
    const { complete, card, assumed, request, prefill } = advise('can we use AGPL-3.0-only in our SaaS?');

    expect(complete).toBe(true);
    expect(card).toMatchObject({ title: 'AGPL-3.0-only', answer: 'Goes to review (on our servers, unmodified)' });
    expect(assumed).toEqual(['I took it that you do not change it.']);
    expect(request).toBe(true);
    expect(prefill).toEqual({ license: 'AGPL-3.0-only', useCase: 'server' });
  });

  it('asks for the use, and a click answers', () => {
    const text = 'can we use MPL-2.0';
    const asked = advise(text);

    const answered = press(text, asked, 'In a device');

    expect([asked.complete, asked.asks]).toEqual([false, 'What do you use it for?']);
    expect(answered.prefill).toEqual({ license: 'MPL-2.0', useCase: 'embedded' });
    expect(answered.complete).toBe(true);
  });

  it('says the other case of the same question by a click, and back', () => {
    const text = 'can we use AGPL-3.0-only in our SaaS?';

    const changed = press(text, advise(text), 'We change it');
    const again = press(text, changed, 'We do not change it');

    expect(changed.card?.answer).toContain('(on our servers, modified)');
    expect(again.card?.answer).toContain('(on our servers, unmodified)');
    expect(again.assumed).toEqual([]);
  });

  it('answers at once where "only" and "or later" come to the same', () => {
    const { card, assumed, prefill } = advise('can we use AGPL in our SaaS?');

    expect(card).toMatchObject({ title: 'AGPL', answer: 'Goes to review (on our servers, unmodified)' });
    expect(assumed[0]).toContain('AGPL-3.0-only and AGPL-3.0-or-later');
    expect(prefill).not.toHaveProperty('license');
  });

  it('never guesses which of several licenses is meant', () => {
    const text = 'can we use BSD in our app?';
    const asked = advise(text);

    const answered = press(text, asked, 'BSD-4-Clause');

    expect(asked.card).toBeUndefined();
    expect(asked.asks).toBe('"BSD" may mean several licenses. Which one is it?');
    expect(answered.card?.title).toBe('BSD-4-Clause');
  });

  it('asks for the use where it decides, and only for what it demands where it does not', async () => {
    const decides = advise('what is LGPL-3.0-only');
    licenses = await shippedLicensesWithNames(false);
    const alike = advise('MIT OR GPL-3.0-only');
    licenses = await shippedLicensesWithNames(true);

    expect(decides.asks).toBe('What do you use it for?');
    expect(alike.asks).toBe('What exactly it demands of a use:');
    expect(alike.card?.answer).toBe('Ask first');
  });

  it('takes no license from a button that was not offered', () => {
    expect(advise('can we use BSD in our app?', { licenses: ['GPL-3.0-only'] }).card).toBeUndefined();
  });

  it('permits nothing that nobody knows, and nothing before the policy is adopted', async () => {
    const unknown = advise('can we use LicenseRef-unheard in our app?');
    licenses = await shippedLicensesWithNames(false);
    const starter = advise('can we use MIT in our app?');
    licenses = await shippedLicensesWithNames(true);

    expect(unknown.card?.answer).toMatch(/^Unknown \(/);
    expect(starter.card?.answer).toMatch(/^Ask first \(/);
  });
});

describe('advice on two licenses', () => {
  it('takes the order of the sentence where no direction is said, and says so with the other verdict', () => {
    const { card, assumed } = advise('is Apache-2.0 compatible with GPL-3.0-only?');

    expect(card?.answer).toBe('Yes');
    expect(assumed).toEqual([
      'I took it that code under Apache-2.0 goes into a work under GPL-3.0-only.',
      expect.stringMatching(/^The other way round: (?!Yes)/),
    ]);
  });

  it('turns by a click', () => {
    const text = 'is Apache-2.0 compatible with GPL-3.0-only?';

    const turned = press(text, advise(text), 'The other way round');

    expect(turned.card?.title).toBe('GPL-3.0-only into a work under Apache-2.0');
    expect(turned.assumed).toEqual([]);
  });

  it('says what each license that may be meant comes to', () => {
    const text = 'can Apache-2.0 code go into a GPLv2 project';
    const asked = advise(text);

    const answered = press(text, asked, 'GPL-2.0-only');

    expect(asked.each).toEqual(['GPL-2.0-only: No', expect.stringMatching(/^GPL-2\.0-or-later: /)]);
    expect(answered.card).toMatchObject({ title: 'Apache-2.0 into a work under GPL-2.0-only', answer: 'No' });
  });

  it('asks for one name after the other', () => {
    const text = 'can GPLv2 code go into an LGPL project';
    const first = advise(text);

    const second = press(text, first, 'GPL-2.0-only');
    const both = press(text, second, 'LGPL-3.0-only');

    expect(second.asks).toBe('"LGPL" may mean several licenses. Which one is it?');
    expect(both.card?.title).toBe('GPL-2.0-only into a work under LGPL-3.0-only');
  });
});
