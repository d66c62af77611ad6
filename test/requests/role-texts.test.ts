import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { rolesInWords } from '../../src/requests/role-texts.ts';

const organization: { readonly roles: object } = parse(
  readFileSync(new URL('../../data/organization.yml', import.meta.url), 'utf8'),
);

describe('roles in words', () => {
  it.each([
    ['en', 'lead of the open source office, legal, crew'],
    ['zh-CN', '开源项目办公室负责人、法务、crew'],
  ] as const)('are named in %s; one that nobody else has keeps its id', (locale, expected) => {
    expect(rolesInWords(['ospo-lead', 'legal', 'crew'], locale)).toBe(expected);
  });

  it.each(Object.keys(organization.roles))('know the role %s of the sample organization', (role) => {
    expect(rolesInWords([role], 'zh-CN')).toMatch(/\p{Script=Han}/u);
  });
});
