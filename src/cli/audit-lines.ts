import type { Finding, Trouble } from '../auditing/verify.ts';

const words: Readonly<Record<Trouble, string>> = {
  changed: 'was changed after it was written',
  missing: 'is missing',
  'out of order': 'is not where it was written',
  foreign: 'belongs to another chain',
  'cut off': 'is missing, with all that followed: its subject knows of more',
  'beyond the head': 'is one that its subject does not know',
  'part changed': 'was changed beside the trail',
  'part gone': 'is missing beside the trail, and no erasure tells of it',
  'part alone': 'has text beside the trail, but there is no such event',
  'no chain': 'has no events',
  'no subject': 'has events, but there is no such subject',
  'listed, gone': 'was listed and is gone, with all its events',
  'listed, cut off': 'was listed and is missing, with all that followed',
  'listed, changed': 'is not the event that was listed',
};

/** "1 event", "2 events", "no events". */
export function counted(count: number, what: string): string {
  return `${count || 'no'} ${what}${count === 1 ? '' : 's'}`;
}

/** What was found, for an auditor: which subject, which event of it, and what is wrong. */
export function findingLine({ subject, seq, trouble, part }: Finding): string {
  const where = seq > 0 ? `${subject}, event ${seq}` : subject;
  return part ? `${where}: its text "${part}" ${words[trouble]}` : `${where}: ${words[trouble]}`;
}
