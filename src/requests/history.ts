import type { Locale } from '../core/i18n.ts';
import type { PersonId } from '../core/ports.ts';
import { type Change, changesOf } from './corrections.ts';
import { historyTexts } from './history-texts.ts';
import { stageName, stageOf } from './reading.ts';
import type { RequestEvent } from './request.ts';
import { type Parts, texts } from './texts.ts';
import type { RequestType } from './type.ts';

/** Something that happened, for people: a sentence in pieces, and what was written with it. */
export interface Deed<W> {
  readonly at: number;
  readonly said: Parts<W>;
  readonly text: string;
  /** Answers of the form that were corrected with it. */
  readonly changes: readonly Change[];
  /** For those who decide only. */
  readonly privately: boolean;
}

/**
 * What happened, in order, without what only clocks did.
 * @param person how a person is shown
 */
export function deedsOf<W>(
  events: readonly RequestEvent[],
  type: RequestType,
  locale: Locale,
  person: (id: PersonId) => W,
): readonly Deed<W>[] {
  return events.flatMap((event) => {
    const said = saidOf<W>(event, type, locale, person);
    if (!said) return [];
    const text = 'text' in event ? event.text : event.kind === 'recorded' ? event.evidence : '';
    const changes = changesOf(event, type, locale);
    return [{ at: event.at, said, text, changes, privately: event.kind === 'noted' && event.privately }];
  });
}

function saidOf<W>(
  event: RequestEvent,
  type: RequestType,
  locale: Locale,
  person: (id: PersonId) => W,
): Parts<W> | undefined {
  const words = texts[locale];
  const { did } = historyTexts[locale];
  const stage = 'stage' in event ? stageName(type, event.stage, locale) : '';
  switch (event.kind) {
    case 'submitted':
      return did.submitted(person(event.by));
    case 'passed':
      return [did.passed];
    case 'voted': {
      const instead = event.inPlaceOf ? did.inPlaceOf(person(event.inPlaceOf)) : [];
      return [...did[event.vote](person(event.by), stage), ...instead];
    }
    case 'settled':
      return settledWords(event, type, locale);
    case 'noted':
      return (event.privately ? did.notedPrivately : did.noted)(person(event.by));
    case 'asked':
    case 'answered':
    case 'held':
    case 'withdrawn':
    case 'appealed':
    case 'reopened':
    case 'revoked':
    case 'followed':
      return did[event.kind](person(event.by));
    case 'raised':
      return [did.raised];
    case 'handed':
      return did.handed(person(event.by), person(event.to));
    case 'resumed':
      return event.by ? did.resumedBy(person(event.by)) : [did.resumed];
    case 'expired':
      return [did[event.because]];
    case 'superseded':
      return did.superseded(person(event.by), event.other);
    case 'escalated': {
      const [first, ...others] = event.to.map(person);
      return first && [...did.escalated(first), ...others.flatMap((one) => [words.comma, one])];
    }
    case 'rerouted':
      return [did.rerouted(stage, historyTexts[locale].rerouted[event.because])];
    case 'recalled':
      return event.by ? did.recalledBy(person(event.by), stage) : [did.recalled(stage)];
    case 'recorded': {
      const decider = 'person' in event.decider ? person(event.decider.person) : event.decider.name;
      return did.recorded<W>(person(event.by), decider as W);
    }
    case 'condition_met':
      return did.conditionMet(person(event.by));
    // Said by the votes and rules that made it so.
    case 'approved':
    case 'declined':
    case 'opened':
    case 'unasked':
    case 'nudged':
    case 'reminded':
      return undefined;
  }
}

/** Only a body's decision is news beside the votes that make it. */
function settledWords<W>(
  { stage, outcome }: Extract<RequestEvent, { kind: 'settled' }>,
  type: RequestType,
  locale: Locale,
): Parts<W> | undefined {
  const { did } = historyTexts[locale];
  const name = stageName(type, stage, locale);
  if (outcome === 'overruled') return [did.overruled(name)];
  if (!stageOf(type, stage)?.vote) return undefined;
  return [outcome === 'approved' ? did.carried(name) : did.notCarried(name)];
}
