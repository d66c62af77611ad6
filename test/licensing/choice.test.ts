import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { useCases } from '../../src/licenses/policy.ts';
import { type Choice, carryOver, readChoice, writeChoice } from '../../src/licensing/choice.ts';

const says = { license: false, use: false, modified: false };

const choices: fc.Arbitrary<Choice> = fc.record(
  {
    use: fc.constantFrom(...useCases),
    modified: fc.boolean(),
    licenses: fc.tuple(
      fc.option(fc.constantFrom('MIT', 'GPL-2.0-only'), { nil: undefined }),
      fc.option(fc.constant('ISC'), { nil: undefined }),
    ),
    turned: fc.constant(true),
  },
  { requiredKeys: ['licenses'] },
);

describe('what was chosen on a license card', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(choices, (choice) => {
        expect(readChoice(writeChoice(choice))).toEqual(choice);
      }),
      { seed: 20261122 },
    );
  });

  it('holds for what follows unless that says otherwise', () => {
    const chosen: Choice = { use: 'server', modified: true, licenses: ['MIT', undefined], turned: true };

    expect(carryOver(chosen, says)).toEqual(chosen);
    expect(carryOver(chosen, { ...says, use: true })).toEqual({
      modified: true,
      licenses: ['MIT', undefined],
      turned: true,
    });
    expect(carryOver(chosen, { license: true, use: true, modified: true })).toEqual({ licenses: [], turned: true });
  });

  it('is nothing where nothing of it is left', () => {
    expect(carryOver(undefined, says)).toBeUndefined();
    expect(carryOver({ licenses: ['MIT', undefined] }, { ...says, license: true })).toBeUndefined();
    expect(carryOver({ use: 'server', licenses: [] }, { ...says, use: true })).toBeUndefined();
    expect(carryOver({ licenses: [undefined, undefined] }, says)).toBeUndefined();
  });
});
