// Not every mention of a violation is one ("what happens if we violate the GPL?"), and that is fine: the flag only
// sets a check mark that the asker sees and may take away. Missing one costs more than a needless tick.

// A wrong that is said to have happened, or a person who is said to hide it.
const wrong = [
  /\b(viola(te|tes|ted|ting|tion|tions)|infring(e|es|ed|ing|ement|ements)|non-?complian(t|ce)|in breach|breach(ed|es)? (of )?(the |a |our |its )?(licen[cs]e|gpl|agreement|contract))\b/,
  /\b(report|raise|file) (a |an |my )?(concern|complaint|suspicion|incident|misconduct|violation)\b/,
  /\b(whistle-?blow\w*|cover(ed|ing)? up|illegal(ly)?|unlawful(ly)?|stole|stolen)\b/,
  /\b(suspect|suspicion|worried|concerned) (that )?.{0,60}\b(cop(y|ied|ying)|ship(s|ped|ping)?|licen[cs]e|gpl|notice|permission|approval)\b/,
  /\b(without|removed|stripped|deleted|hiding|hid) (the |any |all |our |their )?(licen[cs]e (notice|header|text)s?|copyright (notice|header)s?|attribution)\b/,
  /\b(leak(ed|ing)?|published|pushed|posted) (our |the |some |internal |proprietary |confidential )+(source|code|repo|repository|secret|secrets)\b/,
];

// Somebody outside who wants something from us.
const outside = [
  /\b(demand letter|cease[- ]and[- ]desist|lawyers?|attorneys?|law ?suit|sued|suing|subpoena|legal threat|dmca|take-?down|infringement notice)\b/,
  /\b(customer|client|competitor|journalist|reporter|press|outsider|third party|someone outside|somebody outside|copyright (holder|owner)|author|maintainer|sfc|software freedom conservancy|fsf|gpl-violations)\b.{0,60}\b(asks?|asked|asking|wants|demands?|demanded|claims?|claimed|requests?|requested|complain(s|ed)?|accus(es|ed|ing)|wrote|sent)\b/,
  /\b(asks?|asked|demands?|demanded|requests?|requested)\b.{0,40}\b(for )?(our|the) (complete )?(corresponding )?source( code)?\b.{0,40}\b(gpl|licen[cs]e|product|device|firmware)\b/,
  /\baccus(ed|es|ing) us\b/,
];

const wrongChinese =
  /违规|违反|侵权|违法|非法|举报|投诉|检举|泄露|泄密|抄袭|盗用|擅自|隐瞒|掩盖|(删|去|抹)(掉|除)?了?(许可证|协议|版权|署名)|没有?遵守|不合规/u;
const outsideChinese =
  /律师函|律师|起诉|诉讼|索赔|侵权通知|维权|下架通知|(客户|外部|外面|外单位|第三方|竞争对手|竞品|记者|媒体|版权人|著作权人|作者|维护者|社区|对方).{0,20}(要求|索要|索取|来信|来函|发函|来电|发邮件|指控|投诉|质疑|问我们|询问|声称|索)/u;

/**
 * What a question sounds like, in English or Chinese: a suspected violation (`concern`), or somebody outside asking
 * (`inquiry`). Then it is offered to legal and compliance alone, before anything is posted.
 */
export function concernOf(text: string): 'concern' | 'inquiry' | undefined {
  const plain = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');
  if (outsideChinese.test(plain) || outside.some((pattern) => pattern.test(plain))) return 'inquiry';
  return wrongChinese.test(plain) || wrong.some((pattern) => pattern.test(plain)) ? 'concern' : undefined;
}
