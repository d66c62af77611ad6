import { type LicenseAnswer, licensePick } from '../core/links.ts';
import type { Reply } from './reply.ts';

/**
 * Puts what is known of a license together with what the handbook says. A verdict comes first, and the article below it;
 * where something has to be asked back, the article comes first, for it answers already. A question that merely names a
 * license gets a button. What belongs to another desk, or sounds like a suspected violation, is no matter of a card.
 * @param pick the license card that was picked by a button
 */
export function withLicense(reply: Reply, license: LicenseAnswer | undefined, pick: string | undefined): Reply {
  if (!license || reply.kind === 'help' || reply.kind === 'which') return reply;
  const { questionId, locale, edited, concern, meant, long } = reply;
  const common = { questionId, locale, edited, concern, meant, long };
  const isOther = concern || (reply.kind === 'unknown' && reply.desk !== undefined);
  const first = pick !== undefined || (!isOther && license.standing === 'answer');
  if (reply.kind === 'answer') {
    if (first) return { ...common, kind: 'license', license, pick: pick ?? licensePick, handbook: reply, choices: [] };
    return concern ? { ...reply, license: { ...license, standing: 'offered' } } : { ...reply, license };
  }
  if (!first && (isOther || license.standing === 'offered')) return reply;
  const choices = reply.kind === 'choices' ? reply.choices : [];
  return { ...common, kind: 'license', license, pick: pick ?? licensePick, handbook: undefined, choices };
}
