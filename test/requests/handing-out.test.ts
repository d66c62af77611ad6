import { describe, expect, it } from 'vitest';
import { auditEvents, beginChain, followChain } from '../../src/core/audit.ts';
import type { FileCopied, FileCopies } from '../../src/core/links.ts';
import type { PersonId } from '../../src/core/ports.ts';
import type { IncomingAction } from '../../src/feature.ts';
import { handings } from '../../src/requests/handing.ts';
import { createHandingOut } from '../../src/requests/handing-out.ts';
import { requestSubject } from '../../src/requests/records.ts';
import { edition, openRequests } from './request-office.ts';
import { id, staff, typeOfAllWays } from './rules-world.ts';

const link = (file: string) => `https://example.slack.com/files/${id('asker')}/${file}/paper.pdf`;
const type = {
  ...typeOfAllWays,
  fields: typeOfAllWays.fields.map((one) => (one.id === 'why' ? { ...one, kind: 'files' as const } : one)),
};

/** A request with two files, before the two of legal and security. */
async function open(
  copied: (file: string) => FileCopied = (file) => ({ kind: 'copied', name: `${file}.pdf`, copy: `C${file}` }),
  papers = [link('F1'), link('F2')],
) {
  const office = openRequests();
  office.setTypes([edition(type)]);
  const answers = { way: 'parallel', why: [...papers, 'https://wiki.example.com/plan'] };
  const submitted = await office.all.submit({ draft: 'd', edition: edition(type), answers, requester: id('asker') });
  await office.commit(submitted);
  const asked: (readonly [string, PersonId])[] = [];
  const shown: (readonly string[])[] = [];
  const files: FileCopies = {
    async copy(file, owner) {
      asked.push([file, owner]);
      return copied(file);
    },
    async show({ copies, ask }) {
      if (!ask) return { kind: 'shown' };
      shown.push(copies.map(({ copy, title }) => `${copy} ${title}`));
      return { kind: 'asked' };
    },
  };
  const { store, clock, all } = office;
  const people = { get: (one: PersonId) => all.world().people.get(one), withRole: () => [], all: () => [] };
  const handing = createHandingOut({ store, clock, people, requests: all, files, standsAt: async () => undefined });
  const { request } = submitted;

  async function press(person: string) {
    const action = { person: id(person), at: 0, team: 'T', action: 'requests.files', value: `${request.id}/1` };
    const message = { channel: 'D1', ts: '1', ephemeral: false };
    const effect = await handing.press({ ...action, message } satisfies IncomingAction);
    await office.commit({ ops: effect.ops ?? [], say: effect.say ?? [] });
    return effect.reply?.kind === 'ephemeral' ? effect.reply.rendered.text : '';
  }

  /** Steps everything that is due, until nothing is for an hour. */
  async function run() {
    for (;;) {
      const [doc] = await store.due(handings, { now: clock.now() + 60 * 60_000, limit: 1 });
      if (!doc) return;
      if (doc.wakeAt > clock.now()) await clock.advance(doc.wakeAt - clock.now());
      await office.commit(await handing.job.run(doc, clock.now()));
    }
  }
  return { office, request, asked, shown, press, run, handing };
}

describe('files of a request', () => {
  it('are asked of whoever gave them, shown once, and an event of the chain says who has them', async () => {
    const { office, request, asked, shown, press, run } = await open();

    const said = await press('lina');
    await run();

    expect(said).toContain('The files are on their way');
    expect(asked).toEqual([
      ['F1', id('asker')],
      ['F2', id('asker')],
    ]);
    expect(shown).toEqual([['CF1 F1.pdf', 'CF2 F2.pdf']]);
    const chain = await office.chain(request.id);
    expect(chain.at(-1)).toMatchObject({ kind: 'files_handed', actor: id('lina'), to: { files: ['F1', 'F2'] } });
    expect(JSON.stringify(chain.at(-1))).not.toContain('F1.pdf');
    const { docs } = await office.store.list(auditEvents, {
      key: requestSubject(request.id),
      order: 'asc',
      limit: 100,
    });
    const followed = docs.reduce(followChain, beginChain(requestSubject(request.id)));
    const head = (await office.all.find(request.id))?.audit;
    expect(followed).toMatchObject({ length: head?.length, hash: head?.hash });
    expect(followed.problem).toBeUndefined();
  });

  it('go with a chain that is whole, also when the request changes on the way', async () => {
    const { office, request, press, run } = await open();
    await press('lina');

    await office.move(request.id, 'sara', { kind: 'approve', stage: 'security', conditions: [], text: '' });
    await run();

    const kinds = (await office.chain(request.id)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'files_handed')).toHaveLength(1);
  });

  it('do not come twice to whoever presses twice', async () => {
    const { shown, press, run } = await open();

    await press('lina');
    const meanwhile = await press('lina');
    await run();
    const after = await press('lina');
    await run();

    expect(meanwhile).toContain('on their way');
    expect(after).toContain('You asked for these files');
    expect(shown).toHaveLength(1);
  });

  it('come ten at a time, each once, with one press for each ten', async () => {
    const many = Array.from({ length: 13 }, (_, index) => link(`F${index}`));
    const { shown, press, run } = await open(undefined, many);

    const first = await press('lina');
    await run();
    const second = await press('lina');
    await run();
    const third = await press('lina');
    await run();

    expect(first).toContain('3 more come when you press again.');
    expect(second).not.toContain('press again');
    expect(third).toContain('You asked for these files');
    expect(shown.map((copies) => copies.length)).toEqual([10, 3]);
    expect(new Set(shown.flat()).size).toBe(13);
  });

  it('are nothing for somebody who may not read the request, and nobody is asked for them', async () => {
    const { asked, press, run } = await open();

    const said = await press('boss');
    await run();

    expect(said).toBe('REQ-1 is confidential and not yours to see.');
    expect(asked).toEqual([]);
  });

  it('stay away from whoever lost their role before they came', async () => {
    const { office, shown, press, run } = await open();
    await press('lina');

    office.setPeople(staff.map((one) => (one.name === 'lina' ? { ...one, roles: [] } : one)));
    await run();

    expect(shown).toEqual([]);
    expect(await office.store.get(handings, `00000001/${id('lina')}`)).toBeUndefined();
  });

  it('that cannot be handed on are said, and are no event', async () => {
    const { office, request, press, run, handing } = await open((file) => ({ kind: 'deleted', name: `${file}.pdf` }));
    await press('lina');

    await run();
    const card = await handing.card(`${request.id}/${id('lina')}`, undefined, 'en');

    expect(card?.text).toContain('F1.pdf: its owner deleted it.');
    expect((await office.chain(request.id)).map(({ kind }) => kind)).not.toContain('files_handed');
  });
});
