import type { Words } from './policy.ts';

interface Problem {
  readonly problem: Words;
  readonly mend: Words;
}

const again: Words = {
  en: 'Make the SBOM again as CycloneDX or SPDX in JSON.',
  'zh-CN': '请重新生成 JSON 格式的 CycloneDX 或 SPDX。',
};

/** What can be wrong with the file of an SBOM, and what to do. */
export const sbomProblems = {
  empty: { problem: { en: 'The file is empty.', 'zh-CN': '文件是空的。' }, mend: again },
  xml: {
    problem: { en: 'This is XML; only JSON is read.', 'zh-CN': '这是 XML，只支持 JSON。' },
    mend: {
      en: 'Let your tool write JSON, or convert it with cyclonedx-cli.',
      'zh-CN': '让工具输出 JSON，或者用 cyclonedx-cli 转换。',
    },
  },
  tagValue: {
    problem: {
      en: 'This is SPDX in tag-value form; only JSON is read.',
      'zh-CN': '这是 tag-value 格式的 SPDX，只支持 JSON。',
    },
    mend: {
      en: 'Let your tool write SPDX JSON, or convert it with pyspdxtools.',
      'zh-CN': '让工具输出 SPDX JSON，或者用 pyspdxtools 转换。',
    },
  },
  notJson: {
    problem: { en: 'The JSON breaks off or is not valid here.', 'zh-CN': 'JSON 在这里中断或无效。' },
    mend: {
      en: 'The file may be cut off: copy or make it again.',
      'zh-CN': '文件可能被截断了，请重新复制或生成。',
    },
  },
  noSbom: {
    problem: {
      en: 'This is JSON, but neither CycloneDX nor SPDX: it has no bomFormat, spdxVersion or @graph.',
      'zh-CN': '这是 JSON，但不是 CycloneDX 或 SPDX：没有 bomFormat、spdxVersion 或 @graph。',
    },
    mend: again,
  },
  shape: {
    problem: {
      en: 'This field is missing, or does not hold what the format says.',
      'zh-CN': '这个字段缺失，或者内容不符合格式。',
    },
    mend: again,
  },
} satisfies Readonly<Record<string, Problem>>;

/** Where in the file. */
export const sbomPlaces = {
  end: { en: 'the end of the file', 'zh-CN': '文件末尾' },
  at: (line: number, column: number): Words => ({
    en: `line ${line}, column ${column}`,
    'zh-CN': `第 ${line} 行第 ${column} 列`,
  }),
};
