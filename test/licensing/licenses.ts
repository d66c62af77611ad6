import { buildKnowledgeBase, knowledgeContent } from '../../src/ask/knowledge.ts';
import { createLicenses, type Licenses, licenseContent } from '../../src/licenses/licenses.ts';
import { loadShipped } from '../licenses/content.ts';

/** Everything that ships about licenses, with the names that people use. */
export async function shippedLicensesWithNames(adopted: boolean): Promise<Licenses> {
  const content = await loadShipped([
    ...licenseContent,
    ...knowledgeContent.filter(({ folder }) => folder === 'licenses'),
  ]);
  return createLicenses({ content, isStarter: () => !adopted, nicknames: buildKnowledgeBase(content).licenses });
}
