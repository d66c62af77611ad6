import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileCopied } from '../../src/core/links.ts';
import {
  afterCopy,
  afterShow,
  beginHanding,
  type Handing,
  handedIn,
  missingIn,
  nextStep,
  pressed,
} from '../../src/requests/handing.ts';
import { uploadIn, uploadsOf } from '../../src/requests/uploads.ts';
import { field, typeOf } from './form-types.ts';
import { id } from './rules-world.ts';

const now = 1_000_000;
const minute = 60_000;
const uploads = ['F1', 'F2'].map((file) => ({ file, giver: id('asker') }));
const begun = beginHanding('00000001', id('lina'), uploads, now);

describe('a file in a form', () => {
  it.each([
    ['https://example.slack.com/files/U1ABC/F2DEF/a.pdf', { by: 'U1ABC', file: 'F2DEF' }],
    ['https://example.enterprise.slack.com/files/W1ABC/F2DEF/a_b.pdf#name', { by: 'W1ABC', file: 'F2DEF' }],
    ['https://wiki.example.com/files/U1ABC/F2DEF/a.pdf', undefined],
    ['https://example.slack.com.evil.example/files/U1ABC/F2DEF/a.pdf', undefined],
    ['https://example.slack.com/archives/C1/p1', undefined],
    ['F2DEF', undefined],
  ])('is read from %s', (link, expected) => {
    expect(uploadIn(link)).toEqual(expected);
  });

  it('is of whoever gave it, with the form or with a correction', () => {
    const type = typeOf([[field('papers', 'files')]]);
    const link = (file: string) => `https://example.slack.com/files/U1/${file}/x.pdf`;
    const [one, two] = [link('F1'), link('F2')];
    const request = {
      requester: id('asker'),
      facts: {},
      answers: { papers: [one, two, 'https://wiki.example.com', one] },
      events: [
        { kind: 'submitted', at: 1, by: id('asker') },
        {
          kind: 'answered',
          at: 2,
          by: id('olga'),
          text: '',
          clocks: {},
          before: { papers: [one] },
          answers: { papers: [one, two] },
        },
      ],
    } as const;

    const found = uploadsOf(
      {
        ...request,
        answers: { papers: [...request.answers.papers] },
        events: structuredClone([...request.events]) as never,
      },
      type,
    );

    expect(found).toEqual([
      { file: 'F1', giver: id('asker') },
      { file: 'F2', giver: id('olga') },
    ]);
  });
});

describe('a press', () => {
  const done: Handing = {
    ...begun,
    state: 'done',
    files: begun.files.map((one, index) => ({ ...one, state: index === 0 ? 'copied' : 'deleted' })),
  };

  const afterTwo: Handing = { ...done, had: ['F2'] };

  it.each([
    ['the first', undefined, now, { kind: 'begins', uploads, had: [] }],
    ['while they are on their way', begun, now + minute, { kind: 'under-way' }],
    [
      'right after, of what did not come',
      done,
      now + minute,
      { kind: 'begins', uploads: uploads.slice(1), had: ['F1'] },
    ],
    [
      'right after',
      { ...done, files: done.files.map((one) => ({ ...one, state: 'copied' as const })) },
      now + minute,
      { kind: 'had', at: now },
    ],
    ['right after, of one that came before those', afterTwo, now + minute, { kind: 'had', at: now }],
    ['later', done, now + 11 * minute, { kind: 'begins', uploads, had: [] }],
  ] as const)('%s', (_, before, at, expected) => {
    expect(pressed(before, uploads, at)).toEqual(expected);
  });
});

describe('files on their way', () => {
  const copy = (file: string): FileCopied => ({ kind: 'copied', name: `${file}.pdf`, copy: `C${file}` });

  it('are copied one by one, shown together, and kept for a day', () => {
    const one = afterCopy(begun, 'F1', copy('F1'), now);
    const both = afterCopy(one, 'F2', copy('F2'), now);
    const asked = afterShow(both, { kind: 'asked' }, now);
    const shown = afterShow(asked, { kind: 'shown' }, now + minute);

    expect([begun, one, both, shown].map((each) => nextStep(each).kind)).toEqual(['copy', 'copy', 'show', 'forget']);
    expect([both.asked, asked.asked]).toEqual([false, true]);
    expect(handedIn(shown).map(({ name }) => name)).toEqual(['F1.pdf', 'F2.pdf']);
    expect(shown.wakeAt).toBeGreaterThanOrEqual(now + 24 * 60 * minute);
  });

  it('are not shown where none could be copied', () => {
    const one = afterCopy(begun, 'F1', { kind: 'deleted', name: 'F1' }, now);
    const none = afterCopy(one, 'F2', { kind: 'foreign', name: 'F2' }, now);

    expect(none.state).toBe('done');
    expect(missingIn(none).map(({ state }) => state)).toEqual(['deleted', 'foreign']);
  });

  it('are called failed where Slack refuses to show them', () => {
    const both = uploads.reduce((handing, { file }) => afterCopy(handing, file, copy(file), now), begun);

    const refused = afterShow(both, { kind: 'refused', code: 'not_in_channel' }, now);

    expect(handedIn(refused)).toEqual([]);
    expect(missingIn(refused)).toHaveLength(2);
  });

  it('end whatever comes of each step, each one later than the one before', () => {
    const outcome = fc.constantFrom('copied', 'deleted', 'later', 'shown', 'asked', 'refused');
    fc.assert(
      fc.property(fc.infiniteStream(outcome), fc.integer({ min: 0, max: 5_000 }), (outcomes, late) => {
        let handing = begun;
        for (let steps = 0; nextStep(handing).kind !== 'forget'; steps += 1) {
          const step = nextStep(handing);
          const kind = String(outcomes.next().value);
          const at = handing.wakeAt + late;
          const after =
            step.kind === 'copy'
              ? afterCopy(handing, step.file, copiedOf(kind, step.file), at)
              : afterShow(handing, shownOf(kind), at);

          expect(after.wakeAt).toBeGreaterThan(handing.wakeAt);
          expect(steps).toBeLessThan(40);
          handing = after;
        }
        expect(handedIn(handing).length + missingIn(handing).length).toBe(uploads.length);
        // Twenty minutes at the most for each thing that is waited for.
        expect(handing.wakeAt - now).toBeLessThan(24 * 60 * minute + 3 * 25 * minute + 40 * late);
      }),
      { seed: 20_261_122 },
    );

    function copiedOf(kind: string, file: string): FileCopied {
      if (kind === 'copied' || kind === 'shown') return copy(file);
      return kind === 'deleted' ? { kind, name: file } : { kind: 'later' };
    }
    function shownOf(kind: string): Parameters<typeof afterShow>[1] {
      if (kind === 'refused') return { kind, code: 'x' };
      return { kind: kind === 'shown' || kind === 'asked' ? kind : 'later' };
    }
  });
});
