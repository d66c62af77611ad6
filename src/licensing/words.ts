import type { UseCase } from '../licenses/policy.ts';

// What words of a question say. Chinese has no spaces, so nothing here relies on the end of a Chinese word.

/** Words for a use, and those that hint at one only where nothing says it outright. */
interface UseWords {
  readonly use: UseCase;
  readonly words: RegExp;
}

const outright: readonly UseWords[] = [
  {
    use: 'embedded',
    words:
      /\b(?:embedded|firmware|devices?|routers?|set-?top|iot|appliances?|hardware|preinstalled|cars?|vehicles?)\b|设备|固件|嵌入式|硬件|车机|路由器|预装|机顶盒|摄像头/i,
  },
  {
    use: 'client',
    words: /\b(?:in the browser|browsers?|front-?ends?|client-side javascript)\b|浏览器|前端/i,
  },
  {
    use: 'internal',
    words:
      /\b(?:internal(?:ly)?|in-?house|inside (?:the|our) company|within (?:the|our) company|intranet|employees only|only employees|our own staff)\b|内部|内网|公司里自己用|自己人用|自用/i,
  },
  {
    use: 'test',
    words:
      /\b(?:beta|trial|pilot|proof of concept|poc|demo|evaluation|prototype)\b|试用|测试版|演示|原型|试点|概念验证/i,
  },
  {
    use: 'installable',
    words:
      /\b(?:app ?store|play store|mobile apps?|desktop (?:apps?|clients?|software)|phone apps?|android|ios|installers?|on-?prem(?:ises?)?|container images?|docker images?|sdks?|our app|an app)\b|应用商店|手机应用|移动应用|桌面(?:端|软件|应用)|客户端|安装包|私有化部署|镜像|\bapp\b|软件包/i,
  },
  {
    use: 'server',
    words:
      /\b(?:saas|servers?|back-?ends?|services?|clouds?|hosted|hosting|apis?|web ?apps?|we host|we run)\b|云上|云服务|服务端|服务器|后端|后台|线上|在线服务|对外服务|托管/i,
  },
];

const hinted: readonly UseWords[] = [
  {
    use: 'installable',
    words:
      /\b(?:ship(?:s|ped|ping)?|distribut\w+|hand(?:ed|ing)? out|deliver\w*|sell(?:ing)?|customers? install\w*|binar(?:y|ies))\b|交付|分发|发布给|卖|发给客户|给客户/i,
  },
  { use: 'client', words: /\b(?:web ?pages?|websites?)\b|网页|网站/i },
];

/** What a question says of the use, and the words that say it, for replacing them. */
interface SaidUse {
  readonly use: UseCase;
  readonly words: string;
}

/** Undefined where nothing tells the use, or where it may be one of several. */
export function usageIn(text: string): SaidUse | undefined {
  const said = found(outright, text);
  // An internal service or app never leaves the company, whatever else it is.
  const internal = said.find(({ use }) => use === 'internal');
  if (internal) return internal;
  if (said.length > 1) return undefined;
  return said[0] ?? found(hinted, text)[0];
}

function found(all: readonly UseWords[], text: string): readonly SaidUse[] {
  return all.flatMap(({ use, words }) => {
    const match = words.exec(text);
    return match ? [{ use, words: match[0] }] : [];
  });
}

const unchanged =
  /\b(?:unmodified|unchanged|as[- ]is|verbatim|(?:not|n't|never|without)(?: \w+){0,2} (?:modif\w+|chang\w+|patch\w*|alter\w+)|no (?:modifications?|changes?|patches))\b|原样|未修改|未经修改|没有?改|不改|不修改|没有修改|不做修改/i;
const changed =
  /\b(?:modif(?:y|ied|ying|ication|ications)|patch(?:ed|es|ing)?|fork(?:ed|ing)?|customi[sz]ed?|tweak(?:ed|s)?|our (?:own )?changes|we chang\w+|changed version)\b|改过|改了|修改|魔改|打(?:了|过)?补丁|二次开发|改造|改动|改一/i;

/** Whether the code is changed; undefined where nothing tells. */
export function changedIn(text: string): boolean | undefined {
  if (unchanged.test(text)) return false;
  return changed.test(text) ? true : undefined;
}

/**
 * Words of a process, of people and of choosing: such a question is about our ways, also where it names a license. Only
 * the handbook answers it; the card is offered beside.
 */
export const aboutProcess =
  /\b(?:clas?|ccla|icla|dco|contribut\w+|upstream|pull requests?|prs?|sign(?:s|ed|ing|ature)?|sign-?off|approv\w+|approvers?|requests?|tickets?|stuck|pending|status|deadlines?|how long|who|whom|whose|why|training|courses?|learn|policy|policies|process|exceptions?|audits?|scan\w*|sbom|suppliers?|vendors?|contractors?|acqui\w+|released?|releasing|publish\w*|open[- ]sourc(?:e|ing) (?:our|my|a|this)|relicens\w*|re-licens\w*|dual[- ]licens\w*|chang\w+ (?:its|the|their) licen[sc]e|switch\w*|choos\w+|choose|pick|which licen[sc]e|what licen[sc]e|better|prefer|recommend\w*|versus|vs|difference|differ|compar\w+|suspect\w*|violat\w*|infring\w*|breach|complain\w*|lawsuit|sued?|snippets?|stack ?overflow|copilot|ai|llm|trademarks?|logo|headers?|notices? file|copyright (?:line|header|year))\b|签|贡献|上游|审批|批准|申请|工单|进度|卡住|谁|多久|什么时候|为什么|培训|课程|流程|政策|例外|审计|扫描|供应商|外包|收购|对外开源|发布到|换成|改成|变更了|改了许可|改协议|改许可|双(?:许可|授权)|选哪|哪个|哪种|区别|推荐|怀疑|没遵守|未遵守|违反|违规|侵权|投诉|起诉|片段|商标|文件头|版权头/i;

/** A question of two licenses. */
export const aboutPairs =
  /\b(?:compatib\w+|incompatib\w+|combin\w+|mix\w*|merg\w+|incorporat\w+|together|into|inside|put|copy|copied|include[sd]?|including|embed\w*|link\w*|bring|borrow)\b|兼容|放(?:进|到|入)|加(?:进|到|入)|混(?:用|在|合)|结合|合并|合(?:在|到|进|成)|一起|链接|拷(?:贝)?(?:进|到)|复制(?:进|到)|引入|用(?:在|到|进)|里(?:能|可以)?用/i;

/** Whether something may be used. */
export const aboutUse =
  /\b(?:can|could|may|might|should|shall|is it|are we|am i|is|are|ok(?:ay)?|fine|safe|allowed|permitted|legal|possible|want to|would like to|like to|need to)\b[^?]*\b(?:use[sd]?|using|usage|ship\w*|embed\w*|bundl\w+|includ\w+|link\w*|deploy\w*|run(?:ning)?|host\w*|distribut\w+|sell\w*|integrat\w+|ok(?:ay)?|fine|safe|allowed|permitted|go(?:es)?|put|have|take|adopt|rely|depend|modify|patch|fork)\b|^(?:use|using|usage of)\b|\b(?:allowed|permitted|ok|okay)\b|(?:能|可以|可否|能否|允许|准|敢|行|可不可以|能不能)[^？?]*(?:用|商用|放|集成|引入|卖|打包|部署|上线|嵌|带|装|链接|分发|交付|改)|用[^？?]*(?:行吗|可以吗|行不行|有问题吗|没问题吧|合规吗|安全吗)|能用吗|能商用吗|可以用吗|可以商用吗/i;

/** What must be done for a license. */
export const aboutDuties =
  /\b(?:must|have to|has to|need(?:s)? to|required? to|obligations?|duties|duty|requirements?|conditions?|demands?|comply|compliance|compliant|what do(?:es)? .* (?:require|demand|ask|want|need)|what (?:should|do) (?:i|we) (?:do|provide|include|give))\b|义务|要求|要(?:做|干)些?(?:什么|哪些|嘛|啥)|需要做|怎么(?:遵守|合规|履行)|如何(?:遵守|合规|履行)|注意什么|要注意|得做|要附|需要附|要提供/i;

/** What a license is. */
export const aboutItself =
  /\b(?:what(?:'s| is| are)|whats|explain|describe|tell me about|about|show|summar\w+|details? (?:of|on)|info(?:rmation)? on|meaning of|mean(?:s)?|say(?:s)?|permits?|kind of licen[sc]e|copyleft)\b|是什么|是啥|什么是|啥是|介绍|讲(?:讲|什么|的)|什么意思|解释|说(?:了|的)?什么|什么许可证|什么协议|哪类|有传染性|传染/i;

/** Words that say nothing more than that a license is meant. */
export const silentWords =
  /\b(?:the|a|an|licen[sc]e[ds]?|licensing|spdx|under|code|library|component|package|software|please|pls|hi|hello)\b|许可证|协议|许可|授权|的|库|组件|代码|软件|请问|一下|呢|吗|呀|[\p{P}\p{S}\s]/giu;

/** "And for LGPL?": nothing that stands alone. */
export const followsUp =
  /^(?:and|or|but|so|then|what about|how about|what if|and if|same (?:for|with)|also|as well)\b|^(?:那|那么|那要是|要是|如果|假如|换成|换作|如果是|还有|同样|再问)|(?:呢|怎么样|又如何)[？?。 ]*$/i;
