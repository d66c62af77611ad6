import { describe, expect, it } from 'vitest';
import type { Sample } from '../../src/feature.ts';
import { checkBlocks } from '../../src/playground/check-blocks.ts';
import { checkView } from '../../src/playground/check-views.ts';
import { Refusal } from '../../src/playground/refusal.ts';
import { formSamples } from '../../src/requests/form-samples.ts';
import { choice, editionOf, field, shippedTypes, typeOf } from './form-types.ts';

function problems({ name, payload, surface }: Sample): readonly string[] {
  if ('text' in payload) return checkBlocks(payload.blocks, 'message', '/blocks').problems;
  try {
    checkView(payload, surface === 'home' ? 'home' : 'modal');
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [`${name}: ${error.code} ${JSON.stringify(error.details)}`];
  }
}

describe('the pages of a form', () => {
  it('are taken by Slack, for every type that ships', async () => {
    const types = await shippedTypes();

    const samples = formSamples(types);

    expect(samples.flatMap(problems)).toEqual([]);
    expect(types.length).toBeGreaterThan(1);
    for (const { type } of types) expect(samples.some(({ name }) => name.includes(`${type.id}, last look`))).toBe(true);
  });

  it('are taken by Slack for every kind of field, however many choices it has', () => {
    const many = (count: number) => ({ choices: Array.from({ length: count }, (_, i) => choice(`c${i}`)) }) as never;
    const type = typeOf([
      [
        field('text', 'text', { suggest: 'projects' }),
        field('long', 'long'),
        field('license', 'license'),
        field('purl', 'purl'),
        field('url', 'url'),
        field('number', 'number'),
        field('date', 'date'),
        field('files', 'files'),
      ],
      [field('person', 'person'), field('people', 'people'), field('confirm', 'confirm'), field('yesno', 'yesno')],
      [7, 8, 100, 101].map((count) => field(`choice${count}`, 'choice', many(count))),
      [10, 11, 100, 101].map((count) => field(`choices${count}`, 'choices', many(count))),
    ]);

    const samples = formSamples([editionOf(type)]);

    expect(samples.flatMap(problems)).toEqual([]);
    const drawn = new Set(
      JSON.stringify(samples).match(/"type":"[a-z_]+_(?:select|input|buttons)"|"type":"(?:checkboxes|datepicker)"/g),
    );
    expect([...drawn].map((one) => one.slice(8, -1)).toSorted()).toEqual([
      'checkboxes',
      'datepicker',
      'external_select',
      'file_input',
      'multi_external_select',
      'multi_static_select',
      'multi_users_select',
      'number_input',
      'plain_text_input',
      'radio_buttons',
      'static_select',
      'url_text_input',
      'users_select',
    ]);
  });
});
