import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tinyType } from './requests.ts';

/** A track of the organization's own, which needs no adoption: for everybody in security, and for who joins. */
export const houseRules = `
id: house-rules
kind: compliance
title: { en: House rules, zh-CN: 内部规则 }
summary: { en: What holds here., zh-CN: 公司的规定。 }
order: 1
mandatory: true
for: [{ roles: [security] }, { when: joining }]
due: P7D
valid: P1Y
reviewed: 2026-11-22
sources: [{ title: Policy, url: "https://example.com/policy" }]
modules:
  - id: rules
    title: { en: The rules, zh-CN: 规则 }
    about: { en: Three of them., zh-CN: 一共三条。 }
    minutes: 5
    pages: [{ en: "**Ask** first.", zh-CN: "**先问**再做。" }]
    complete: quiz
    quiz:
      - ask: { en: What comes first?, zh-CN: 先做什么？ }
        choices:
          - { text: { en: Asking, zh-CN: 问 }, right: true }
          - { text: { en: Doing, zh-CN: 做 } }
        why: { en: It is quicker., zh-CN: 这样更快。 }
`;

/** The small type, which is approved at once for whoever knows the house rules. */
const gatedType = tinyType
  .replace('choices:\n', 'choices:\n      - { id: quick, label: { en: Quick, zh-CN: 快 } }\n')
  .replace(
    'routes:\n',
    `training: house-rules
automatic:
  rule: quick-and-trained
  when: { when: way, is: quick }
  otherwise: { level: 4, stages: [office] }
  because: { en: It is quick., zh-CN: 很快。 }
routes:
  - { id: quick, when: { when: way, is: quick }, level: 1, because: { en: Quick ones pass., zh-CN: 快的直接通过。 } }
`,
  );

/** A folder of content with the track, and with the type that asks for it. */
export async function gatedContent(): Promise<string> {
  const contentDir = await mkdtemp(join(tmpdir(), 'ospo-completions-'));
  const files = { 'training/house-rules.yml': houseRules, 'requests/tiny.yml': gatedType };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(contentDir, path, '..'), { recursive: true });
    await writeFile(join(contentDir, path), text);
  }
  return contentDir;
}
