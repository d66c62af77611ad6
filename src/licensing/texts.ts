import type { Texts } from '../core/i18n.ts';

const en = {
  layers: { license: 'What the license says', policy: 'What our policy says', now: 'What to do now' },
  /** A label and what it labels. */
  labeled: (label: string, what: string) => `${label}: ${what}`,
  whichUse: 'What do you use it for?',
  exactUse: 'What exactly it demands of a use:',
  assumedUnmodified: 'I took it that you do not change it.',
  sameForAll: (ids: readonly string[]) =>
    `It is the same for ${ids.join(' and ')}. A request needs the exact one, from the LICENSE file.`,
  ifModified: 'We change it',
  ifUnmodified: 'We do not change it',
  assumedDirection: (inbound: string, outbound: string) =>
    `I took it that code under ${inbound} goes into a work under ${outbound}.`,
  otherWay: (verdict: string) => `The other way round: ${verdict}.`,
  turn: 'The other way round',
  eachIs: (license: string, verdict: string) => `${license}: ${verdict}`,
  allAlike: (verdict: string, use: string) => `${use}, whichever it is: ${verdict}.`,
  sbomRead: (file: string, format: string, components: number) =>
    `I read ${file} (${format}): ${components === 1 ? '1 component' : `${components} components`}.`,
  sbomJudged: (file: string, use: string) => `${file}: ${use}`,
  sbomRow: (license: string, components: string) => `${license} (${components})`,
  sbomEmpty:
    'It lists no components, so there is nothing to judge. Make it from the finished build, with its dependencies.',
  sbomAll: 'Full list as a file',
  sbomOtherUse: 'Used for something else?',
  sbomUnmodified: 'I took it that you change none of them. Only you see this.',
  sbomMoreLicenses: (licenses: string) => `other licenses: ${licenses}`,
  sbomTooLarge: (file: string) =>
    `${file} is over 30 MB, too large to read here. Leave the files out of the SBOM and keep the components, or judge it on the command line.`,
  sbomUnreadable: (file: string) => `I could not get ${file} from Slack. Send it once more.`,
  sbomGone: 'This SBOM is no longer kept, or is not yours. Send the file again.',
  listIsCut: (components: string) => `(${components} more in the SBOM)`,
  requestTitle: 'Request',
  reading: 'One moment, I am reading the SBOM.',
  close: 'Close',
  sbomHelp:
    'Send me an SBOM (CycloneDX or SPDX, JSON) in our conversation. I say what is fine for your use, what needs a request, what is prohibited and what nobody knows. Only you see it.',
  sbomCommandHelp: 'How to send me an SBOM, and what I say about it.',
  commandHelp: 'What a license asks and whether we allow it, for example `license MPL-2.0`.',
};

/** All words of license advice in conversation; what is known of licenses has its own. */
export const texts: Texts<typeof en> = {
  en,
  'zh-CN': {
    layers: { license: '许可证怎么说', policy: '我们的政策怎么说', now: '现在怎么做' },
    labeled: (label, what) => `${label}：${what}`,
    whichUse: '用在哪里？',
    exactUse: '看具体用途要履行什么义务：',
    assumedUnmodified: '我按不做修改来回答。',
    sameForAll: (ids) => `${ids.join(' 和 ')} 的结论一样。提交申请时，以 LICENSE 文件为准填确切的编号。`,
    ifModified: '我们会改代码',
    ifUnmodified: '我们不改代码',
    assumedDirection: (inbound, outbound) => `我理解为：把 ${inbound} 的代码放进 ${outbound} 的作品。`,
    otherWay: (verdict) => `反过来：${verdict}。`,
    turn: '反过来',
    eachIs: (license, verdict) => `${license}：${verdict}`,
    allAlike: (verdict, use) => `${use}，不管是哪一个：${verdict}。`,
    sbomRead: (file, format, components) => `已读取 ${file}（${format}），共 ${components} 个组件。`,
    sbomJudged: (file, use) => `${file}：${use}`,
    sbomRow: (license, components) => `${license}（${components}）`,
    sbomEmpty: '里面没有列出组件，没有可判断的内容。请用构建好的产品重新生成，把依赖也包括进去。',
    sbomAll: '下载完整列表',
    sbomOtherUse: '用在别处？',
    sbomUnmodified: '我按不改它们的代码来判断。只有你能看到。',
    sbomMoreLicenses: (licenses) => `其他许可证：${licenses} 种`,
    sbomTooLarge: (file) => `${file} 超过 30 MB，这里读不了。请只保留组件、去掉文件清单，或者用命令行判断。`,
    sbomUnreadable: (file) => `没能从 Slack 取到 ${file}，请再发一次。`,
    sbomGone: '这份 SBOM 已不再保留，或者不是你发的。请重新发送文件。',
    listIsCut: (components) => `（SBOM 里还有 ${components} 个）`,
    requestTitle: '申请',
    reading: '稍等，正在读取 SBOM。',
    close: '关闭',
    sbomHelp:
      '把 SBOM（JSON 格式的 CycloneDX 或 SPDX）发到我们的私信里，我会按用途说明哪些可用、哪些需要申请、哪些禁止、哪些未知。只有你能看到。',
    sbomCommandHelp: '怎么把 SBOM 发给我，我会告诉你什么。',
    commandHelp: '查一个许可证：有什么要求、公司让不让用，例如 `license MPL-2.0`。',
  },
};
