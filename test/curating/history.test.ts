import { describe, expect, it } from 'vitest';
import { curatingSamples } from '../../src/curating/samples.ts';

/** The first line that phones and screen readers get of a sample's numbers, and whether it explains how they are counted. */
function shown(name: string): { readonly text: string; readonly explains: boolean } {
  const sample = curatingSamples().find((one) => one.name === `curating: ${name} (en)`);
  const { payload } = sample ?? {};
  const text = payload && 'text' in payload ? (payload.text ?? '') : '';
  return { text: String(text), explains: JSON.stringify(payload).includes('came closest') };
}

describe('the history of an article', () => {
  it('has a line for each month in which somebody asked, and says how it is counted', () => {
    const { text, explains } = shown('history, from files');

    expect(text).toContain('Nov 2026: shown 12 · helped 3 · did not help 1 · missed 0');
    expect(explains).toBe(true);
  });

  it('is one sentence where nobody did', () => {
    const { text, explains } = shown('history, never asked');

    expect(text).toContain('Nobody has asked about it');
    expect(text).not.toContain('shown 0');
    expect(explains).toBe(false);
  });
});
