import type { NextRequest } from '../core/links.ts';
import type { UseCase } from '../licenses/policy.ts';
import type { Component } from '../licenses/sbom-components.ts';
import type { SbomRow } from '../licenses/sbom-table.ts';
import { type Bill, nameOf } from './bill.ts';
import { texts } from './texts.ts';

// What a field of several lines holds in Slack, less the line that says how many are missing.
const longestList = 2_950;

/**
 * One request for all components of these rows: the form for one where it is only one, else the form for a list, one
 * component a line with its license. What the policy sends to review stands before what merely nobody has adopted yet. Where the
 * field cannot hold them all, the SBOM itself goes with the request.
 */
export function requestFor(
  group: readonly SbomRow[],
  use: UseCase,
  { locale, link }: Pick<Bill, 'locale' | 'link'>,
): NextRequest {
  const isReview = ({ tier }: SbomRow) => tier === 'refer';
  const rows = [...group.filter(isReview), ...group.filter((row) => !isReview(row))];
  const [first, ...others] = rows.flatMap(({ license, components }) =>
    components.map((component) => ({ license, component })),
  );
  if (first && others.length === 0) {
    const { license, component } = first;
    const { name, version, purl } = component;
    const known = { component: purl ?? name, version, license, useCase: use, modified: 'no' };
    return { request: 'component', prefill: known };
  }
  const lines = rows.flatMap(({ license, components }) => components.map((one) => `${named(one)} · ${license}`));
  const kept = fitting(lines);
  const missing = lines.length - kept.length;
  const list = missing > 0 ? [...kept, texts[locale].listIsCut(String(missing))] : kept;
  return {
    request: 'components',
    prefill: {
      components: list.join('\n'),
      complete: missing > 0 ? 'no' : 'yes',
      ...(missing > 0 && link ? { whole: link } : {}),
      useCase: use,
      modified: 'no',
    },
  };
}

/** A package URL tells one component from all others, and its version; a name is what there is else. */
function named(component: Component): string {
  return component.purl ?? nameOf(component);
}

/** The first lines, as many as the field holds. */
function fitting(lines: readonly string[]): readonly string[] {
  let length = 0;
  return lines.filter((line) => {
    length += line.length + 1;
    return length <= longestList;
  });
}
