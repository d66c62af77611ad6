import { csvLine, csvMark } from '../core/csv.ts';
import type { Locale } from '../core/i18n.ts';
import type { BroughtFiles, NextRequest, OpenRequest, ReadFile, TakeFiles } from '../core/links.ts';
import {
  type AnyJob,
  type People,
  type PersonId,
  type Place,
  put,
  remove,
  type Say,
  type ShowCard,
  type Store,
} from '../core/ports.ts';
import { finishInTurn, inSteps, type Steps } from '../core/steps.ts';
import type { Effect } from '../feature.ts';
import type { Licenses } from '../licenses/licenses.ts';
import { type UseCase, useCases } from '../licenses/policy.ts';
import { readSbom } from '../licenses/sbom.ts';
import { judgeSbom, type SbomTable, sbomGroups } from '../licenses/sbom-table.ts';
import { texts as licenseTexts } from '../licenses/texts.ts';
import { type Bill, bills, componentsOf, nameOf, sharesOf } from './bill.ts';
import { requestFor } from './bill-request.ts';
import { sbomMessage, sbomProblemMessage, sbomUseMessage } from './sbom-views.ts';

// 20,000 components with their hashes are about 15 MB; what is larger is rarely an SBOM, and holds the process too long.
const largestBytes = 30_000_000;

export interface SbomDeps {
  readonly store: Store;
  readonly people: Pick<People, 'get'>;
  licenses(): Licenses;
  readFile: ReadFile;
  openRequest: OpenRequest;
  beginRequest: BeginRequest;
}

/** Begins a request in the modal that is open, as a draft of this id. */
export type BeginRequest = (
  id: string,
  next: NextRequest,
  person: PersonId,
  where?: { readonly channel: string; readonly thread?: string },
) => Promise<Effect>;

/** SBOMs that people send: judged for a use, for the sender alone. */
export interface Sboms {
  take: TakeFiles;
  /** The table for another use; undefined when it is forgotten, or somebody else's. */
  judgeFor(id: string, use: string, person: PersonId, place: Place): Promise<Say | undefined>;
  /** The whole list as a file of values; undefined as above, or when the file is gone. */
  whole(
    id: string,
    use: string,
    person: PersonId,
  ): Promise<{ readonly name: string; readonly content: string } | undefined>;
  /** What needs a request as the draft of one, in the modal that is open; undefined as above. */
  request(id: string, use: string, person: PersonId, where?: Parameters<BeginRequest>[3]): Promise<Effect | undefined>;
  readonly cards: Readonly<Record<'sbom' | 'sbom.problem', ShowCard>>;
  readonly job: AnyJob;
}

export function createSboms(deps: SbomDeps): Sboms {
  const { store, people, licenses, readFile, openRequest, beginRequest } = deps;

  function localeFor(person: PersonId): Locale {
    return people.get(person)?.locale ?? 'en';
  }

  async function own(id: string, person: PersonId): Promise<Bill | undefined> {
    const bill = await store.get(bills, id);
    return bill?.person === person ? bill : undefined;
  }

  /** The file is read again: what is kept of it names only some components. */
  async function judgeAgain(id: string, wanted: string, person: PersonId) {
    const bill = await own(id, person);
    const use = purposeOf(wanted);
    const read = bill && use && (await readFile(bill.file, largestBytes));
    const sbom = read?.kind === 'text' ? await finishInTurn(readSbom(read.text)) : undefined;
    if (!bill || !use || sbom?.kind !== 'sbom') return undefined;
    const table = await finishInTurn(judgeSbom(licenses(), sbom.components, { use, modified: false }));
    return { bill, use, table };
  }

  function problem(brought: BroughtFiles, file: string, what: string): Say {
    const id = new URLSearchParams({ file, what }).toString();
    return {
      kind: 'notice',
      key: `sbom:${brought.message}:problem`,
      card: 'sbom.problem',
      id,
      place: brought.place,
      lost: 'must',
      lane: 'answers',
    };
  }

  return {
    async take(brought) {
      const file = brought.files.find(({ name }) => looksLikeSbom(name));
      if (!file) return undefined;
      const read = await readFile(file.id, largestBytes);
      if (read.kind !== 'text') return { ops: [], say: [problem(brought, file.name, read.kind)] };
      const sbom = await finishInTurn(readSbom(read.text));
      if (sbom.kind === 'broken') {
        const locale = localeFor(brought.person);
        const what = [sbom.where?.[locale], sbom.problem[locale], sbom.mend[locale]].filter(Boolean).join(' ');
        return { ops: [], say: [problem(brought, file.name, `broken ${what}`)] };
      }
      const bill: Bill = {
        person: brought.person,
        file: file.id,
        ...(file.link && { link: file.link }),
        name: read.name.slice(0, 200).toWellFormed(),
        locale: localeFor(brought.person),
        format: sbom.format,
        at: brought.at,
        shares: [...(await finishInTurn(sharesOf(sbom.components)))],
      };
      return { ops: [put(bills, brought.message, bill, 0)], say: [cardAt(brought.message, '', brought.place)] };
    },
    async judgeFor(id, use, person, place) {
      return (await own(id, person)) ? cardAt(id, use, place) : undefined;
    },
    async whole(id, wanted, person) {
      const judged = await judgeAgain(id, wanted, person);
      if (!judged) return undefined;
      return { name: 'components.csv', content: await finishInTurn(listOf(judged.table, judged.bill.locale)) };
    },
    async request(id, wanted, person, where) {
      const judged = await judgeAgain(id, wanted, person);
      if (!judged) return undefined;
      const { table, use, bill } = judged;
      return beginRequest(`sbom-${id}-${use}`, requestFor(table.request, use, bill), person, where);
    },
    cards: {
      async sbom(id) {
        const [billId = '', wanted = ''] = id.split('/');
        const bill = await store.get(bills, billId);
        if (!bill) return undefined;
        const known = licenses();
        const use = purposeOf(wanted);
        const names = useCases.map((one) => ({ use: one, name: known.policy?.useCases[one].name[bill.locale] ?? one }));
        if (!use) return sbomUseMessage(bill, billId, names);
        const table = await finishInTurn(judgeSbom(known, componentsOf(bill.shares), { use, modified: false }));
        const offered =
          table.request.length > 0
            ? openRequest(requestFor(table.request, use, bill), bill.person as PersonId, bill.locale)
            : undefined;
        const request = offered?.label;
        return sbomMessage({ bill, id: billId, use, table, uses: names, starter: !known.adopted, request });
      },
      async 'sbom.problem'(id, viewer, locale) {
        const said = new URLSearchParams(id);
        return sbomProblemMessage(said.get('file') ?? '', said.get('what') ?? '', viewer?.locale ?? locale);
      },
    },
    job: { collection: bills, run: async (doc) => ({ ops: [remove(bills, doc)], say: [] }) },
  };
}

function cardAt(id: string, use: string, place: Place): Say {
  return {
    kind: 'notice',
    key: `sbom:${id}:${use}`,
    card: 'sbom',
    id: `${id}/${use}`,
    place,
    lost: 'must',
    lane: 'answers',
  };
}

function purposeOf(text: string): UseCase | undefined {
  return useCases.find((one) => one === text);
}

/** What a file is called that holds an SBOM: all tools end it so. */
function looksLikeSbom(name: string): boolean {
  return /\.(?:json|spdx|cdx|xml)$/i.test(name);
}

/** Every component with its group, as comma-separated values with a byte order mark, which Excel wants. */
function* listOf(table: SbomTable, locale: Locale): Steps<string> {
  const { groups } = licenseTexts[locale].sbom;
  const lines: string[] = [];
  for (const group of sbomGroups) {
    for (const { license, components } of table[group]) {
      yield* inSteps(components, 500, (component) => {
        lines.push(csvLine([groups[group], nameOf(component), license]));
      });
    }
  }
  return `${csvMark}${lines.join('')}`;
}
