import type { ActionsBlockElement, KnownBlock, ModalView } from '@slack/types';
import type { Locale } from '../core/i18n.ts';
import type { Rendered } from '../core/ports.ts';
import { joined } from '../licenses/lines.ts';
import type { UseCase } from '../licenses/policy.ts';
import type { SbomRow, SbomTable } from '../licenses/sbom-table.ts';
import { sbomGroups } from '../licenses/sbom-table.ts';
import { texts as licenseTexts } from '../licenses/texts.ts';
import { actions, button, context, header, message, modal, richText, section } from '../slack/blocks.ts';
import type { Bill } from './bill.ts';
import { texts } from './texts.ts';

interface NamedUse {
  readonly use: UseCase;
  readonly name: string;
}

/** What the table of an SBOM is drawn from. */
export interface SbomLook {
  readonly bill: Bill;
  readonly id: string;
  readonly use: UseCase;
  readonly table: SbomTable;
  readonly uses: readonly NamedUse[];
  /** Nobody has adopted the policy. */
  readonly starter: boolean;
  /** What the button is called that opens a request for all that need one, where there is such a form. */
  readonly request: string | undefined;
}

/** The SBOM was read; what it is judged for is asked by buttons. */
export function sbomUseMessage(bill: Bill, id: string, uses: readonly NamedUse[]): Rendered {
  const words = texts[bill.locale];
  const components = countOf(bill);
  const read = words.sbomRead(bill.name, bill.format, components);
  if (components === 0) return noteMessage(`${read}\n${words.sbomEmpty}`);
  return message({
    text: `${read}\n${words.whichUse}`,
    blocks: [section(read), section(words.whichUse), actions(buttonsOfUses(id, uses))],
  });
}

/** The table: what needs doing first, each license with how many components it has and the first of them. */
export function sbomMessage({ bill, id, use, table, uses, starter, request }: SbomLook): Rendered {
  const { locale } = bill;
  const words = texts[locale];
  const name = uses.find((one) => one.use === use)?.name ?? use;
  const title = words.sbomJudged(bill.name, name);
  const counts = sbomGroups.flatMap((group) => {
    const count = componentsIn(table[group]);
    return count > 0 ? [words.labeled(licenseTexts[locale].sbom.groups[group], String(count))] : [];
  });
  if (counts.length === 0) return noteMessage(`${title}\n${words.sbomEmpty}`);
  const summary = counts.join(' · ');
  const lists = sbomGroups.flatMap((group) => groupBlocks(table, group, locale));
  const foot = [words.sbomUnmodified, ...(starter ? [licenseTexts[locale].starter] : [])];
  return message({
    text: [title, summary, ...lists.map(({ text }) => text), ...foot].join('\n'),
    blocks: [
      header(title),
      section(summary),
      ...lists.map(({ block }) => block),
      actions([
        ...requestButton(request, `${id}/${use}`),
        button({ id: 'licensing.sbom_all', text: words.sbomAll, value: `${id}/${use}` }),
      ]),
      context(foot),
      context([words.sbomOtherUse]),
      actions(
        buttonsOfUses(
          id,
          uses.filter((one) => one.use !== use),
        ),
      ),
    ],
  });
}

/** @param what `too-large`, `unreadable`, or `broken` and the reason in the reader's language */
export function sbomProblemMessage(file: string, what: string, locale: Locale): Rendered {
  const words = texts[locale];
  const [kind] = what.split(' ', 1);
  const said =
    kind === 'broken'
      ? words.labeled(file, what.slice('broken '.length))
      : kind === 'too-large'
        ? words.sbomTooLarge(file)
        : words.sbomUnreadable(file);
  return noteMessage(said);
}

/** What a modal shows until the request is there, or in its place. */
export function noteView(words: string, locale: Locale): ModalView {
  const { requestTitle, close } = texts[locale];
  return modal({ callback: 'licensing.note', title: requestTitle, close, blocks: [section(words)] });
}

export function noteMessage(words: string): Rendered {
  return message({ text: words, blocks: [section(words)] });
}

// The facts above the fold; the rest is in the file.
const shownRows = 5;
const shownNames = 4;

function groupBlocks(table: SbomTable, group: (typeof sbomGroups)[number], locale: Locale) {
  const rows = table[group];
  if (rows.length === 0) return [];
  const words = texts[locale];
  const { sbom } = licenseTexts[locale];
  const title = words.labeled(sbom.groups[group], sbom.notes[group]);
  const hidden = rows.length - shownRows;
  const lines = [
    ...rows.slice(0, shownRows).map((row) => rowLine(row, locale)),
    ...(hidden > 0 ? [words.sbomMoreLicenses(String(hidden))] : []),
  ];
  return [{ text: [title, ...lines.map((line) => `- ${line}`)].join('\n'), block: listBlock(title, lines) }];
}

function rowLine({ license, components }: SbomRow, locale: Locale): string {
  const { sbom } = licenseTexts[locale];
  const names = components.flatMap(({ name }) => name || []).slice(0, shownNames);
  const hidden = components.length - names.length;
  const list = joined([...names, ...(hidden > 0 ? [sbom.more(String(hidden))] : [])], locale);
  return texts[locale].labeled(texts[locale].sbomRow(license || sbom.unstated, String(components.length)), list);
}

function listBlock(title: string, lines: readonly string[]): KnownBlock {
  return richText([
    { type: 'rich_text_section', elements: [{ type: 'text', text: title, style: { bold: true } }] },
    {
      type: 'rich_text_list',
      style: 'bullet',
      elements: lines.map((text) => ({
        type: 'rich_text_section' as const,
        elements: [{ type: 'text' as const, text }],
      })),
    },
  ]);
}

function buttonsOfUses(id: string, uses: readonly NamedUse[]): ActionsBlockElement[] {
  return uses.map(({ use, name }) =>
    button({ id: `licensing.sbom:${use}`, text: capital(name), value: `${id}/${use}` }),
  );
}

function requestButton(label: SbomLook['request'], value: string): ActionsBlockElement[] {
  return label === undefined ? [] : [button({ id: 'licensing.sbom_request', text: label, value, style: 'primary' })];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function componentsIn(rows: readonly SbomRow[]): number {
  return rows.reduce((sum, { components }) => sum + components.length, 0);
}

function countOf({ shares }: Bill): number {
  return shares.reduce((sum, { count }) => sum + count, 0);
}
