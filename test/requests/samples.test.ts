import { beforeAll, describe, expect, it } from 'vitest';
import type { Sample } from '../../src/feature.ts';
import { requestSamples } from '../../src/requests/samples.ts';
import { shippedTypes } from './form-types.ts';

let samples: readonly Sample[];
beforeAll(async () => {
  samples = requestSamples(await shippedTypes());
});

const named = (pattern: RegExp) => samples.filter(({ name }) => pattern.test(name));
const textOf = ({ payload }: Sample) => ('text' in payload ? String(payload.text) : '');

describe('everything that requests can show', () => {
  it('is there in both languages', () => {
    const [en, zh] = ['(en)', '(zh-CN)'].map((end) => samples.filter(({ name }) => name.endsWith(end)).length);

    expect(en).toBeGreaterThan(100);
    expect(zh).toBe(en);
  });

  it('tells a phone on a table nothing of what is confidential', () => {
    const confidential = named(/restricted/).filter(({ surface }) => surface === 'message');

    expect(confidential.length).toBeGreaterThan(15);
    expect(
      confidential.filter((sample) => /kafka|U0ASKER|U0OFFICE|consumer|metric|指标|billing/i.test(textOf(sample))),
    ).toEqual([]);
  });

  it('keeps private notes from the requester', () => {
    const theirs = named(/^requests: (own card|receipt), noted privately/);

    expect(theirs).toHaveLength(4);
    expect(JSON.stringify(theirs)).not.toMatch(/planned for next week|计划下周发版/);
    expect(JSON.stringify(named(/^requests: card, noted privately/))).toMatch(/planned for next week/);
  });

  it('keeps votes secret while a body votes, also from those who have voted', () => {
    const [card] = named(/^requests: card, being voted on \(en\)/);
    const [minutes] = named(/^requests: minutes, being voted on \(en\)/);
    const [after] = named(/^requests: minutes, voted on \(en\)/);

    expect(JSON.stringify(card)).toContain('1 of 3 voted, quorum 3');
    expect(JSON.stringify(minutes)).not.toContain('U0OFFICE01');
    expect(JSON.stringify(after)).toContain('A tie; the vote of the chair decided.');
  });

  it('has no buttons to decide once it is decided, and says by whom and when', () => {
    const decided = named(/^requests: card, (approved|declined|withdrawn|revoked|lapsed|superseded|voted on)/);

    expect(decided.length).toBeGreaterThan(12);
    expect(decided.filter(({ payload }) => /"requests\.(approve|decline|more)/.test(JSON.stringify(payload)))).toEqual(
      [],
    );
    expect(JSON.stringify(named(/^requests: card, approved \(en\)/))).toContain('Approved by <@U0OFFICE01>, <!date');
  });

  it('names the request in the label of every button of a card', () => {
    const cards = named(/^requests: (own )?card, (waiting|approved|declined) /);

    const buttons = cards.flatMap(({ payload }) =>
      payload.blocks.flatMap((block) => ('elements' in block && block.type === 'actions' ? block.elements : [])),
    );
    const labels = buttons.flatMap((each) => (each.type === 'button' ? [each.accessibility_label] : []));

    expect(labels.length).toBeGreaterThan(20);
    expect(labels.filter((label) => !label?.includes('REQ-142'))).toEqual([]);
  });

  it('lets nobody smuggle markup, mentions or turned text', () => {
    const nasty = JSON.stringify(named(/as long as it gets/));

    expect(nasty).not.toContain('\u202E');
    expect(nasty).not.toMatch(/"type":"mrkdwn","text":"[^"]*<(!channel|https:\/\/example\.com\|click)/);
  });

  it('never shouts', () => {
    expect(
      JSON.stringify(samples.filter(({ name }) => !name.includes('as long')).map(({ payload }) => payload)).replace(
        /<!date/g,
        '',
      ),
    ).not.toMatch(/[!！]/);
  });
});
