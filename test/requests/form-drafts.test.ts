import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drafts, forgetDrafts } from '../../src/requests/form-draft.ts';
import { bo, day, fieldsOn, mei, openForms, start, viewOf, wordsOf } from './form-office.ts';
import { choice, editionOf, field, typeOf } from './form-types.ts';
import { answered, edition, stored } from './small-form.ts';

describe('a draft', () => {
  it('goes on where it was left, also after a long time', async () => {
    const office = openForms({ types: [edition] });
    await office.next(office.open('small'), answered);
    const [draft] = await stored(office);
    await office.clock.advance(80 * day);

    const { reply } = await office.forms.goOn(mei, draft?.id ?? '');

    expect(reply).toMatchObject({ kind: 'view', view: { title: { text: 'Small (2 of 2)' } } });
  });

  it('waits on Home with its subject, and is gone when it is discarded', async () => {
    const office = openForms({ types: [edition] });
    await office.next(office.open('small'), answered);
    const [draft] = await stored(office);

    const section = await office.drafts.section(office.person(mei));
    await office.carryOut(await office.drafts.discard(bo, draft?.id ?? ''));
    const kept = await stored(office);
    await office.carryOut(await office.drafts.discard(mei, draft?.id ?? ''));

    expect(wordsOf(section)).toContain('Small A thing');
    expect(kept).toHaveLength(1);
    expect(await office.drafts.section(office.person(mei))).toBeUndefined();
    expect(await office.forms.goOn(mei, draft?.id ?? '')).toMatchObject({ reply: { kind: 'view' } });
  });

  it('is deleted 90 days after it was saved last', async () => {
    const office = openForms({ types: [edition] });
    await office.next(office.open('small'), answered);
    const due = (days: number) => office.store.due(drafts, { now: start + days * day, limit: 9 });

    const [early, late] = [await due(89), await due(90)];
    const [doc] = late;
    if (doc) await office.carryOut(await forgetDrafts.run(doc, start + 90 * day));

    expect(early).toEqual([]);
    expect(await stored(office)).toEqual([]);
  });

  it('is lifted to a form that changed: what fits stays, the rest is asked again, and the person hears it', async () => {
    const office = openForms({ types: [edition] });
    const third = viewOf(await office.next(office.open('small'), { ...answered, kind: 'two' }));
    const renamed = typeOf([
      [field('name', 'text'), field('kind', 'choice', { choices: [choice('one'), choice('four')] } as never)],
      [field('license', 'license'), field('other', 'yesno')],
    ]);
    office.use([editionOf(renamed, 'b'.repeat(64))]);

    const view = viewOf(await office.next(third, { why: 'Because it is good.' }));
    const on = viewOf(await office.next(view, { kind: 'four' }));

    expect(fieldsOn(view)).toEqual(['name', 'kind']);
    expect(wordsOf(view)).toContain('The form has changed since you began.');
    expect(wordsOf(view)).toContain('Answer again: kind.');
    expect(view.blocks.find(({ block_id }) => block_id === 'kind.0.1')).toBeDefined();
    expect(fieldsOn(on)).toEqual(['license', 'other']);
    expect(wordsOf(on)).not.toContain('has changed');
  });

  it('stays when its form is gone, and the person hears it', async () => {
    const office = openForms({ types: [edition] });
    const third = viewOf(await office.next(office.open('small'), answered));

    office.use([]);
    const view = viewOf(await office.next(third, { license: 'MIT' }));

    expect(wordsOf(view)).toContain('no longer offered');
    expect(await stored(office)).toHaveLength(1);
  });

  it('makes room: the oldest of many is offered for deletion, and goes when there are twice as many', async () => {
    const office = openForms({ types: [edition] });
    for (let i = 0; i < 10; i += 1) {
      await office.next(office.open('small'), { name: `Thing ${i}`, kind: 'one' });
      await office.clock.advance(1_000);
    }

    const eleventh = viewOf(await office.next(office.open('small'), { name: 'Thing 10', kind: 'one' }));
    const [oldest] = await stored(office);
    const meta = JSON.parse(eleventh.private_metadata ?? '');
    await office.carryOut(await office.forms.discardOldest(mei, oldest?.id ?? '', meta, {}));
    const after = await stored(office);
    for (let i = 0; i < 15; i += 1) await office.next(office.open('small'), answered);

    expect(wordsOf(eleventh)).toContain('You have 11 drafts.');
    expect(wordsOf(eleventh)).toContain('Small Thing 0');
    expect(after).toHaveLength(10);
    expect(after.some(({ id }) => id === oldest?.id)).toBe(false);
    expect(await stored(office)).toHaveLength(20);
  });

  it('keeps what people write as they wrote it', async () => {
    const office = openForms({ types: [editionOf(typeOf([[field('name', 'text')], [field('why', 'long')]]))] });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.constantFrom(
            '<!channel> <@U0EVIL0001>',
            '*bold* _it_ `x`',
            'مرحبا بالعالم',
            '🧑‍🚀👩🏽‍💻',
            '修复了延迟问题。',
            '&lt;',
          ),
          fc.string({ minLength: 1, maxLength: 3_000, unit: 'grapheme' }),
        ),
        async (text) => {
          fc.pre(text.trim() !== '' && text.length <= 3_000);
          const second = viewOf(await office.next(office.open('small'), { name: 'x' }));

          const review = viewOf(await office.next(second, { why: text }));
          await office.next(review);

          expect(office.sent.at(-1)?.answers.why).toBe(text.trim().toWellFormed());
          expect(wordsOf(review)).not.toMatch(/<!channel>|<@U0EVIL0001>/);
        },
      ),
      { seed: 20261122, numRuns: 60 },
    );
  });
});
