import { z } from 'zod';
import type { ContentKind, RawItem } from '../core/content.ts';
import { checkShape, type Finding } from '../core/findings.ts';
import { locales } from '../core/i18n.ts';
import { Words } from './announcement.ts';

const filled = z.string().min(1);
const Names = z.strictObject({ en: filled.max(60), 'zh-CN': filled.max(60) });
const sentence = z.string().regex(/[.?。？]$/, 'a whole sentence with its full stop');
const Sentences = z.strictObject({ en: sentence, 'zh-CN': sentence });

/** `announcements/<id>.yml`: a kind of announcement, with the text that a new one begins with. */
const KindFile = z.strictObject({
  name: Names,
  /** When it is the right one; as long as Slack shows below a choice. */
  about: z.strictObject({ en: sentence.max(75), 'zh-CN': sentence.max(75) }),
  order: z.int(),
  /** Present: nobody may opt out, and this is why. */
  required: Sentences.optional(),
  /** Readers are asked to confirm that they have read it. */
  confirm: z.boolean().default(false),
  /** Readers who have not confirmed are reminded after so many days; `due`: by when it wants to be read. */
  remind: z.strictObject({ after: z.int().positive(), due: z.int().positive() }).optional(),
  /** Goes out at any hour, and outside of the limit on unasked messages. */
  urgent: z.boolean().default(false),
  /** Its sender may call a whole channel. */
  callChannel: z.boolean().default(false),
  /** People who join within this time are told of it: an ISO duration in days or months. */
  joiners: z
    .string()
    .regex(/^P\d+[DM]$/, 'a duration like P12M or P90D')
    .optional(),
  template: z.strictObject({ en: Words, 'zh-CN': Words }),
});
export type Kind = z.infer<typeof KindFile> & { readonly id: string };

/** Every `announcements/<id>.yml`: a file is a kind. */
export const kindContent: ContentKind<Kind> = {
  name: 'announcement kinds',
  folder: 'announcements',
  match: 'yaml',
  parse(raw) {
    const checked = checkShape(KindFile, raw.data, raw.file);
    if (checked.findings) return { findings: checked.findings };
    const kind = { ...checked.value, id: raw.id };
    const findings = checkKind(kind, raw);
    return findings.some(({ fatal }) => fatal) ? { findings } : { item: kind, findings };
  },
};

/** Kinds as a sender is offered them. */
export function inOrder(kinds: readonly Kind[]): readonly Kind[] {
  return kinds.toSorted((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
}

function checkKind(kind: Kind, { file }: RawItem): readonly Finding[] {
  const findings: Finding[] = [];
  if (kind.remind && !kind.confirm) {
    findings.push({
      file,
      field: 'remind',
      fatal: true,
      problem: 'Readers are reminded of something that they are not asked to confirm.',
      mend: 'Set confirm to true, or remove remind.',
    });
  }
  if (kind.remind && kind.remind.due <= kind.remind.after) {
    findings.push({
      file,
      field: 'remind.due',
      fatal: true,
      problem: 'The reminder comes when the time to read is over.',
      mend: 'Make due greater than after.',
    });
  }
  for (const locale of locales) {
    const { title, body } = kind.template[locale];
    if (title.trim() && body.trim()) continue;
    findings.push({
      file,
      field: `template.${locale}`,
      fatal: true,
      problem: 'The template has no title or no text.',
      mend: 'Write both; what the sender fills in goes between ‹ and ›.',
    });
  }
  return findings;
}

/** What the sender still has to fill in: the words between ‹ and ›, each once. */
export function blanksIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/‹([^‹›]{1,200})›/gu)].map(([, blank = '']) => blank))];
}
