import { beforeAll, describe, expect, it } from 'vitest';
import type { Concept, KnowledgeBase } from '../../src/ask/article.ts';
import { createHomophones } from '../../src/ask/homophones.ts';
import { createSearch, type Search } from '../../src/ask/search.ts';
import { shippedBase, shippedCalibration } from './shipped.ts';

const concepts: readonly Concept[] = [
  { id: 'license', en: [], zh: ['许可证'] },
  { id: 'contribution', en: [], zh: ['贡献', '红线'] },
  { id: 'oss', en: [], zh: ['开源', '开源软件'] },
  { id: 'patent', en: [], zh: ['专利', '耳机'] },
  { id: 'approval', en: [], zh: ['审批'] },
  { id: 'human', en: [], zh: ['找谁'] },
  { id: 'q_how', en: [], zh: ['怎样'] },
];

// What stands in the texts of the base.
const texts = '许可证 贡献 开源软件 开源许可 专利 耳机 共享 系统 上标 商标 审批';

function mend(text: string): string {
  return createHomophones(concepts, (pair) => texts.includes(pair)).correct(text).text;
}

describe('a slip of the keyboard', () => {
  it.each([
    { what: 'one character of three', typed: '许可正怎么写', meant: '许可证怎么写' },
    { what: 'all of them', typed: '转力怎么申请', meant: '专利怎么申请' },
    { what: 'two slips', typed: '开园许可正', meant: '开源许可证' },
    { what: 'a sound that many do not tell apart', typed: '生批怎么写', meant: '审批怎么写' },
    { what: 'beside other scripts', typed: 'MIT 的许可正 ok 吗', meant: 'MIT 的许可证 ok 吗' },
    { what: 'the usual reading before a rare one', typed: '怎么贡现', meant: '怎么贡献' },
    { what: 'a word of the language, where the text goes on as one does', typed: '开原软件', meant: '开源软件' },
  ])('is mended: $what', ({ typed, meant }) => {
    expect(mend(typed)).toBe(meant);
  });

  it('is told, each once', () => {
    const { corrections } = createHomophones(concepts, (pair) => texts.includes(pair)).correct('开园许可正');

    expect(corrections).toEqual([
      { from: '开园', to: '开源' },
      { from: '许可正', to: '许可证' },
    ]);
  });
});

describe('what stays as it is', () => {
  it.each([
    { what: 'a word that texts of the base have', typed: '共享怎么做' },
    { what: 'a word that sounds like nothing of ours', typed: '午饭吃什么' },
    { what: 'another sound', typed: '许可阵地' },
    { what: 'the end of one word and the begin of the next', typed: '操作系统包' },
    { what: 'a number', typed: '二级怎么申请' },
    { what: 'function words', typed: '照谁说的' },
    { what: 'a word of the language that stands alone', typed: '去开原旅游' },
    { what: 'no Chinese', typed: 'kai yuan ruan jian' },
    { what: 'nothing', typed: '' },
  ])('$what', ({ typed }) => {
    expect(mend(typed)).toBe(typed);
  });
});

describe('the handbook that ships', () => {
  let base: KnowledgeBase;
  let search: Search;
  beforeAll(async () => {
    base = await shippedBase();
    search = createSearch(base, await shippedCalibration());
  });

  it('finds what was meant, and says how it read it', () => {
    const found = search.find('这个鞋议的代马能商用吗');

    expect(found.corrections).toEqual([
      { from: '鞋议', to: '协议' },
      { from: '代马', to: '代码' },
    ]);
  });

  it('changes no way to ask that somebody wrote', () => {
    const { articles, desks } = base;
    const written = [
      ...articles.flatMap(({ editions }) => editions['zh-CN']?.aliases ?? []),
      ...desks.flatMap(({ aliases }) => aliases['zh-CN']),
    ];

    // Every twelfth: each takes a few milliseconds.
    const some = written.filter((_, at) => at % 12 === 0);
    const changed = some.filter((text) =>
      search.find(text).corrections.some(({ from }) => /\p{Script=Han}/u.test(from)),
    );

    expect(some.length).toBeGreaterThan(300);
    expect(changed).toEqual([]);
  });
});
