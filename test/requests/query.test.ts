import { beforeAll, describe, expect, it } from 'vitest';
import { queryFrom, queryKey } from '../../src/requests/find-views.ts';
import { fits, keysFor, type Query, readQuery } from '../../src/requests/query.ts';
import type { Request } from '../../src/requests/request.ts';
import type { RequestType } from '../../src/requests/type.ts';
import { shippedTypes } from './form-types.ts';

let types: readonly RequestType[];
beforeAll(async () => {
  types = (await shippedTypes()).map(({ type }) => type);
});

describe('what somebody looks for', () => {
  it.each<readonly [string, Query]>([
    ['', { scope: 'mine' }],
    ['mine', { scope: 'mine' }],
    ['waiting', { scope: 'waiting' }],
    ['待审批', { scope: 'waiting' }],
    ['REQ-142', { scope: 'all', number: 142 }],
    ['req142', { scope: 'all', number: 142 }],
    ['0142', { scope: 'all', number: 142 }],
    ['approved apache/kafka', { scope: 'all', state: 'approved', words: 'apache/kafka' }],
    ['on-hold', { scope: 'all', state: 'on_hold' }],
    ['已批准', { scope: 'all', state: 'approved' }],
    ['contribute <@U012ABC|who>', { scope: 'all', type: 'contribute', person: 'U012ABC' }],
    ['mine declined', { scope: 'mine', state: 'declined' }],
    ['MIT OR Apache-2.0', { scope: 'all', words: 'MIT OR Apache-2.0' }],
    ['  pkg:npm/left-pad@1.3.0  ', { scope: 'all', words: 'pkg:npm/left-pad@1.3.0' }],
  ])('reads "%s"', (text, expected) => {
    const query = readQuery(text, types);

    expect(query).toEqual(expected);
  });

  it('stands for a project, a component or a license', () => {
    const keys = keysFor('Apache/Kafka');

    expect(keys).toEqual(expect.arrayContaining(['project:apache/kafka', 'component:apache/kafka']));
    expect(keysFor('MIT')).toContain('license:mit');
    expect(keysFor('pkg:npm/left-pad@1.3.0')).toContain('component:pkg:npm/left-pad');
  });

  it.each<readonly [Partial<Query>, boolean]>([
    [{}, true],
    [{ number: 7 }, true],
    [{ number: 8 }, false],
    [{ state: 'approved' }, true],
    [{ state: 'declined' }, false],
    [{ type: 'component' }, false],
    [{ person: 'U0ASKER' }, true],
    [{ words: 'apache/KAFKA' }, true],
    [{ words: 'apache/flink' }, false],
    [{ words: 'apache/kafka', state: 'declined' }, false],
  ])('must fit in everything: %o', (more, expected) => {
    const request = {
      number: 7,
      state: 'approved',
      type: 'contribute',
      requester: 'U0ASKER',
      keys: ['project:apache/kafka'],
    } as unknown as Request;

    expect(fits(request, { scope: 'all', ...more })).toBe(expected);
  });

  it.each<Query>([
    { scope: 'all', words: 'a/b 100% "quoted" 中文' },
    { scope: 'waiting' },
    { scope: 'mine', state: 'approved', number: 3 },
  ])('comes back from the button that carries it: %o', (query) => {
    expect(queryFrom(queryKey(query))).toEqual(query);
  });

  it.each(['find/', 'find/%7B', 'find/%22x%22', ''])('falls back to one’s own when a button carries %s', (key) => {
    expect(queryFrom(key)).toEqual({ scope: 'mine' });
  });
});
