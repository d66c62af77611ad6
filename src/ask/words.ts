/** Words that say nothing about the topic. Words that tell the type of a question are read as concepts before these are dropped. */
export const stopWords: ReadonlySet<string> = new Set(
  `a about after again all also am an and any anybody anyone are as at be because been before being both but by can cannot
  cant could couldnt did didnt do does doesnt doing done dont either else etc even ever for from get gets getting give gives got had
  has hasnt have havent having he her here hes hi him his how i id if ill im in into is isnt it its ive just kind kinda know let lets
  like lot may me might more most much must my need needs no not now of off ok okay on one only or other our ours out over own
  please pls plz quick quickly really say says she should shouldnt so some somehow someone something sort still stuff such
  than thank thanks that thats the their them then there theres these they thing things this those though to too u up us very
  want wants was wasnt way we well were weve what whats when where which while who whom why will with within wont would wouldnt yes
  yet you your youre question questions hello hey guys team folks wondering wonder regarding anyway basically actually maybe
  someones somebody lol btw fyi asap tbh imo imho hmm umm tell told think thought asked ask asking trying try tried go going gonna
  happen happens happened today tomorrow yesterday right next last week day two theyre theyve theyll theyd youve youll youd arent werent
  hadnt mustnt neednt hes shes whos hows wheres whens itll thatll theres heres shouldve couldve wouldve yall`.split(
    /\s+/,
  ),
);

/** Chinese function words: they end a run, so that no bigram spans or consists of them. */
export const hanStops: readonly string[] =
  `请问一下|不好意思|有没有人|谁能告诉我|想问一下|想问问|问一下|请教一下|能不能|可不可以|是不是|有没有|需不需要|要不要|会不会|行不行|
  怎么样|怎么办|为什么|什么样|什么时候|多少|哪里|哪个|哪些|哪种|怎么|怎样|如何|什么|是否|可以|能够|需要|应该|必须|
  我们|你们|他们|咱们|大家|自己|别人|这个|那个|这些|那些|这种|那种|这样|那样|这里|那里|一个|一些|一下|一种|一点|
  现在|最近|然后|但是|不过|因为|所以|如果|的话|或者|还是|以及|而且|并且|虽然|就是|只是|已经|正在|一直|其实|到底|究竟|
  请问|想问|请教|你好|您好|谢谢|麻烦|帮忙|知道|觉得|比如|关于|有关|对于|之后|之前|时候|情况|问题|东西|事情|
  的|了|吗|呢|吧|啊|呀|嘛|哦|么|着|们|我|你|您|他|她|它|咱|这|那|哪|谁|是|在|有|和|与|及|或|把|被|给|就|都|也|还|又|才|很|太|最|些|到|里`
    .replace(/\s+/g, '')
    .split('|');

const spelling: ReadonlyMap<string, string> = new Map(
  Object.entries({
    licence: 'license',
    licences: 'licenses',
    licenced: 'licensed',
    licencing: 'licensing',
    lisence: 'license',
    lisense: 'license',
    liscense: 'license',
    licens: 'license',
    programme: 'program',
    programmes: 'programs',
    organisation: 'organization',
    organisations: 'organizations',
    behaviour: 'behavior',
    colour: 'color',
    favour: 'favor',
    favourite: 'favorite',
    labour: 'labor',
    centre: 'center',
    defence: 'defense',
    catalogue: 'catalog',
    dialogue: 'dialog',
    cheque: 'check',
    artefact: 'artifact',
    artefacts: 'artifacts',
    judgement: 'judgment',
    enrol: 'enroll',
    fulfil: 'fulfill',
    fulfilment: 'fulfillment',
    acknowledgement: 'acknowledgment',
    acknowledgements: 'acknowledgments',
    cancelled: 'canceled',
    cancelling: 'canceling',
    modelling: 'modeling',
    labelled: 'labeled',
    travelling: 'traveling',
    repos: 'repositories',
    repo: 'repository',
    libs: 'libraries',
    lib: 'library',
    deps: 'dependencies',
    dep: 'dependency',
    prs: 'pr',
    docs: 'documentation',
    docu: 'documentation',
    vuln: 'vulnerability',
    vulns: 'vulnerabilities',
    config: 'configuration',
    opensource: 'open source',
    opensourced: 'open sourced',
    opensourcing: 'open sourcing',
    thirdparty: 'third party',
  }),
);

// Roots whose British -ise becomes -ize; a blind rule would also turn "enterprise" and "exercise".
const iseRoots =
  /^(organ|author|recogn|standard|minim|optim|custom|categor|container|docker|anonym|summar|priorit|virtual|monet|final|initial|serial|util|real|modern|apolog|sanit|emphas|formal|general|global|local|legal|normal|special|central|tokenis?|vector)is(e|es|ed|ing|er|ers|ation|ations)$/;

/** One spelling for words that have several; the result may be two words. */
export function spell(word: string): string {
  return spelling.get(word) ?? (word.length > 7 ? word.replace(iseRoots, '$1iz$2') : word);
}
