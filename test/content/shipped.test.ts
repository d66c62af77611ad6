import { describe, expect, it } from 'vitest';
import { buildKnowledgeBase, knowledgeContent } from '../../src/ask/knowledge.ts';
import { loadContent } from '../../src/content/content.ts';
import { folderLayer } from '../../src/content/layer.ts';
import { formatFinding } from '../../src/core/findings.ts';
import { organizationContent } from '../../src/core/organization.ts';

describe('the content that ships', () => {
  it('has no mistakes; starter articles on duties only wait for somebody to approve them', async () => {
    const content = await loadContent({
      layers: [folderLayer('data', 'data')],
      kinds: [organizationContent, ...knowledgeContent],
      now: Date.UTC(2026, 10, 22),
    });

    const mistakes = content.findings.filter(
      ({ field, problem }) => field !== 'approved' && problem !== 'Nothing reads this file.',
    );
    expect(mistakes.map(formatFinding)).toEqual([]);
    expect(buildKnowledgeBase(content).articles.length).toBeGreaterThan(30);
  });
});
