import { type Calendar, dateAfter, momentOn } from '../core/business-time.ts';
import type { DueThing } from '../core/links.ts';
import { dueTexts } from './due-texts.ts';
import { type Learner, recordOf } from './learner.ts';
import { modulesLeft, renewableFrom, type Standing, standingOf } from './standing.ts';
import { minutesOf, type Track, type Words } from './track.ts';

export const sourceName = 'training';
export const topic = 'training';
const dayMs = 24 * 60 * 60_000;
// Whoever joined was just welcomed with it, and whoever chose it themselves knows: five days later they are asked.
const knownMs = 5 * dayMs;

/** The track that a due thing is about, by its key: `<track>/<round>`. */
export function trackOf(key: string): string {
  return key.split('/', 1)[0] ?? '';
}

/**
 * What training has for one person, now and later: one thing for each track that was assigned, under a name that changes with
 * each round, so that nobody is told twice of one round and is told of the next. A track whose text or time changed is the same thing.
 * @param tracks in force and adopted, or assigned by a person
 */
export function dueThings(
  learner: Pick<Learner, 'tracks' | 'joined'>,
  tracks: readonly Track[],
  { today, calendar }: { readonly today: string; readonly calendar: Calendar },
): readonly DueThing[] {
  return tracks.flatMap((track) => {
    const record = recordOf(learner, track.id);
    const { assigned, round } = record;
    if (!assigned) return [];
    const standing = standingOf(record, track, today);
    const when = timesOf(standing, track, assigned.at + (isKnown(learner, assigned) ? knownMs : 0));
    if (!when) return [];
    const left = modulesLeft(record, track, today);
    const only = left.length === 1 ? left[0] : undefined;
    return [
      {
        key: `${track.id}/${round}${when.suffix}`,
        topic,
        title: track.title,
        detail: detailOf(standing, left.length, record.done),
        minutes: minutesOf(left),
        since: when.since,
        ...(when.due ? { due: when.due } : {}),
        ...(assigned.mandatory
          ? { mandatory: dueTexts.mandatory, excusable: true as const }
          : { decline: true as const }),
        ...(only?.complete === 'attest' ? { done: true as const } : {}),
        buttons: [
          {
            action: 'training.open',
            value: track.id,
            label: dueTexts.open(standing, Object.keys(record.done).length > 0),
          },
          ...(assigned.mandatory ? [{ action: 'training.decline', value: track.id, label: dueTexts.excuse }] : []),
        ],
      },
    ];
  });

  /** When it begins and ends; undefined while nothing is open, now or later. */
  function timesOf(standing: Standing, track: Track, from: number) {
    switch (standing.is) {
      case 'due':
      case 'overdue':
        return { since: from, due: standing.due, suffix: '' };
      case 'renew':
        return { since: startOf(renewableFrom(track, standing.until)), due: standing.until, suffix: '' };
      case 'current': {
        if (!standing.until) return undefined;
        return { since: startOf(renewableFrom(track, standing.until)), due: standing.until, suffix: '' };
      }
      case 'expired':
        return { since: startOf(dateAfter(standing.until, 'P1D')), due: standing.until, suffix: '/over' };
      default:
        return undefined;
    }
  }

  function startOf(date: string): number {
    return momentOn(date, '00:00', calendar.zone);
  }
}

function isKnown({ joined }: Pick<Learner, 'joined'>, { by, due }: { readonly by: string; readonly due?: string }) {
  return due === undefined || (joined === true && by === 'rule');
}

function detailOf(standing: Standing, left: number, done: Learner['tracks'][string]['done']): Words {
  if (standing.is === 'expired') return dueTexts.ranOut;
  if (standing.is === 'renew' || standing.is === 'current') return dueTexts.runsOut;
  return Object.keys(done).length > 0 ? dueTexts.left(left) : dueTexts.modules(left);
}
