import type { Log, Person, PersonId } from '../core/ports.ts';

/** Publishes the Home of one person at a time: however often it is opened, one call is under way and one waits. */
export interface HomePublisher {
  publish(person: Person): Promise<void>;
}

/**
 * @param draw makes and publishes the view from the state of the moment
 */
export function createHomePublisher(draw: (person: Person) => Promise<void>, log: Log): HomePublisher {
  const underWay = new Map<PersonId, { again: boolean }>();

  return {
    async publish(person) {
      const running = underWay.get(person.id);
      if (running) {
        running.again = true;
        return;
      }
      const mine = { again: true };
      underWay.set(person.id, mine);
      while (mine.again) {
        mine.again = false;
        // Opened while this one fails, it is drawn anew all the same.
        await draw(person).catch((error: unknown) => log.warn({ err: error }, 'a Home could not be published'));
      }
      underWay.delete(person.id);
    },
  };
}
