import { describe, expect, it } from 'vitest';
import { drafts } from '../../src/requests/form-draft.ts';
import type { SameRequest } from '../../src/requests/form-page.ts';
import { ana, bo, day, fieldsOn, guest, mei, openForms, start, viewOf, wordsOf } from './form-office.ts';
import { editionOf, field, typeOf } from './form-types.ts';
import { answered, edition, stored, type } from './small-form.ts';

describe('the steps of a form', () => {
  it('follow each other, only those that the answers make necessary, and end in a last look', async () => {
    const office = openForms({ types: [edition] });

    const first = office.open('small');
    const third = viewOf(await office.next(first, answered));
    const review = viewOf(await office.next(third, { license: 'mit' }));

    expect(first.title.text).toBe('Small (1 of 2)');
    expect(fieldsOn(first)).toEqual(['name', 'kind']);
    expect(third.title.text).toBe('Small (2 of 2)');
    expect(fieldsOn(third)).toEqual(['license', 'lines']);
    expect(third.submit?.text).toBe('Check and send');
    expect(review.title.text).toBe('Small: send');
    expect(wordsOf(review)).toContain('Decides: Office (<@U0ANA00001>).');
    expect(wordsOf(review)).toContain('You hear by <!date^');
  });

  it('count anew when a choice brings up another one', async () => {
    const office = openForms({ types: [edition] });
    const first = office.open('small');

    const redrawn = await office.set(first, { kind: 'two' });
    const same = await office.set(redrawn, { kind: 'two', name: 'Typed meanwhile' });

    expect(redrawn.title.text).toBe('Small (1 of 3)');
    expect(same).toBe(redrawn);
    expect((await stored(office))[0]?.answers).toEqual({ kind: 'two', name: 'Typed meanwhile' });
  });

  it('ask more on the same page where an answer needs it, and go on then', async () => {
    const office = openForms({ types: [edition] });

    const again = viewOf(await office.next(office.open('small'), { name: 'A thing', kind: 'three' }));
    const wrong = await office.next(again, { kind: 'three' });
    const on = viewOf(await office.next(again, { kind: 'three', more: 'Because' }));

    expect(fieldsOn(again)).toEqual(['name', 'kind', 'more']);
    expect(wordsOf(again)).toContain('Your last answer asks for a little more');
    expect(wrong.errors).toEqual({ 'more.0.0': 'This is needed. Please fill it in.' });
    expect(fieldsOn(on)).toEqual(['license', 'lines']);
  });

  it('go back with everything that was entered, and show what we understood', async () => {
    const office = openForms({ types: [edition] });
    const third = viewOf(await office.next(office.open('small'), answered));
    const wrong = await office.next(third, { license: 'apache 2.0' });
    const lines = viewOf(await office.next(third, { license: 'apache-2.0', lines: '40' }));
    const back = await office.back(lines);
    const first = await office.back(back);

    expect(wrong.errors?.['license.2.0']).toContain('Not in the SPDX list: apache, 2.0.');
    expect(back.blocks.find(({ block_id }) => block_id?.startsWith('license'))).toMatchObject({
      block_id: 'license.2.1',
      element: { initial_option: { value: 'Apache-2.0' } },
    });
    expect(back.blocks.find(({ block_id }) => block_id?.startsWith('lines'))?.block_id).toBe('lines.2.0');
    expect(first.blocks.find(({ block_id }) => block_id === 'name.0.0')).toMatchObject({
      element: { initial_value: 'A thing' },
    });
  });

  it('are the same in the language of their reader', async () => {
    const office = openForms({ types: [edition] });

    const first = office.open('small', bo);
    const wrong = await office.next(first, { name: ' ', kind: 'one' }, bo);

    expect(first.title.text).toBe('Small？（1/2）');
    expect(wrong.errors).toEqual({ 'name.0.0': '这一项必填，请补上。' });
  });

  it('shorten their title when there are many', () => {
    const short = { en: 'Fifteen letters', 'zh-CN': '十五个字的标题' };
    const pages = Array.from({ length: 12 }, (_, i) => [field(`f${i}`, 'text')]);
    const office = openForms({ types: [editionOf(typeOf(pages, { short }))] });

    expect(office.open('small').title.text).toBe('Fifteen letters (1/12)');
  });
});

describe('opening', () => {
  it('fills in what a link knows, and nothing that does not fit', () => {
    const office = openForms({ types: [edition] });

    const view = office.open('small?name=left-pad&kind=two&nonsense=1&lines=x&more=hidden');

    expect(view.title.text).toBe('Small (1 of 3)');
    expect(fieldsOn(view)).toEqual(['name', 'kind']);
    expect(wordsOf(view)).toContain('left-pad');
    expect(wordsOf(view)).not.toContain('nonsense');
  });

  it('keeps what was filled in until it is saved', async () => {
    const office = openForms({ types: [edition] });
    const view = office.open('small?name=left-pad&kind=two&lines=7');

    await office.next(view);

    expect((await stored(office))[0]).toMatchObject({ answers: { name: 'left-pad', kind: 'two', lines: 7 }, at: 1 });
  });

  it('without a type shows what there is, the restricted ones last and the hidden ones not at all', () => {
    const named = (id: string, more: object) =>
      editionOf(typeOf([[field('name', 'text')]], { id, title: { en: id, 'zh-CN': id }, ...more }));
    const office = openForms({
      types: [
        named('secret', { restricted: true, order: 1 }),
        named('hidden', { hidden: true }),
        named('second', { order: 3 }),
        named('first', { order: 2 }),
        named('leads', { from: ['ospo-lead'] }),
      ],
    });

    const view = office.open();

    const buttons = [...wordsOf(view).matchAll(/"action_id":"requests.choose".*?"value":"(\w+)"/g)].map(([, id]) => id);
    expect(buttons).toEqual(['first', 'second', 'secret']);
    expect(wordsOf(view)).toContain('Seen only by those who look into it');
  });

  it.each([
    ['a guest', guest, 'Guests cannot ask for approval.'],
    ['somebody without the role', mei, 'by these roles only: open source office.'],
  ])('refuses %s, and again when it is sent', async (_, who, said) => {
    const forOffice = editionOf(typeOf([[field('name', 'text')]], { from: ['ospo'] }));
    const office = openForms({ types: [forOffice] });
    const opened = office.open('small', ana);

    const refused = office.open('small', who);
    const forged = viewOf(await office.next(opened, { name: 'x' }, who));

    expect(wordsOf(refused)).toContain(said);
    expect(wordsOf(forged)).toContain(said);
    expect(office.forms.offers(who, 'small')).toBeUndefined();
    expect(office.forms.offers(ana, 'small')?.id).toBe('small');
  });

  it('says so when there is no such form', () => {
    const office = openForms({ types: [edition] });

    expect(wordsOf(office.open('smal'))).toContain('There is no form called smal.');
  });
});

describe('sending', () => {
  const review = async (office: ReturnType<typeof openForms>) => {
    const third = viewOf(await office.next(office.open('small'), answered));
    return viewOf(await office.next(third, { license: 'MIT' }));
  };

  it('makes one request, however often it is sent, and leaves no answers behind', async () => {
    const office = openForms({ types: [edition] });
    const last = await review(office);

    const [first, second] = [viewOf(await office.next(last)), viewOf(await office.next(last))];

    expect(office.sent).toHaveLength(1);
    expect(office.sent[0]).toMatchObject({ requester: mei, answers: { ...answered, license: 'MIT' } });
    expect(wordsOf(first)).toContain('Your request is REQ-142.');
    expect(wordsOf(second)).toContain('This was sent already: it is REQ-142.');
    expect(await stored(office)).toEqual([]);
    expect((await office.store.due(drafts, { now: start + 8 * day, limit: 9 }))[0]?.answers).toEqual({});
  });

  it('goes to the step of the first mistake, when one appeared meanwhile', async () => {
    const office = openForms({ types: [edition] });
    const last = await review(office);
    const stricter = typeOf([
      [field('name', 'text', { max: 3 } as never), field('kind', 'choice')],
      [field('license', 'license')],
    ]);
    office.use([{ type: stricter, hash: edition.hash, file: edition.file }]);

    const view = viewOf(await office.next(last));

    expect(fieldsOn(view)).toEqual(['name', 'kind']);
    expect(wordsOf(view)).toContain('Mend this first:');
    expect(wordsOf(view)).toContain('At most 3 characters');
    expect(office.sent).toEqual([]);
  });

  it('is not for others: a draft is its author’s', async () => {
    const office = openForms({ types: [edition] });
    const last = await review(office);

    const view = viewOf(await office.next(last, {}, bo));

    expect(wordsOf(view)).toContain('草稿已删除或过期');
    expect(office.sent).toEqual([]);
  });

  it('says at once what needs no request', async () => {
    const routes = [
      { id: 'none', when: { when: 'kind', is: 'one' }, level: 0, because: { en: 'Just do it.', 'zh-CN': '直接做。' } },
      ...type.routes,
    ];
    const office = openForms({
      types: [
        editionOf(typeOf([[field('name', 'text'), field('kind', 'choice')], [field('lines', 'number')]], { routes })),
      ],
    });

    const view = viewOf(await office.next(office.open('small'), answered));
    const back = await office.back(view);

    expect(view.title.text).toBe('No request needed');
    expect(view.submit).toBeUndefined();
    expect(wordsOf(view)).toContain('Just do it.');
    expect(fieldsOn(back)).toEqual(['name', 'kind']);
  });

  it('does not promise that nothing is needed while a question could still raise it', async () => {
    const none = {
      id: 'none',
      when: { when: 'kind', is: 'one' },
      level: 0,
      because: { en: 'Do it.', 'zh-CN': '做。' },
    };
    const raises = [
      {
        id: 'risk',
        when: { when: 'risk', is: 'yes' },
        level: 5,
        stages: ['office'],
        because: { en: 'Risky.', 'zh-CN': '有风险。' },
      },
    ];
    const office = openForms({
      types: [
        editionOf(
          typeOf([[field('kind', 'choice')], [field('risk', 'yesno')]], { routes: [none, ...type.routes], raises }),
        ),
      ],
    });

    const second = viewOf(await office.next(office.open('small'), { kind: 'one' }));
    const risky = viewOf(await office.next(second, { risk: 'yes' }));
    const safe = viewOf(await office.next(second, { risk: 'no' }));

    expect(fieldsOn(second)).toEqual(['risk']);
    expect(risky.title.text).toBe('Small: send');
    expect(wordsOf(risky)).toContain('Risky.');
    expect(safe.title.text).toBe('No request needed');
  });
});

describe('before the form goes on', () => {
  const same: SameRequest = {
    number: 'REQ-98',
    subject: 'Small A thing',
    requester: bo,
    state: 'open',
    at: start,
    conditions: [],
  };

  it.each<readonly [string, Partial<SameRequest>, string]>([
    ['a colleague’s', {}, 'REQ-98 of <@U0BO000001> asks the same: Small A thing.'],
    ['my own', { requester: mei }, 'You already asked for this: REQ-98'],
    ['my own that waits for me', { requester: mei, state: 'waiting' }, 'It waits for your answer.'],
    [
      'an approved one',
      { state: 'approved', validUntil: start, conditions: ['Keep the notices.'] },
      '• Keep the notices.',
    ],
  ])('shows %s, once, and lets the person go on all the same', async (_, more, said) => {
    const office = openForms({ types: [edition], same: [{ ...same, ...more }] });

    const before = viewOf(await office.next(office.open('small'), answered));
    const third = viewOf(await office.next(before));
    const review = viewOf(await office.next(third, { license: 'MIT' }));

    expect(before.title.text).toBe('Before you go on');
    expect(wordsOf(before)).toContain(said);
    expect(fieldsOn(third)).toEqual(['license', 'lines']);
    expect(review.title.text).toBe('Small: send');
  });

  it('comes again when there is another one', async () => {
    const others = [same];
    const office = openForms({ types: [edition], same: others });
    const before = viewOf(await office.next(office.open('small'), answered));
    const third = viewOf(await office.next(before));

    others.push({ ...same, number: 'REQ-99' });
    const again = viewOf(await office.next(third, { license: 'MIT' }));

    expect(again.title.text).toBe('Before you go on');
    expect(wordsOf(again)).toContain('REQ-99');
    expect(wordsOf(again)).not.toContain('REQ-98');
  });
});
