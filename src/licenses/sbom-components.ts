import { z } from 'zod';
import { inSteps, type Steps } from '../core/steps.ts';

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

/** What a document lists, in its order; what is listed twice comes twice. */
export interface Listed {
  readonly format: string;
  readonly components: readonly Component[];
}

/** Something in a document that is not as its format says; `path` as people write it: `components[12].name`. */
export class Misshapen extends Error {
  override readonly name = 'Misshapen';
  readonly path: string;

  constructor(path: string) {
    super(`misshapen: ${path}`);
    this.path = path;
  }
}

// Entries in a step: about a millisecond's work, checking included.
const atOnce = 100;

/** @throws Misshapen */
function check<T>(schema: z.ZodType<T>, data: unknown, path: string): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const steps = (parsed.error.issues[0]?.path ?? []).map((step) =>
    typeof step === 'number' ? `[${step}]` : `.${String(step)}`,
  );
  throw new Misshapen(`${path}${steps.join('')}`.replace(/^\./, ''));
}

/** Checks every entry of a list. @throws Misshapen */
function* checkEach<T>(schema: z.ZodType<T>, entries: readonly unknown[], path: string): Steps<readonly T[]> {
  const checked: T[] = [];
  yield* inSteps(entries, atOnce, (entry, at) => {
    checked.push(check(schema, entry, `${path}[${at}]`));
  });
  return checked;
}

/* ---------- CycloneDX ---------- */

const CycloneLicense = z.object({
  expression: z.string().optional(),
  license: z.object({ id: z.string().optional(), name: z.string().optional() }).optional(),
});

const CycloneComponent = z.object({
  name: z.string(),
  group: z.string().optional(),
  version: z.string().optional(),
  purl: z.string().optional(),
  licenses: z.array(CycloneLicense).optional(),
  components: z.array(z.unknown()).default([]),
});

const CycloneDx = z.object({ specVersion: z.string(), components: z.array(z.unknown()).default([]) });

/** Reads CycloneDX 1.x; components within components come after the one that holds them. @throws Misshapen */
export function* readCycloneDx(data: unknown): Steps<Listed> {
  const { specVersion, components } = check(CycloneDx, data, '');
  const found: Component[] = [];
  // The next one last. No recursion: how deep they nest is up to whoever wrote the file.
  const open = placed(components, '');
  while (open.length > 0) {
    const next = open.pop();
    if (!next) break;
    const one = check(CycloneComponent, next.entry, next.path);
    found.push(fromCycloneDx(one));
    for (const inner of placed(one.components, `${next.path}.`)) open.push(inner);
    if (found.length % atOnce === 0) yield;
  }
  return { format: `CycloneDX ${specVersion}`, components: found };
}

/** Components with where they stand, the last one first. */
function placed(entries: readonly unknown[], within: string) {
  return entries.map((entry, at) => ({ entry, path: `${within}components[${at}]` })).reverse();
}

function fromCycloneDx(component: z.infer<typeof CycloneComponent>): Component {
  const { name, group, version = '', purl, licenses = [] } = component;
  const texts = licenses.flatMap(({ expression, license }) => expression ?? license?.id ?? license?.name ?? []);
  return { name: group ? `${group}/${name}` : name, version, ...(purl && { purl }), licenses: texts };
}

/* ---------- SPDX 2 ---------- */

const Spdx2 = z.object({
  spdxVersion: z.string(),
  packages: z.array(z.unknown()).default([]),
  documentDescribes: z.array(z.string()).default([]),
  relationships: z.array(z.unknown()).default([]),
});

const Spdx2Package = z.object({
  SPDXID: z.string(),
  name: z.string(),
  versionInfo: z.string().optional(),
  licenseConcluded: z.string().optional(),
  licenseDeclared: z.string().optional(),
  externalRefs: z.array(z.object({ referenceType: z.string(), referenceLocator: z.string() })).optional(),
});

const Spdx2Relation = z.object({
  spdxElementId: z.string(),
  relationshipType: z.string(),
  relatedSpdxElement: z.string(),
});

/** Reads SPDX 2.x. @throws Misshapen */
export function* readSpdx2(data: unknown): Steps<Listed> {
  const { spdxVersion, documentDescribes, ...lists } = check(Spdx2, data, '');
  const packages = yield* checkEach(Spdx2Package, lists.packages, 'packages');
  const relations = yield* checkEach(Spdx2Relation, lists.relationships, 'relationships');
  const described = relations.flatMap(({ relationshipType, relatedSpdxElement }) =>
    relationshipType === 'DESCRIBES' ? [relatedSpdxElement] : [],
  );
  const subject = subjectAmong([...documentDescribes, ...described], packages.length);
  const components: Component[] = [];
  yield* inSteps(packages, atOnce, ({ SPDXID, name, versionInfo, externalRefs, ...stated }) => {
    if (SPDXID === subject) return;
    const purl = externalRefs?.find(({ referenceType }) => referenceType === 'purl')?.referenceLocator;
    const licenses = firstStated([stated.licenseConcluded, stated.licenseDeclared]);
    components.push({ name, version: versionInfo ?? '', ...(purl && { purl }), licenses });
  });
  return { format: spdxVersion.replace('-', ' '), components };
}

/* ---------- SPDX 3 ---------- */

const Spdx3 = z.object({ '@graph': z.array(z.unknown()) });

const Spdx3Element = z.object({
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
});
type Spdx3Element = z.infer<typeof Spdx3Element>;

/** Reads the elements and relations of SPDX 3.0. @throws Misshapen */
export function* readSpdx3(data: unknown): Steps<Listed> {
  const graph = yield* checkEach(Spdx3Element, check(Spdx3, data, '')['@graph'], '@graph');
  const licensesOf = yield* statedIn(graph);
  const packages = graph.filter(({ type }) => type === 'software_Package');
  const roots = graph.flatMap(({ type, rootElement = [] }) => (type === 'software_Sbom' ? rootElement : []));
  const subject = subjectAmong(roots, packages.length);
  const components: Component[] = [];
  yield* inSteps(packages, atOnce, ({ spdxId = '', name, software_packageVersion: version = '', ...rest }) => {
    if (spdxId === subject) return;
    const purl = rest.software_packageUrl;
    components.push({ name: name ?? purl ?? spdxId, version, ...(purl && { purl }), licenses: licensesOf(spdxId) });
  });
  const version = graph.find(({ specVersion }) => specVersion !== undefined)?.specVersion ?? '3';
  return { format: `SPDX ${version}`, components };
}

/** What the relations of a graph say of the licenses of an element. */
function* statedIn(graph: readonly Spdx3Element[]): Steps<(spdxId: string) => readonly string[]> {
  const expressions = new Map<string, string>();
  yield* inSteps(graph, atOnce, ({ spdxId, simplelicensing_licenseExpression: text }) => {
    if (spdxId && text) expressions.set(spdxId, text);
  });
  const textOf = (id: string) => expressions.get(id) ?? /^https?:\/\/spdx\.org\/licenses\/(.+)$/.exec(id)?.[1] ?? id;
  const stated = { hasConcludedLicense: new Map<string, string[]>(), hasDeclaredLicense: new Map<string, string[]>() };
  yield* inSteps(graph, atOnce, ({ relationshipType, from, to = [] }) => {
    if (from === undefined) return;
    if (relationshipType !== 'hasConcludedLicense' && relationshipType !== 'hasDeclaredLicense') return;
    const texts = stated[relationshipType].get(from) ?? [];
    texts.push(...to.map(textOf));
    stated[relationshipType].set(from, texts);
  });
  return (spdxId) => {
    const concluded = firstStated(stated.hasConcludedLicense.get(spdxId) ?? []);
    return concluded.length > 0 ? concluded : firstStated(stated.hasDeclaredLicense.get(spdxId) ?? []);
  };
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
