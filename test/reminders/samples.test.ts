import { describe, expect, it } from 'vitest';
import { reminderSamples } from '../../src/reminders/samples.ts';

const samples = reminderSamples();
const named = (name: string) => JSON.stringify(samples.find((sample) => sample.name === name)?.payload);

describe('everything that reminders can show', () => {
  it('has no more in a row of buttons than a phone takes in', () => {
    const rows = samples.flatMap(({ payload }) =>
      payload.blocks.flatMap((block) =>
        'elements' in block && block.type === 'actions' ? [block.elements.length] : [],
      ),
    );

    expect(rows.length).toBeGreaterThan(50);
    expect(Math.max(...rows)).toBeLessThanOrEqual(5);
  });

  it('names the thing in the label of every button that is about one', () => {
    const labels = named('reminders: two things (en)').match(/"accessibility_label":"[^"]*"/g);

    expect(labels).toEqual([
      '"accessibility_label":"Start: Licenses in practice"',
      '"accessibility_label":"Start: Contributing upstream"',
      '"accessibility_label":"Done: Contributing upstream"',
    ]);
  });

  it('offers nothing on a reminder that is over', () => {
    const over = ['settled', 'a newer one came', 'all put off'].map((what) => named(`reminders: ${what} (en)`));

    expect(over.filter((payload) => payload.includes('"button"'))).toEqual([]);
  });

  it('says in words which is the last one, and counts what is not named', () => {
    expect(named('reminders: last word (en)')).toContain('I will not bring it up again');
    expect(named('reminders: as many as fit (en)')).toContain('9 things are due for you.');
    expect(named('reminders: as many as fit (en)')).toMatch(/Also due, in Home: [^;]+; [^;]+; [^;]+; 1 more/);
  });
});
