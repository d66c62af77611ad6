import type { Organization } from '../core/organization.ts';
import type { People, Store } from '../core/ports.ts';
import { derivePeople } from './derive.ts';
import { createRecordBook } from './record-book.ts';
import { createSnapshot } from './snapshot.ts';

/** The people as the bot knew them last, read once without asking Slack. @param now ms */
export async function readPeople(store: Store, organization: Organization, now: number): Promise<People> {
  const book = await createRecordBook(store);
  return createSnapshot(derivePeople(book.records(), organization, now, 'people file').people);
}
