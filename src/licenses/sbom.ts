import { z } from 'zod';
import { inSteps, type Steps } from '../core/steps.ts';
import { readJson } from './json-steps.ts';
import type { Words } from './policy.ts';
import { type Component, type Listed, Misshapen, readCycloneDx, readSpdx2, readSpdx3 } from './sbom-components.ts';
import { sbomPlaces, sbomProblems } from './sbom-texts.ts';

/** An SBOM that was read, or what is wrong with it, where, and how to mend it. */
export type ReadSbom =
  | { readonly kind: 'sbom'; readonly format: string; readonly components: readonly Component[] }
  | { readonly kind: 'broken'; readonly where: Words | undefined; readonly problem: Words; readonly mend: Words };

/**
 * Reads an SBOM in JSON: CycloneDX 1.x, SPDX 2.x, SPDX 3.0, and what GitHub exports. What the SBOM is about is no component of
 * itself. In steps, since 20,000 components are half a second's work. Never throws.
 */
export function* readSbom(text: string): Steps<ReadSbom> {
  const plain = text.replace(/^\uFEFF/, '');
  const start = plain.slice(0, 2_000).trimStart();
  if (start === '' && plain.trimStart() === '') return broken(undefined, 'empty');
  if (start.startsWith('<')) return broken(undefined, 'xml');
  if (/^(?:SPDXVersion|##?)\s*:?/.test(start) && /SPDXVersion\s*:/.test(start)) return broken(undefined, 'tagValue');
  const read = yield* readJson(plain);
  if (read.kind === 'broken') return broken(placeIn(plain, read.at), 'notJson');
  try {
    const listed = yield* readDocument(read.value);
    if (!listed) return broken(undefined, 'noSbom');
    return { kind: 'sbom', format: listed.format, components: yield* distinct(listed.components) };
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error;
    return broken({ en: error.path, 'zh-CN': error.path }, 'shape');
  }
}

const Kind = z.object({
  sbom: z.unknown().optional(),
  bomFormat: z.string().optional(),
  spdxVersion: z.string().optional(),
  '@graph': z.unknown().optional(),
});

/** @returns undefined for what is no SBOM. @throws Misshapen */
function* readDocument(data: unknown): Steps<Listed | undefined> {
  let document = data;
  for (;;) {
    const kind = Kind.safeParse(document);
    if (!kind.success) return undefined;
    const { sbom, bomFormat, spdxVersion, '@graph': graph } = kind.data;
    if (bomFormat !== undefined) return yield* readCycloneDx(document);
    if (spdxVersion !== undefined) return yield* readSpdx2(document);
    if (graph !== undefined) return yield* readSpdx3(document);
    // GitHub wraps what it exports.
    document = sbom;
  }
}

// Components in a step.
const atOnce = 500;

function* distinct(components: readonly Component[]): Steps<readonly Component[]> {
  const found = new Map<string, Component>();
  yield* inSteps(components, atOnce, (one) => {
    found.set(JSON.stringify(one), one);
  });
  return [...found.values()];
}

function broken(where: Words | undefined, problem: keyof typeof sbomProblems): ReadSbom {
  return { kind: 'broken', where, ...sbomProblems[problem] };
}

/** Line and column, counted from one. @param at undefined for the end */
function placeIn(text: string, at: number | undefined): Words {
  if (at === undefined) return sbomPlaces.end;
  const before = text.slice(0, at).split('\n');
  return sbomPlaces.at(before.length, (before.at(-1)?.length ?? 0) + 1);
}
