import { z } from 'zod';
import type { Words } from './policy.ts';
import { sbomPlaces, sbomProblems } from './sbom-texts.ts';

/** A part of a product, as an SBOM lists it. */
export interface Component {
  readonly name: string;
  /** Empty where the SBOM has none. */
  readonly version: string;
  /** Package URL. */
  readonly purl?: string;
  /** What the SBOM says of its license: an expression, or a name; several texts all hold. Empty when it says nothing. */
  readonly licenses: readonly string[];
}

/** An SBOM that was read, or what is wrong with it, where, and how to mend it. */
export type ReadSbom =
  | { readonly kind: 'sbom'; readonly format: string; readonly components: readonly Component[] }
  | { readonly kind: 'broken'; readonly where: Words | undefined; readonly problem: Words; readonly mend: Words };

/**
 * Reads an SBOM in JSON: CycloneDX 1.x, SPDX 2.x, SPDX 3.0, and what GitHub exports. What the SBOM is about is no component of
 * itself. Never throws.
 */
export function readSbom(text: string): ReadSbom {
  const plain = text.replace(/^\uFEFF/, '');
  const start = plain.trimStart().slice(0, 200);
  if (start === '') return broken(undefined, 'empty');
  if (start.startsWith('<')) return broken(undefined, 'xml');
  if (/^(?:SPDXVersion|##?)\s*:?/.test(start) && /SPDXVersion\s*:/.test(plain.slice(0, 2_000)))
    return broken(undefined, 'tagValue');
  let data: unknown;
  try {
    data = JSON.parse(plain);
  } catch (error) {
    return broken(placeOf(error, plain), 'notJson');
  }
  return readDocument(data);
}

const Kind = z.looseObject({
  sbom: z.unknown().optional(),
  bomFormat: z.string().optional(),
  spdxVersion: z.string().optional(),
  '@context': z.unknown().optional(),
  '@graph': z.unknown().optional(),
});

function readDocument(data: unknown): ReadSbom {
  const kind = Kind.safeParse(data);
  if (!kind.success) return broken(undefined, 'noSbom');
  const { sbom, bomFormat, spdxVersion, '@graph': graph } = kind.data;
  if (bomFormat !== undefined)
    return readAs(CycloneDx, data, ({ specVersion, components }) => ({
      kind: 'sbom',
      format: `CycloneDX ${specVersion}`,
      components: distinct(components.flatMap(fromCycloneDx)),
    }));
  if (spdxVersion !== undefined) return readAs(Spdx2, data, fromSpdx2);
  if (graph !== undefined) return readAs(Spdx3, data, fromSpdx3);
  // GitHub wraps what it exports.
  return sbom === undefined ? broken(undefined, 'noSbom') : readDocument(sbom);
}

function readAs<T>(schema: z.ZodType<T>, data: unknown, build: (document: T) => ReadSbom): ReadSbom {
  const parsed = schema.safeParse(data);
  if (parsed.success) return build(parsed.data);
  const path = pathOf(parsed.error.issues[0]?.path ?? []);
  return broken({ en: path, 'zh-CN': path }, 'shape');
}

/* ---------- CycloneDX ---------- */

const CycloneLicense = z.looseObject({
  expression: z.string().optional(),
  license: z.looseObject({ id: z.string().optional(), name: z.string().optional() }).optional(),
});

const CycloneComponent = z.looseObject({
  name: z.string(),
  group: z.string().optional(),
  version: z.string().optional(),
  purl: z.string().optional(),
  licenses: z.array(CycloneLicense).optional(),
  get components() {
    return z.array(CycloneComponent).optional();
  },
});
type CycloneComponent = z.infer<typeof CycloneComponent>;

const CycloneDx = z.looseObject({ specVersion: z.string(), components: z.array(CycloneComponent).default([]) });

function fromCycloneDx(component: CycloneComponent): readonly Component[] {
  const { name, group, version = '', purl, licenses = [], components = [] } = component;
  const texts = licenses.flatMap(({ expression, license }) => expression ?? license?.id ?? license?.name ?? []);
  const own = { name: group ? `${group}/${name}` : name, version, ...(purl && { purl }), licenses: texts };
  return [own, ...components.flatMap(fromCycloneDx)];
}

/* ---------- SPDX 2 ---------- */

const Spdx2 = z.looseObject({
  spdxVersion: z.string(),
  packages: z
    .array(
      z.looseObject({
        SPDXID: z.string(),
        name: z.string(),
        versionInfo: z.string().optional(),
        licenseConcluded: z.string().optional(),
        licenseDeclared: z.string().optional(),
        externalRefs: z.array(z.looseObject({ referenceType: z.string(), referenceLocator: z.string() })).optional(),
      }),
    )
    .default([]),
  documentDescribes: z.array(z.string()).default([]),
  relationships: z
    .array(z.looseObject({ spdxElementId: z.string(), relationshipType: z.string(), relatedSpdxElement: z.string() }))
    .default([]),
});

function fromSpdx2({ spdxVersion, packages, documentDescribes, relationships }: z.infer<typeof Spdx2>): ReadSbom {
  const described = relationships.flatMap(({ relationshipType, relatedSpdxElement }) =>
    relationshipType === 'DESCRIBES' ? [relatedSpdxElement] : [],
  );
  const subject = subjectAmong([...documentDescribes, ...described], packages.length);
  const components = packages.flatMap((one): readonly Component[] => {
    if (one.SPDXID === subject) return [];
    const purl = one.externalRefs?.find(({ referenceType }) => referenceType === 'purl')?.referenceLocator;
    const licenses = firstStated([one.licenseConcluded, one.licenseDeclared]);
    return [{ name: one.name, version: one.versionInfo ?? '', ...(purl && { purl }), licenses }];
  });
  return { kind: 'sbom', format: spdxVersion.replace('-', ' '), components: distinct(components) };
}

/* ---------- SPDX 3 ---------- */

const Spdx3 = z.looseObject({
  '@graph': z.array(
    z.looseObject({
      type: z.string().optional(),
      spdxId: z.string().optional(),
      name: z.string().optional(),
      software_packageVersion: z.string().optional(),
      software_packageUrl: z.string().optional(),
      simplelicensing_licenseExpression: z.string().optional(),
      relationshipType: z.string().optional(),
      from: z.string().optional(),
      to: z.array(z.string()).optional(),
      rootElement: z.array(z.string()).optional(),
      specVersion: z.string().optional(),
    }),
  ),
});

function fromSpdx3({ '@graph': graph }: z.infer<typeof Spdx3>): ReadSbom {
  const expressions = new Map(
    graph.flatMap(({ spdxId, simplelicensing_licenseExpression: text }) => (spdxId && text ? [[spdxId, text]] : [])),
  );
  const textOf = (id: string) => expressions.get(id) ?? /^https?:\/\/spdx\.org\/licenses\/(.+)$/.exec(id)?.[1];
  const stated = { hasConcludedLicense: new Map<string, string[]>(), hasDeclaredLicense: new Map<string, string[]>() };
  for (const { relationshipType, from, to = [] } of graph) {
    if (
      from === undefined ||
      (relationshipType !== 'hasConcludedLicense' && relationshipType !== 'hasDeclaredLicense')
    ) {
      continue;
    }
    const before = stated[relationshipType].get(from) ?? [];
    stated[relationshipType].set(from, [...before, ...to.map((id) => textOf(id) ?? id)]);
  }
  const packages = graph.filter(({ type }) => type === 'software_Package');
  const roots = graph.flatMap(({ type, rootElement = [] }) => (type === 'software_Sbom' ? rootElement : []));
  const subject = subjectAmong(roots, packages.length);
  const components = packages.flatMap(({ spdxId = '', name, software_packageVersion: version = '', ...rest }) => {
    if (spdxId === subject) return [];
    const purl = rest.software_packageUrl;
    const concluded = firstStated(stated.hasConcludedLicense.get(spdxId) ?? []);
    const licenses = concluded.length > 0 ? concluded : firstStated(stated.hasDeclaredLicense.get(spdxId) ?? []);
    return [{ name: name ?? purl ?? spdxId, version, ...(purl && { purl }), licenses }];
  });
  const version = graph.find(({ specVersion }) => specVersion !== undefined)?.specVersion ?? '3';
  return { kind: 'sbom', format: `SPDX ${version}`, components: distinct(components) };
}

/* ---------- shared ---------- */

/** What the SBOM is about, where it names one thing among others: the product, not a part of it. */
function subjectAmong(described: readonly string[], count: number): string | undefined {
  const [only, ...others] = new Set(described);
  return others.length === 0 && count > 1 ? only : undefined;
}

/** What is concluded goes before what is declared; "nobody says" is no statement. */
function firstStated(texts: readonly (string | undefined)[]): readonly string[] {
  const stated = texts.find(
    (text) => text !== undefined && text !== '' && !/(?:^|\/)(?:NOASSERTION|NONE|NoAssertion|None)$/.test(text),
  );
  return stated === undefined ? [] : [stated];
}

function distinct(components: readonly Component[]): readonly Component[] {
  return [...new Map(components.map((one) => [JSON.stringify(one), one])).values()];
}

function broken(where: Words | undefined, problem: keyof typeof sbomProblems): ReadSbom {
  return { kind: 'broken', where, ...sbomProblems[problem] };
}

/** `components[12].name` */
function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

/** The line and column where the parser stopped. Node 20 tells a position, or only the text around it. */
function placeOf(error: unknown, text: string): Words | undefined {
  const message = error instanceof Error ? error.message : '';
  if (/end of JSON|Unterminated/.test(message)) return sbomPlaces.end;
  const told = /position (\d+)/.exec(message)?.[1];
  const around = /^Unexpected token .*?, \.{3}"([\s\S]*)"(?:\.{3})? is not valid JSON$/.exec(message)?.[1];
  // The parser quotes ten characters before the one that it did not expect.
  const quoted = around === undefined ? -1 : text.indexOf(around);
  const unique = around !== undefined && quoted >= 0 && quoted === text.lastIndexOf(around);
  const position = told !== undefined ? Number(told) : unique ? quoted + 10 : undefined;
  if (position === undefined) return undefined;
  const before = text.slice(0, position).split('\n');
  return sbomPlaces.at(before.length, (before.at(-1)?.length ?? 0) + 1);
}
