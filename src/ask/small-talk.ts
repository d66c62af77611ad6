/** Words that greet, thank or ask what the bot can do; a message of nothing else gets the help card. */
const words = new Set(
  `hi hello hey heya hiya yo greetings good morning afternoon evening day there bot ospo advisor everyone all team
  thanks thank you thx ty cheers a lot much very so many great nice cool perfect awesome ok okay bye goodbye please pls help me
  menu start what can do how does this work are who commands usage options info about test ping`.split(/\s+/),
);

/** Of the words above, those that make a message one of these; "can you do this" alone is not. */
const openers =
  /^(hi|hello|hey|heya|hiya|yo|greetings|good (morning|afternoon|evening|day)|thanks?|thank you|thx|ty|cheers|great|nice|cool|perfect|awesome|ok|okay|bye|goodbye|please|pls|help|menu|start|commands|usage|options|info|about|test|ping)\b|^(what can (you|this|the bot|i) (do|ask)|how does this work|how do you work|who are you|what are you|what is this|what do you do)\b/;

const chinese =
  /^(你好|您好|大家好|早上好|下午好|晚上好|早安|早|嗨|哈喽|在吗|在么|谢谢|多谢|感谢|谢了|辛苦|辛苦了|好的|好|收到|帮助|救命|菜单|功能|指令|命令|帮帮我|帮我|帮忙|再见|拜拜|你是谁|你会什么|你能做什么|你可以做什么|你能干什么|你有什么功能|怎么用|怎么使用|使用说明|使用帮助|请|一下|你|您|啊|呀|哈|啦|吧|吗|呢|了|机器人|小助手|们)+$/u;

/** True for nothing, greetings, thanks and calls for help: cleaned text in. */
export function asksForHelp(text: string): boolean {
  const plain = text
    .replace(/[^\p{L}\p{N}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (plain === '') return true;
  if (chinese.test(plain.replace(/ /g, ''))) return true;
  return openers.test(plain) && plain.split(' ').every((word) => words.has(word) || word === 'i' || word === 'the');
}
