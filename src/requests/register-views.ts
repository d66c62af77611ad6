import type { KnownBlock } from '@slack/types';
import type { Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  dateToken,
  joinWords,
  message,
  type Reader,
  section,
  type Words,
} from '../slack/blocks.ts';
import { truncate } from '../slack/escape.ts';
import { line } from './look.ts';
import { registerTexts } from './register-texts.ts';

/** An approval in force, as everybody in the organization may see it. */
export interface Approval {
  readonly number: string;
  readonly subject: string;
  readonly license?: string;
  /** In words. */
  readonly useCase?: string;
  readonly conditions: readonly string[];
  /** ms */
  readonly at: number;
  readonly validUntil?: number;
  /** Opens the form with the same answers; absent where the reader may not ask for it. */
  readonly open?: string;
}

const longestSubject = 120;
const longestConditions = 600;

/** The answer to "has anyone had it approved?". @param total with those that are not shown */
export function registerMessage(name: string, shown: readonly Approval[], total: number, reader: Reader): Rendered {
  const words = registerTexts[reader.locale];
  if (shown.length === 0) {
    const none = words.none(name);
    return message({
      text: joinWords([none, words.noneNext], '\n'),
      blocks: [section(none), context([words.noneNext])],
    });
  }
  const head = total > 1 ? words.several(total, name) : words.found(name);
  const titles = shown.map((one) => titleOf(one));
  return message({
    text: joinWords([head, ...titles, words.ownUse], '\n'),
    blocks: [section(head), ...shown.flatMap((one) => approvalBlocks(one, reader)), context([words.ownUse])],
  });
}

function titleOf({ number, subject }: Approval): string {
  return truncate(`${number} · ${subject}`, longestSubject);
}

function approvalBlocks(approval: Approval, reader: Reader): readonly KnownBlock[] {
  const words = registerTexts[reader.locale];
  const { license, useCase, conditions, at, validUntil, open, number } = approval;
  const day = (ms: number): Words => dateToken(ms, 'date', reader);
  const facts = joinWords([
    ...(license ? [license] : []),
    ...(useCase ? [useCase] : []),
    line(words.approved<Words>(day(at))),
    ...(validUntil === undefined ? [] : [line(words.validUntil<Words>(day(validUntil)))]),
  ]);
  const all = conditions.join(reader.locale === 'en' ? '; ' : '；');
  return [
    section(titleOf(approval)),
    context([facts, ...(all ? [truncate(words.conditions(all), longestConditions)] : [])]),
    ...(open
      ? [actions([button({ id: 'requests.open', text: words.same, label: words.about(number), value: open })])]
      : []),
  ];
}
