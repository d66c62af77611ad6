/** A guarantee, taken away by changing one piece of text, and the tests that must notice. */
export interface Mutant {
  readonly breaks: string;
  /** Relative to the root of the project. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly text: string;
  readonly instead: string;
  /** The fastest that catch it. */
  readonly caughtBy: readonly string[];
}

export const mutants: readonly Mutant[] = [
  {
    breaks: 'an event has its effect once',
    file: 'src/slack/intake.ts',
    text: 'ops: [...(effect.ops ?? []), done, claim(doc.identity, now)],',
    instead: 'ops: [...(effect.ops ?? []), done],',
    caughtBy: ['test/slack/intake.test.ts'],
  },
  {
    breaks: 'a click has its effect once',
    file: 'src/slack/gate.ts',
    text: 'const claimed = identity ? [claim(identity, clock.now())] : [];',
    instead: 'const claimed: Op[] = [];',
    caughtBy: ['test/slack/gate.test.ts'],
  },
  {
    breaks: 'an event is stored before the ack',
    file: 'src/slack/gate.ts',
    text: `const work = glance ? () => look(glance, received.body) : await intake.accept(received.body, received.retryNum);
      await received.ack();`,
    instead: `await received.ack();
      const work = glance ? () => look(glance, received.body) : await intake.accept(received.body, received.retryNum);`,
    caughtBy: ['test/slack/gate-events.test.ts'],
  },
  {
    breaks: 'state and what must be said are one commit',
    file: 'src/slack/intake.ts',
    text: 'await store.commit([...ops, ...(await outbox.ops(say))]);',
    instead: 'await store.commit(ops);\n        await store.commit(await outbox.ops(say));',
    caughtBy: ['test/slack/one-commit.test.ts'],
  },
  {
    breaks: 'a commit is there as a whole or not at all',
    file: 'src/storage/adapter.ts',
    text: "return [writes.map(({ table, id, stored }) => encodeChange(table.name, id, stored)).join(',')];",
    instead: 'return writes.map(({ table, id, stored }) => encodeChange(table.name, id, stored));',
    caughtBy: ['test/storage/damage.test.ts', 'test/storage/power-cut.test.ts'],
  },
  {
    breaks: 'what is acknowledged survives a power cut',
    file: 'src/storage/journal.ts',
    text: 'await file.sync().catch(stop);\n      current.bytes += lines.length;',
    instead: 'current.bytes += lines.length;',
    caughtBy: ['test/storage/power-cut.test.ts'],
  },
  {
    breaks: 'what was changed in the audit trail is found',
    file: 'src/core/audit.ts',
    text: 'return sealed === hashOf(unsealed) && event.prev === expected.prev',
    instead: 'return sealed !== hashOf(unsealed) || event.prev === expected.prev',
    caughtBy: ['test/auditing/verify.test.ts'],
  },
  {
    breaks: 'what was cut off from the audit trail is found against a list',
    file: 'src/auditing/take.ts',
    text: 'const sound = new Map([...current].filter(([subject]) => !contradicted.includes(subject)));',
    instead: 'const sound = current;',
    caughtBy: ['test/auditing/lists.test.ts'],
  },
  {
    breaks: 'text from people is never read as markup',
    file: 'src/slack/mrkdwn.ts',
    text: "return typeof words === 'string' ? escapeMrkdwn(words) : words.mrkdwn;",
    instead: "return typeof words === 'string' ? words : words.mrkdwn;",
    caughtBy: ['test/slack/mrkdwn.test.ts'],
  },
  {
    breaks: 'only those who answer such questions may act on them',
    file: 'src/handoffs/moves.ts',
    text: "if (!mayAct(actor)) return { why: 'not_allowed' };",
    instead: '',
    caughtBy: ['test/handoffs/moves.test.ts'],
  },
  {
    breaks: 'after a lost answer the message is looked for before it is sent again',
    file: 'src/delivery/entry.ts',
    text: "return entry.state === 'sending' ? 'look' : 'post';",
    instead: "return 'post';",
    caughtBy: ['test/delivery/sender-failures.test.ts'],
  },
  {
    breaks: 'a message on its way is committed before the call',
    file: 'src/delivery/courier.ts',
    text: 'const again = await commit(entry, sending, channel ? [channel.take(now)] : []);\n    if (again !== undefined) return again;',
    instead: 'if (channel) channel.take(now);',
    caughtBy: ['test/delivery/sender.test.ts'],
  },
  {
    breaks: 'what comes of one of a list is in the list, or it is not settled',
    file: 'src/delivery/courier.ts',
    text: 'return [remove(collection, entry), ...(ops ?? [])];',
    instead: 'return ops ? [remove(collection, entry)] : [];',
    caughtBy: ['test/delivery/mailings.test.ts'],
  },
  {
    breaks: 'what was called off while it stood in line is not said',
    file: 'src/delivery/courier.ts',
    text: 'if (await isCalledOff(entry, step)) return commit(entry, drop(entry));',
    instead: '',
    caughtBy: ['test/delivery/mailings.test.ts'],
  },
  {
    breaks: 'a mailing lets everybody else go first',
    file: 'src/delivery/line.ts',
    text: 'const [first] = urgent.size > 0 ? urgent : patient;',
    instead: 'const [first] = patient.size > 0 ? patient : urgent;',
    caughtBy: ['test/delivery/mailings.test.ts'],
  },
  {
    breaks: 'a place that is on its way is not handed over again',
    file: 'src/announcements/sending.ts',
    text: "op: moved(row, { ...bare(row), state: 'queued', since: now }),",
    instead: 'op: moved(row, { ...bare(row), since: now }),',
    caughtBy: ['test/announcements/delivery.test.ts'],
  },
  {
    breaks: 'whoever reads it in a channel gets no message besides',
    file: 'src/announcements/audience.ts',
    text: 'const by = channels.find((channel) => facts.members.get(channel)?.has(id));',
    instead: 'const by = undefined;',
    caughtBy: ['test/announcements/audience.test.ts'],
  },
  {
    breaks: 'whoever was to read it in a channel that takes nothing gets a message',
    file: 'src/announcements/sending-rows.ts',
    text: "const page = counts.failed > 0 ? await uncovered(doc, counts, ['failed']) : [];",
    instead: 'const page: readonly Row[] = [];',
    caughtBy: ['test/announcements/covered.test.ts'],
  },
  {
    breaks: 'leave to maintain a project that ended names nobody',
    file: 'src/links.ts',
    text: 'if (holds(request, now)) for',
    instead: 'for',
    caughtBy: ['test/links.test.ts'],
  },
  {
    breaks: 'there is one reminder a day',
    file: 'src/reminders/step.ts',
    text: "return slotOn(today, place) <= now && (book.lastOn ?? '') < today;",
    instead: 'return slotOn(today, place) <= now;',
    caughtBy: ['test/reminders/step.test.ts'],
  },
  {
    breaks: 'a reminder comes within the hours of its person, also after a crash',
    file: 'src/reminders/cards.ts',
    text: ' && isFit(state.now, state.place)',
    instead: '',
    caughtBy: ['test/reminders/reminders.test.ts'],
  },
  {
    breaks: 'what was turned off stays off',
    file: 'src/reminders/plan.ts',
    text: 'if (!thing.mandatory && wishes.muted.includes(thing.topic)) return undefined;',
    instead: '',
    caughtBy: ['test/reminders/plan.test.ts'],
  },
];
