import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checkShape } from '../../src/core/findings.ts';
import { Organization, organizationContent } from '../../src/core/organization.ts';

const words = { en: 'Somewhere', 'zh-CN': '某地' };
const berlin = { id: 'berlin', name: words, zone: 'Europe/Berlin' };
const smallest = { name: 'Example', ospo: { name: words }, offices: [berlin] };

function problems(data: unknown): readonly string[] {
  const { findings = [] } = checkShape(Organization, data, 'organization.yml');
  return findings.map(({ field, problem, mend }) => `${field}: ${problem} ${mend}`);
}

describe('the organization file', () => {
  it('needs only a name, an office and what the open source office is called', () => {
    const { value } = checkShape(Organization, smallest, 'organization.yml');

    expect(value).toMatchObject({
      offices: [{ hours: { from: '09:00', to: '18:00' }, week: ['mon', 'tue', 'wed', 'thu', 'fri'] }],
      limits: { smallContributionLines: 100, smallestGroup: 5 },
      roles: {},
    });
  });

  it.each<[string, object, string]>([
    ['a misspelled field', { holdays: [] }, 'holdays: This field is not known. Remove it or correct its spelling.'],
    [
      'an unknown zone',
      { offices: [{ ...berlin, zone: 'Mars/Base' }] },
      'offices.0.zone: This is not a time zone. Write one like Europe/Berlin.',
    ],
    [
      'a day that does not exist',
      { offices: [{ ...berlin, years: { 2026: { holidays: ['2026-02-30'] } } }] },
      'offices.0.years.2026.holidays.0: This day does not exist. Correct the date.',
    ],
    [
      'a day of another year',
      { offices: [{ ...berlin, years: { 2026: { worked: ['2027-01-02'] } } }] },
      'offices.0.years.2026: 2027-01-02 is not inside 2026, or ends before it starts. Correct it or move it to its year.',
    ],
    [
      'a range that ends before it starts',
      { offices: [{ ...berlin, years: { 2026: { holidays: ['2026-02-05/2026-02-01'] } } }] },
      'offices.0.years.2026: 2026-02-05/2026-02-01 is not inside 2026, or ends before it starts. Correct it or move it to its year.',
    ],
    [
      'hours over midnight',
      { offices: [{ ...berlin, hours: { from: '18:00', to: '09:00' } }] },
      'offices.0.hours: Working hours end before they start. Write from before to.',
    ],
    [
      'two offices with one id',
      { offices: [berlin, berlin] },
      'offices: berlin is there twice. Give one of them another id.',
    ],
    [
      'a holder that is nobody',
      { roles: { legal: ['legal'] } },
      'roles.legal.0: "legal" has none of the possible forms. Write one of: a Slack member id like U012ABCDEF; an e-mail address; a user group handle like @ospo.',
    ],
    [
      'a promise that is no sentence',
      { ospo: { name: words, sla: { component: { en: '2 days', 'zh-CN': '两天。' } } } },
      'ospo.sla.component.en: "2 days" does not have the expected form. Write a whole sentence with its full stop.',
    ],
    [
      'a promise in one language',
      { ospo: { name: words, sla: { component: { en: 'Yes.' } } } },
      'ospo.sla.component.zh-CN: This field is missing. Add it: text.',
    ],
    [
      'a sponsor without a role',
      { ospo: { name: words, sponsor: 'boss' } },
      'ospo.sponsor: There is no role boss. Add it to roles.',
    ],
    [
      'an exception with an unknown office',
      { people: [{ who: 'a@example.com', office: 'paris' }] },
      'people.0.office: There is no office paris. Add it above or correct the id.',
    ],
    [
      'a policy that does not exist',
      { channels: { C012ABCDEF: 'always' } },
      'channels.C012ABCDEF: "always" is not a possible value. Write one of: mentions, questions, off.',
    ],
    [
      'a channel by name',
      { channels: { '#help': 'off' } },
      'channels.#help: The name of this field does not have the expected form. Write a Slack channel id like C012ABCDEF.',
    ],
    [
      'groups small enough to point at a person',
      { limits: { smallestGroup: 1 } },
      'limits.smallestGroup: This is too short or too small. Write at least 2.',
    ],
  ])('refuses %s and says how to mend it', (_, change, expected) => {
    expect(problems({ ...smallest, ...change })).toEqual([expected]);
  });

  it('is read from the top of a layer', () => {
    const raw = { id: 'organization', file: 'organization.yml', hash: '', body: '' };

    expect(organizationContent.parse({ ...raw, data: smallest }).item?.name).toBe('Example');
    expect(organizationContent.parse({ ...raw, data: null }).findings).toHaveLength(1);
  });

  it('ships a sample that is right and holds no person', async () => {
    const text = await readFile('data/organization.yml', 'utf8');

    expect(problems(parse(text))).toEqual([]);
    expect(text.match(/[\w.-]+@[\w.-]+/g)?.every((address) => address.endsWith('@example.com'))).toBe(true);
  });
});
