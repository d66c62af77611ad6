import { describe, expect, it } from 'vitest';
import { concernOf } from '../../src/handoffs/concern.ts';

describe('a question that legal and compliance should see alone', () => {
  it.each([
    'I think our firmware violates the GPL',
    'We shipped a product without the license notices, what now?',
    'How do I report a concern about a colleague?',
    'I suspect that our vendor copied code from a competitor',
    'Someone published our internal source code on GitHub',
    'A customer asks for the source code of the GPL parts in our device',
    'We received a cease and desist letter',
    'A lawyer wrote to me about FFmpeg',
    'A journalist asked me about our license compliance',
    'The copyright holder claims that we infringe',
    'We got a DMCA takedown for our repo',
    '我们的产品好像违反了 GPL',
    '怀疑同事抄袭了开源代码',
    '怎么举报违规使用开源代码',
    '收到一封律师函，怎么办？',
    '客户要求我们提供 GPL 部分的源代码',
    '有人把公司代码泄露到 GitHub 上了',
    '外部维护者来信说我们没有署名',
    '我们删了许可证头，会不会有问题',
  ])('%s', (question) => {
    expect(concernOf(question)).toBeDefined();
  });

  it.each([
    'Can we use an AGPL database behind our API?',
    'How do I get a bug fix into an upstream project?',
    'Who may sign a CLA?',
    'Do I need approval to publish my side project?',
    'What is a copyright notice and where does it go?',
    'Which license should our new project have?',
    'How long does a component review take?',
    'Can I ask the author of a library to relicense it?',
    'What must travel with a release?',
    '后端 API 后面能用 AGPL 的数据库吗？',
    '想给上游项目提一个 bug 修复，要走什么流程？',
    '谁有权签 CLA？',
    '发布新项目要选哪个许可证？',
    '客户可以修改我们开源的代码吗？',
    '怎么联系开源项目办公室？',
  ])('not: %s', (question) => {
    expect(concernOf(question)).toBeUndefined();
  });
});

it.each([
  ['a law firm sent us a demand letter about the GPL', 'inquiry'],
  ['客户来函要求提供固件源码，怎么回', 'inquiry'],
  ['I want to report a violation of the GPL in our product', 'concern'],
  ['怀疑我们违反了许可证，找谁', 'concern'],
] as const)('tells what we may have done from what others want of us: %s', (question, kind) => {
  expect(concernOf(question)).toBe(kind);
});
