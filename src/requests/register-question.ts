// The thing that is asked for: a package URL, an owner with a name, or a name of up to three words, none of them little.
const thing = String.raw`(?<thing>pkg:\S+|https?:\/\/\S+|[@\w.+-]+(?:\/[\w.+-]+)*(?: (?!(?:already|been|before|yet|ever|for|in|by)\b)[\w.+-]+){0,2})`;
const anybody =
  '(?:anyone|anybody|someone|somebody|any team|another team|a colleague|any of us)(?: (?:else|here|in the company))?';
const before = '(?: (?:before|already|yet|here|in the company|in the past|earlier))*';

const english = [
  `^(?:has|have|had) ${anybody}(?: (?:already|ever|else))* (?:had|got|gotten) ${thing} (?:approved|cleared)${before}$`,
  `^(?:has|have) ${anybody}(?: (?:already|ever|else))* (?:requested|asked for) (?:approval (?:for|of) )?${thing}${before}$`,
  `^did ${anybody}(?: (?:already|ever|else))* (?:have|get) ${thing} (?:approved|cleared)${before}$`,
  `^(?:has|was|is) ${thing} (?:already|ever) (?:been )?(?:approved|cleared)(?: (?:before|here|for use|in the company|by anyone|by anybody))*$`,
  `^(?:has|was) ${thing} (?:been )?approved (?:before|by (?:anyone|anybody)|in the past)(?: here)?$`,
  `^is there (?:already )?(?:an|any) approval (?:for|of) ${thing}(?: already| in the register)?$`,
].map((pattern) => new RegExp(pattern, 'i'));

const someone =
  '(?:公司里|公司内|我们这边|我们|咱们|之前|以前)?(?:有没有人|有人|有没有团队|有团队|别的团队|其他团队)(?:之前|以前|已经)?';
const chinese = [
  `^${someone}(?:申请|审批|报批|批准|批)过 ?${thing} ?(?:吗|没有|没)?$`,
  `^${thing} ?(?:这个组件|这个库|这个项目|组件|项目)?(?:之前|以前|已经)?${someone}(?:申请|审批|报批|批准|批)过了?(?:吗|没有|没)?$`,
  `^${thing} ?(?:这个组件|这个库|这个项目|组件|项目)?(?:之前|以前|已经|公司里|有没有)+(?:被)?(?:审批|批准|批)过?了?(?:吗|没有|没)?$`,
].map((pattern) => new RegExp(pattern, 'iu'));

const longest = 160;
/** Words that stand for a thing named elsewhere: without it there is nothing to look up. */
const pronouns =
  /^(?:it|this|that|these|those|them|one|something|anything|any|a|an|the|my|our|your|request|requests|contribution|project)\b/i;

/**
 * The component or project of a question that asks whether it was approved before, in English or Chinese; `undefined` for
 * every other question. Meant to miss rather than to take a question that the handbook answers: rules on licenses and on
 * what needs approval are none of these.
 * @param isLicense whether a name is a license, which is judged and not looked up
 */
export function asksForRegister(text: string, isLicense: (name: string) => boolean): string | undefined {
  if (text.length > longest) return undefined;
  const plain = text
    .normalize('NFKC')
    .replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, '$1')
    .replace(/`/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^(?:hi|hello|hey|你好|请问)[,，!\s]*/i, '')
    .replace(/[\s?？。.!]+$/, '')
    .trim();
  for (const pattern of [...english, ...chinese]) {
    const name = pattern.exec(plain)?.groups?.thing;
    if (name) return pronouns.test(name) || isLicense(name) ? undefined : name;
  }
  return undefined;
}
