import { describe, expect, it } from 'vitest';
import type { SbomRow } from '../../src/licenses/sbom-table.ts';
import { requestFor } from '../../src/licensing/bill-request.ts';

function row(license: string, tier: SbomRow['tier'], ...names: readonly string[]): SbomRow {
  return { license, tier, components: names.map((name) => ({ name, version: '1', licenses: [license] })) };
}

const link = 'https://example.slack.com/files/U0SAMPLE01/F0SAMPLE01/bom.json';

describe('the request for an SBOM', () => {
  it('is that for one component where it is one', () => {
    const purl = 'pkg:npm/db@2.0';
    const rows: readonly SbomRow[] = [
      { license: 'AGPL-3.0-only', tier: 'refer', components: [{ name: 'db', version: '2.0', purl, licenses: [] }] },
    ];

    expect(requestFor(rows, 'server', { locale: 'en' })).toEqual({
      request: 'component',
      prefill: { component: purl, version: '2.0', license: 'AGPL-3.0-only', useCase: 'server', modified: 'no' },
    });
  });

  it('lists several, those to review first', () => {
    const rows = [row('MIT', 'ask-first', 'a', 'b'), row('SSPL-1.0', 'refer', 'c')];

    expect(requestFor(rows, 'client', { locale: 'en', link })).toEqual({
      request: 'components',
      prefill: {
        components: 'c 1 · SSPL-1.0\na 1 · MIT\nb 1 · MIT',
        complete: 'yes',
        useCase: 'client',
        modified: 'no',
      },
    });
  });

  it('keeps whole lines, says how many are missing and brings the SBOM, and fits the field', () => {
    const names = Array.from({ length: 400 }, (_, at) => `component-${at}`);

    const { prefill } = requestFor([row('GPL-3.0-only', 'refer', ...names)], 'embedded', { locale: 'zh-CN', link });
    const lines = (prefill.components ?? '').split('\n');

    expect(prefill).toMatchObject({ complete: 'no', whole: link });
    expect(prefill.components?.length).toBeLessThanOrEqual(3_000);
    expect(lines.at(-1)).toBe(`（SBOM 里还有 ${400 - (lines.length - 1)} 个）`);
    expect(lines.slice(0, -1).every((line) => line.endsWith(' 1 · GPL-3.0-only'))).toBe(true);
  });
});
