import { describe, expect, it } from 'vitest';
import { auditEvents, auditParts } from '../../src/core/audit.ts';
import { readExpression } from '../../src/licenses/expression.ts';
import { askedAbout, changesOf, correctable, correctionsIn } from '../../src/requests/corrections.ts';
import { requestSubject } from '../../src/requests/records.ts';
import type { RequestEvent } from '../../src/requests/request.ts';
import { replay } from '../../src/requests/state.ts';
import { field, typeOf } from './form-types.ts';
import { edition, english, openRequests } from './request-office.ts';
import { id, openingOf, typeOfAllWays } from './rules-world.ts';

const type = typeOf([
  [
    field('name', 'text'),
    field('kind', 'choice'),
    field('license', 'license', { required: false }),
    field('tags', 'choices', { required: false }),
    field('why', 'long', { ask: { when: 'kind', is: 'two' } } as never),
    field('sure', 'confirm'),
  ],
]);
const request = { answers: { name: 'kafka', kind: 'one', tags: ['one'], sure: 'yes' }, facts: {} };
const shown = ['name', 'kind', 'license', 'tags'];

function read(
  entered: Readonly<Record<string, string | readonly string[] | undefined>>,
  on: readonly string[] = shown,
) {
  const drawn = Object.fromEntries(on.map((name) => [name, request.answers[name as 'name']]));
  const values = Object.fromEntries(
    Object.entries({ ...drawn, ...entered }).map(([name, value]) => [`${name}.0.0`, { any: value }]),
  );
  return correctionsIn(
    type,
    request,
    { values: { ...values, name: { name: 'no field' } }, shown: on },
    'en',
    readExpression,
  );
}

describe('what a question is about', () => {
  it('is every answer of the form but what was confirmed', () => {
    expect(correctable(type, request).map((one) => one.id)).toEqual(['name', 'kind', 'license', 'tags']);
  });

  it('is put together from all open questions, in the order of the form', () => {
    const open = { by: id('olga'), stage: 'any', at: 1, text: '?' };

    const about = askedAbout(type, { questions: [{ ...open, fields: ['tags'] }, open, { ...open, fields: ['name'] }] });

    expect(about).toEqual(['name', 'tags']);
  });
});

describe('what is corrected', () => {
  it('is what changed, as it is kept', () => {
    expect(read({ license: 'mit', name: ' kafka ' })).toEqual({ is: 'right', changed: { license: 'MIT' } });
  });

  it('names what was emptied, and nothing where nothing was', () => {
    expect(read({ tags: [] })).toEqual({ is: 'right', changed: { tags: [] } });
    expect(read({ license: undefined })).toEqual({ is: 'right', changed: {} });
  });

  it('is refused beside its field where it will not do', () => {
    expect(read({ license: 'no license', name: '' })).toMatchObject({
      is: 'wrong',
      errors: { 'name.0.0': expect.any(String), 'license.0.0': expect.any(String) },
    });
  });

  it('asks for what becomes necessary by it, once', () => {
    const more = read({ kind: 'two' });
    const complete = read({ kind: 'two', why: 'Because.' }, [...shown, 'why']);

    expect(more).toMatchObject({ is: 'more', fields: ['why'], entered: { kind: 'two', name: 'kafka' } });
    expect(complete).toEqual({ is: 'right', changed: { kind: 'two', why: 'Because.' } });
  });

  it('is shown with what it was, an empty side empty', () => {
    const event: RequestEvent = {
      kind: 'answered',
      at: 1,
      by: id('asker'),
      text: '',
      clocks: {},
      answers: { name: 'flink', tags: [] },
      before: { name: 'kafka', tags: ['one', 'two'] },
    };

    expect(changesOf(event, type, 'en').map(({ label, before, after }) => [label, before, after])).toEqual([
      ['name', 'kafka', 'flink'],
      ['tags', 'one, two', ''],
    ]);
  });
});

describe('an answer that corrects the form', () => {
  const asking = { kind: 'ask', stage: 'any', text: 'Is it risky?', fields: ['risky'] } as const;
  const found = { ...typeOfAllWays, find: { project: 'way' } };

  async function corrected() {
    const office = openRequests();
    office.setTypes([edition(found)]);
    const { request: asked } = await office.submit('any');
    await office.move(asked.id, 'olga', asking);
    const done = await office.move(asked.id, 'asker', { kind: 'answer', text: '', answers: { risky: 'yes' } });
    return { office, done };
  }

  it('is looked at by the rules again, which only raise: more people are asked', async () => {
    const { done } = await corrected();

    expect(done.request.answers).toEqual({ way: 'any', risky: 'yes' });
    expect(done.request.way).toMatchObject({ level: 5, raises: ['risky'] });
    expect(done.request.stages.map(({ id: stage, state }) => [stage, state])).toEqual([
      ['any', 'open'],
      ['security', 'open'],
    ]);
  });

  it('never lowers what was raised before', async () => {
    const { office, done } = await corrected();
    await office.move(done.request.id, 'olga', asking);

    const back = await office.move(done.request.id, 'asker', { kind: 'answer', text: '', answers: { risky: 'no' } });

    expect(back.request.way).toMatchObject({ level: 5, raises: ['risky'] });
    expect(back.request.stages).toHaveLength(2);
  });

  it('is found by what it says now', async () => {
    const { office, done } = await corrected();
    await office.move(done.request.id, 'olga', { ...asking, fields: ['way'] });

    const moved = await office.move(done.request.id, 'asker', { kind: 'answer', text: '', answers: { way: 'two' } });

    expect(moved.request.keys).toContain('project:two');
    expect((await office.all.list({ key: 'project:any', order: 'asc', limit: 10 })).docs).toEqual([]);
  });

  it('has the form as it is from then on in the audit, and its events give its state', async () => {
    const { office, done } = await corrected();

    const chain = await office.store.list(auditEvents, {
      key: requestSubject(done.request.id),
      order: 'asc',
      limit: 100,
    });
    const answered = chain.docs.find(({ kind }) => kind === 'answered');
    const part = await office.store.get(auditParts, answered?.id ?? '');
    const { cards: _, wakeAt: __, audit: ___, id: ____, ...course } = done.request;
    const opening = { ...openingOf('any'), ...course, answers: { way: 'any' }, stages: ['any'], restricted: false };
    const first = { ...opening, way: { ...course.way, level: 4, raises: [] } };

    expect(JSON.parse(part?.parts.form?.text ?? '{}')).toMatchObject({ answers: { way: 'any', risky: 'yes' } });
    expect(replay(first, done.request.events)).toMatchObject({ answers: course.answers, stages: course.stages });
  });

  it('is refused where the form would not take it', async () => {
    const office = openRequests();
    const { request: asked } = await office.submit('any');
    await office.move(asked.id, 'olga', asking);

    const refused = await english(
      office.move(asked.id, 'asker', { kind: 'answer', text: '', answers: { way: 'no such way' } }),
    );

    expect(refused).toContain('Something in the form is missing or no longer fits.');
  });
});
