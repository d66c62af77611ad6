import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { untrained } from '../../src/ask/decide.ts';
import { askedQuestions, forgetQuestions, Question, questions, recordOf } from '../../src/ask/question.ts';
import { createSearch } from '../../src/ask/search.ts';
import { put } from '../../src/core/ports.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { start } from '../delivery/world.ts';
import { smallBase } from './base.ts';

const search = createSearch(smallBase, untrained);
const day = 24 * 60 * 60_000;

function asked(text: string, more: { readonly channel?: string } = {}): Question {
  return recordOf({ person: 'U1', text, via: 'conversation', at: start, ...more }, search.find(text));
}

describe('what is kept of a question', () => {
  it('names the exact text that was shown, and what was offered beside it', () => {
    const question = asked('can we use AGPL in our SaaS', { channel: 'D1' });

    expect(question).toMatchObject({ person: 'U1', channel: 'D1', locale: 'en', outcome: 'answer', at: start });
    expect(question.shown).toEqual({ id: 'agpl-saas', hash: 'agpl-saas' });
    expect(question.offered).not.toContain('agpl-saas');
  });

  it('names no text as long as the asker has not said which one holds', () => {
    const found = search.find('can we use AGPL in our SaaS');

    const question = recordOf({ person: 'U1', text: 'x', via: 'home', at: start }, found, 'ask');

    expect(question.shown).toEqual({ id: 'agpl-saas' });
  });

  it('names the desk that a question belongs to', () => {
    expect(asked('my laptop is broken')).toMatchObject({ outcome: 'unknown', desk: 'it' });
  });

  it('fits the store, whatever was asked', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ maxLength: 5_000 }));

    fc.assert(
      fc.property(anything, (text) => {
        const question = Question.parse(asked(text));

        expect(question.text.length).toBeLessThanOrEqual(3_000);
        expect(question.text.isWellFormed()).toBe(true);
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});

describe('after ninety days', () => {
  it('it is forgotten, not a day earlier', async () => {
    const store = createMemoryStore([questions]);
    await store.commit([put(questions, 'Q1', asked('what is a CLA'), 0)]);

    const early = await store.due(questions, { now: start + 90 * day - 1, limit: 9 });
    const [due] = await store.due(questions, { now: start + 90 * day, limit: 9 });
    if (due) await store.commit((await forgetQuestions(async () => []).run(due, start + 90 * day)).ops);

    expect(early).toEqual([]);
    expect(await store.get(questions, 'Q1')).toBeUndefined();
  });
});

describe('what other features read', () => {
  it('is the question and the title of its answer, in its language', async () => {
    const store = createMemoryStore([questions]);
    await store.commit([put(questions, 'Q1', asked('SaaS 里能用 AGPL 吗'), 0)]);
    const read = askedQuestions(store, () => ({ base: smallBase }));

    expect(await read('Q1')).toMatchObject({
      locale: 'zh-CN',
      shown: { id: 'agpl-saas', title: '在服务里使用 AGPL 组件' },
    });
    expect(await read('gone')).toBeUndefined();
  });

  it('names no answer whose article is gone', async () => {
    const store = createMemoryStore([questions]);
    await store.commit([put(questions, 'Q1', asked('can we use AGPL in our SaaS'), 0)]);
    const read = askedQuestions(store, () => ({ base: { ...smallBase, articles: [] } }));

    expect(await read('Q1')).not.toHaveProperty('shown');
  });
});
