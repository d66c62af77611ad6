import type { Progress } from './delivery.ts';
import type { Results } from './results.ts';

/** Of an announcement that came to its end. */
export const progress: Progress = {
  ...{
    total: 1_241,
    waiting: 0,
    sent: 1_230,
    outdated: 0,
    failed: 8,
    unknown: 3,
    quiet: 0,
    covered: 0,
    left: 0,
    retracted: 0,
  },
  perMinute: undefined,
  restMs: undefined,
};

/** The first day. */
export const results: Results = {
  progress,
  read: 806,
  people: 1_240,
  units: [
    { unit: 'payments', read: 210, all: 240 },
    { unit: undefined, read: 12, all: 31 },
  ],
  spans: [
    { span: 'hour', sent: 1_100, read: 120 },
    { span: 'day', sent: 1_230, read: 806 },
  ],
  smallest: 5,
  unitName: (unit) => unit,
};

/** A week and a half after it went out. */
export const later: Results = {
  ...results,
  units: [
    { unit: 'payments', read: 210, all: 240 },
    { unit: 'search', read: 96, all: 180 },
    { unit: 'platform', read: 71, all: 75 },
    { unit: undefined, read: 12, all: 31 },
  ],
  spans: [
    { span: 'hour', sent: 1_100, read: 120 },
    { span: 'day', sent: 1_230, read: 520 },
    { span: 'days', sent: 1_230, read: 690 },
    { span: 'week', sent: 1_230, read: 780 },
    { span: 'month', sent: 1_230, read: 806 },
  ],
};
