import type { PersonId, Say } from '../core/ports.ts';

/** The card by which leads decide whether somebody is excused; one for each time that it is asked. @param at ms */
export function excuseCopies(person: PersonId, track: string, at: number, leads: readonly PersonId[]): readonly Say[] {
  const id = `${person}/${track}/${at}`;
  return leads.map((lead) => ({ kind: 'copy', card: 'training.excuse', id, place: { person: lead }, lost: 'must' }));
}

/** Tells somebody what became of it. @param at ms, when it was decided */
export function told(person: PersonId, track: string, kind: 'exempt' | 'keep', at: number): Say {
  return {
    kind: 'notice',
    key: `training:told:${person}:${track}:${at}`,
    card: 'training.told',
    id: `${person}/${track}/${kind}`,
    place: { person },
    lost: 'must',
  };
}

/** A module in the conversation with its learner; asked for, so it comes at once, and again whenever it is asked for. */
export function moduleNotice(person: PersonId, track: string, module: string, at: number): Say {
  return {
    kind: 'notice',
    key: `training:module:${person}:${track}:${module}:${at}`,
    card: 'training.module',
    id: `${person}/${track}/${module}`,
    place: { person },
    lost: 'may',
    lane: 'answers',
  };
}

export function welcome(person: PersonId): Say {
  return {
    kind: 'notice',
    key: `training:welcome:${person}`,
    card: 'training.welcome',
    id: person,
    place: { person },
    lost: 'may',
    lane: 'many',
  };
}

/** Tells a manager how many of their people are late, because a lead asked for it; once a day for a track. @param day ISO date */
export function escalated(manager: PersonId, track: string, lead: PersonId, day: string): Say {
  return {
    kind: 'notice',
    key: `training:escalated:${manager}:${track}:${day}`,
    card: 'training.escalated',
    id: `${manager}/${track}/${lead}`,
    place: { person: manager },
    lost: 'may',
  };
}

/** The numbers, in the conversation of whoever asked for them. */
export function numbersNotice(reader: PersonId, at: number): Say {
  return {
    kind: 'notice',
    key: `training:numbers:${reader}:${at}`,
    card: 'training.numbers',
    id: reader,
    place: { person: reader },
    lost: 'may',
    lane: 'answers',
  };
}
