import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readExpression } from '../../src/licenses/expression.ts';
import { nameKey } from '../../src/requests/keys.ts';
import { asksForRegister } from '../../src/requests/register-question.ts';

const isLicense = (name: string) => readExpression(name).kind === 'expression';
const asked = (text: string) => asksForRegister(text, isLicense);

describe('a question for the register', () => {
  it.each([
    ['Has anyone had left-pad approved?', 'left-pad'],
    ['has anybody here ever got pkg:npm/left-pad@1.3.0 approved before?', 'pkg:npm/left-pad@1.3.0'],
    ['Hi, has another team already had apache/kafka cleared yet', 'apache/kafka'],
    ['did anyone get @angular/core approved', '@angular/core'],
    ['Has someone requested approval for Spring Boot already?', 'Spring Boot'],
    ['Is redis already approved?', 'redis'],
    ['has `zod` been approved before?', 'zod'],
    ['was <https://github.com/apache/kafka|apache/kafka> already approved', 'https://github.com/apache/kafka'],
    ['Is there already an approval for lodash?', 'lodash'],
    ['有人申请过 left-pad 吗？', 'left-pad'],
    ['公司里有没有人批准过apache/kafka', 'apache/kafka'],
    ['请问有没有团队审批过 Spring Boot？', 'Spring Boot'],
    ['left-pad 有人申请过吗', 'left-pad'],
    ['redis 这个组件之前审批过没有？', 'redis'],
    ['pkg:npm/zod 已经批准了吗', 'pkg:npm/zod'],
  ])('%s', (text, name) => {
    expect(asked(text)).toBe(name);
  });

  it.each([
    'Is MIT already approved?',
    'Has anyone had GPL-3.0-only approved?',
    'Is it already approved?',
    'Has my request been approved?',
    'Is the project already approved?',
    'Who approves left-pad?',
    'Can I use left-pad?',
    'Is left-pad approved for use in our product under the policy we have',
    'Do I need approval for left-pad?',
    'How long does an approval for left-pad take?',
    'What happens when something was approved before?',
    'Has anyone had trouble getting their request approved?',
    '我的申请批准了吗',
    '这个之前批准过吗',
    'MIT 已经批准了吗',
    '用 left-pad 要申请吗',
    '谁来审批 left-pad',
    '',
    `Has anyone had ${'x'.repeat(200)} approved?`,
  ])('is none: %s', (text) => {
    expect(asked(text)).toBeUndefined();
  });

  it('takes nothing from the handbook: of the tuning questions none', () => {
    const lines = readFileSync(new URL('../../data/golden/tuning.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const questions = lines.map((line) => (JSON.parse(line) as { readonly q: string }).q);

    const taken = questions.filter((question) => asked(question) !== undefined);

    expect(questions.length).toBeGreaterThan(100);
    expect(taken).toEqual([]);
  });
});

describe('what it is looked up by', () => {
  it.each([
    ['pkg:npm/left-pad@1.3.0', 'name:left-pad'],
    ['Left-Pad', 'name:left-pad'],
    ['https://github.com/Apache/Kafka.git', 'name:kafka'],
    ['apache/kafka', 'name:kafka'],
    ['pkg:maven/org.apache.kafka/kafka-clients', 'name:kafka-clients'],
    ['Spring  Boot', 'name:spring boot'],
  ])('the bare name of %s', (text, key) => {
    expect(nameKey(text)).toBe(key);
  });
});
