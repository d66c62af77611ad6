import type { Declared, Feature } from '../feature.ts';
import { announcementAudit, announcements, announcementTexts, readings, targets } from './announcement.ts';

/** What announcements keep and read. */
export const announcementsDeclared: Declared = {
  name: 'announcements',
  collections: [announcements, announcementTexts, targets, readings],
  content: [],
  auditSubjects: [announcementAudit],
};

/** Announcements: written, confirmed, delivered once to everybody, and shown to have been read. */
export function createAnnouncementsFeature(): Feature {
  return {
    ...announcementsDeclared,
    listen: () => undefined,
    cards: {},
    jobs: [],
    samples: () => [],
    commands: [],
  };
}
