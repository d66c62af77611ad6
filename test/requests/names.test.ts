import { describe, expect, it } from 'vitest';
import { type Approved, createNames, rememberNames, requestNames } from '../../src/requests/names.ts';
import { RequestType } from '../../src/requests/type.ts';
import { createMemoryStore } from '../../src/storage/memory-store.ts';
import { field, typeOf } from './form-types.ts';

const type = RequestType.parse({
  ...typeOf([[field('project', 'text'), field('component', 'text'), field('secret', 'text', { confidential: true })]]),
  find: { project: 'project', component: 'component' },
});
const approved = (answers: Approved['request']['answers'], more: Partial<Approved['request']> = {}): Approved => ({
  request: { answers, restricted: false, state: 'approved', ...more },
  type,
});

async function remembered(...all: readonly (readonly Approved[])[]) {
  const store = createMemoryStore([requestNames]);
  const names = createNames(store);
  for (const [at, some] of all.entries()) await store.commit(await rememberNames(store, some, at));
  await names.load();
  return names;
}

describe('the names that forms offer', () => {
  it('are those of approved requests, sorted, each once however it is written', async () => {
    const names = await remembered(
      [approved({ project: 'apache/kafka', component: 'pkg:npm/left-pad@1.0.0' })],
      [approved({ project: 'https://github.com/Apache/Kafka.git', component: 'pkg:npm/left-pad@1.3.0' })],
      [approved({ project: 'apache/arrow' }), approved({ project: 'Apache/Arrow' })],
    );

    expect(names.known('projects')).toHaveLength(2);
    expect(names.known('projects')[1]).toBe('apache/kafka');
    expect(names.known('components')).toEqual(['pkg:npm/left-pad@1.0.0']);
  });

  it.each<readonly [string, Approved]>([
    ['confidential requests', approved({ project: 'hidden/one' }, { restricted: true })],
    ['declined ones', approved({ project: 'declined/one' }, { state: 'declined' })],
    ['confidential answers', { ...approved({ secret: 'hidden' }), type: { ...type, find: { project: 'secret' } } }],
    ['what no menu takes', approved({ project: 'x'.repeat(151) })],
    ['nothing', approved({ project: '' })],
  ])('never come from %s', async (_, request) => {
    const names = await remembered([request]);

    expect(names.known('projects')).toEqual([]);
  });

  it('follow the store', async () => {
    const store = createMemoryStore([requestNames]);
    const names = createNames(store);
    await names.load();

    await store.commit(await rememberNames(store, [approved({ project: 'new/one' })], 1));

    await expect.poll(() => names.known('projects')).toEqual(['new/one']);
  });
});
