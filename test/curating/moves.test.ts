import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../src/core/ports.ts';
import type { DraftArticle } from '../../src/curating/draft.ts';
import { applyMove, type Move, refusalOf } from '../../src/curating/moves.ts';
import { written } from './world.ts';

const people = ['U1', 'U2', 'U3'] as PersonId[];
const begun: DraftArticle = {
  origin: { kind: 'blank' },
  locale: 'en',
  facts: written().facts,
  texts: {},
  over: {},
  authors: ['U1' as PersonId],
  state: 'draft',
  revision: 0,
  since: 0,
  cards: [],
};

const save: Move = { kind: 'save', ...written(), over: {} };
const moves = fc.oneof(
  fc.constant(save),
  fc.record({ kind: fc.constantFrom('submit' as const, 'publish' as const), revision: fc.nat(6) }),
  fc.record({ kind: fc.constant('sendBack' as const), revision: fc.nat(6), text: fc.constant('No.') }),
  fc.constant<Move>({ kind: 'discard' }),
);
const steps = fc.array(
  fc.record({ move: moves, actor: fc.constantFrom(...people), mayWrite: fc.boolean(), mayReview: fc.boolean() }),
  { maxLength: 40 },
);

describe('a draft', () => {
  it('whatever people try, is put into force only as somebody read it who wrote none of it', () => {
    const property = fc.property(steps, (all) => {
      let draft = begun;
      const wrote = new Set<PersonId>(['U1' as PersonId]);
      for (const [now, { move, actor, mayWrite, mayReview }] of all.entries()) {
        const circumstances = { now, actor, mayWrite, mayReview };
        const before = draft;
        if (refusalOf(draft, move, circumstances)) continue;
        draft = applyMove(draft, move, circumstances);
        if (move.kind === 'save') wrote.add(actor);

        expect(['published', 'discarded']).not.toContain(before.state);
        expect(move.kind === 'save' || move.kind === 'submit' || move.kind === 'discard' ? mayWrite : mayReview).toBe(
          true,
        );
        if (draft.state !== 'published') continue;
        expect(before.state).toBe('review');
        expect(wrote).not.toContain(actor);
        expect(move).toMatchObject({ revision: before.revision });
      }
    });

    fc.assert(property, { seed: 20261122, numRuns: 2_000 });
  });

  it('that is given up keeps none of its words', () => {
    const [write, drop] = [
      { now: 1, actor: people[0] as PersonId, mayWrite: true, mayReview: true },
      { kind: 'discard' } as const,
    ];

    const gone = applyMove(applyMove(begun, save, write), drop, write);

    expect(gone.texts).toEqual({});
    expect(JSON.stringify(gone)).not.toContain('Stickers');
  });
});
