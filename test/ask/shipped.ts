import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { KnowledgeBase } from '../../src/ask/article.ts';
import { Calibration } from '../../src/ask/decide.ts';
import { GoldenLine } from '../../src/ask/evaluate.ts';
import { buildKnowledgeBase, knowledgeContent } from '../../src/ask/knowledge.ts';
import { loadContent } from '../../src/content/content.ts';
import { folderLayer } from '../../src/content/layer.ts';

const data = fileURLToPath(new URL('../../data/', import.meta.url));

/** The knowledge base that ships. */
export async function shippedBase(): Promise<KnowledgeBase> {
  return buildKnowledgeBase(
    await loadContent({ layers: [folderLayer('data', data)], kinds: knowledgeContent, now: Date.UTC(2026, 10, 22) }),
  );
}

export async function shippedCalibration(): Promise<Calibration> {
  return Calibration.parse(JSON.parse(await readFile(`${data}calibration/weights.json`, 'utf8')));
}

/** @param file path below `data/` */
export async function shippedLines(file: string): Promise<readonly GoldenLine[]> {
  const lines = (await readFile(`${data}${file}`, 'utf8')).trim().split('\n');
  return lines.map((line) => GoldenLine.parse(JSON.parse(line)));
}
