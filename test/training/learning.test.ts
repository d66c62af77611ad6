import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { auditEvents, verifyChain } from '../../src/core/audit.ts';
import { bo, mei, openSchool, type School, textOf } from './school.ts';
import { editionOf, moduleOf, question } from './tracks.ts';

const checked = editionOf({
  modules: [
    moduleOf('read', {
      articles: ['permissive', 'gone'],
      pages: [
        { en: 'One.', 'zh-CN': '一。' },
        { en: 'Two.', 'zh-CN': '二。' },
      ],
    }),
    moduleOf('check', { complete: 'quiz', quiz: [question, question], pass: 2 }),
    moduleOf('proof', { complete: 'evidence', link: { en: 'https://example.com/course' } }),
  ],
});
const school = () => openSchool([checked]);
const right = { q0: { answer: '1' }, q1: { answer: '1' } };
const wrong = { q0: { answer: '0' }, q1: { answer: '1' } };

async function passed(at: School, person = mei): Promise<void> {
  await at.click('training.open', person, 'licenses');
  await at.click('training.attest', person, 'licenses/read');
  await at.submit(await at.open('training.check', person, 'licenses/check'), person, right);
  await at.submit(await at.open('training.evidence', person, 'licenses/proof'), person, {
    evidence: { url: 'https://example.com/certificate' },
  });
}

describe('learning', () => {
  it('begins in the conversation, with the first module, on the list of whoever chose it', async () => {
    const at = await school();

    await at.click('training.open', mei, 'licenses');
    await at.wait(0);

    expect(at.to(mei)).toEqual([expect.stringMatching(/^read: About read\.\n.*\nOne\.$/s)]);
    expect((await at.learner(mei))?.tracks.licenses?.assigned).toMatchObject({ by: mei, mandatory: false });
  });

  it('turns pages, and offers what ends the module on the last one', async () => {
    const at = await school();

    const first = await at.click('training.page', mei, 'licenses/read/0');
    const last = await at.click('training.page', mei, 'licenses/read/1');

    expect(JSON.stringify(first.reply)).not.toContain('training.attest');
    expect(JSON.stringify(last.reply)).toContain('training.attest');
    expect(JSON.stringify(last.reply)).toContain('Read: Permissive');
    expect(JSON.stringify(last.reply)).not.toContain('Read: gone');
  });

  it('says what is next after each module, and until when it holds in the end', async () => {
    const at = await school();
    await at.click('training.open', mei, 'licenses');

    const attested = await at.click('training.attest', mei, 'licenses/read');
    const check = await at.submit(await at.open('training.check', mei, 'licenses/check'), mei, right);
    const proof = await at.submit(await at.open('training.evidence', mei, 'licenses/proof'), mei, {
      evidence: { url: 'https://example.com/certificate' },
    });

    expect(JSON.stringify(attested.reply)).toContain('Done: read. Next: check');
    expect(textOf(viewIn(check))).toContain('Passed: 2 of 2 right. Next: proof');
    expect(textOf(viewIn(proof))).toContain('It holds until Tue 23 Nov 2027.');
    expect((await at.learner(mei))?.tracks.licenses?.completed?.modules).toMatchObject({
      read: { how: 'attest' },
      check: { how: 'quiz', score: { right: 2, of: 2 } },
      proof: { how: 'evidence', evidence: 'https://example.com/certificate' },
    });
  });

  it('shows why an answer is right or wrong, and lets everybody try again', async () => {
    const at = await school();

    const failed = await at.submit(await at.open('training.check', mei, 'licenses/check'), mei, wrong);
    const again = await at.submit(viewIn(failed), mei);

    expect(textOf(viewIn(failed))).toContain('1 of 2 right; 2 are needed.');
    expect(textOf(viewIn(failed))).toContain('Not right. So it is.');
    expect(textOf(viewIn(failed))).toContain('Right. So it is.');
    expect(viewIn(again).callback_id).toBe('training.check');
    expect((await at.learner(mei))?.tracks.licenses).toBeUndefined();
  });

  it('asks for every answer and for an address that can be opened', async () => {
    const at = await school();
    const check = await at.open('training.check', mei, 'licenses/check');
    const evidence = await at.open('training.evidence', mei, 'licenses/proof');

    expect((await at.submit(check, mei, { q0: { answer: '1' } })).errors).toEqual({ q1: 'Please choose an answer.' });
    expect((await at.submit(evidence, mei, { evidence: { url: 'ftp://example.com' } })).errors).toEqual({
      evidence: 'Write a full address that starts with https://.',
    });
  });

  it('sent twice counts once', async () => {
    const at = await school();
    const check = await at.open('training.check', mei, 'licenses/check');
    await at.submit(check, mei, right);

    await expect(at.submit(check, mei, right)).rejects.toThrow('This is done already.');
  });

  it('lets somebody start over, with a new last day', async () => {
    const at = await school();
    await passed(at);

    await at.click('training.restart', mei, 'licenses');

    const learner = await at.learner(mei);
    expect(learner?.tracks.licenses).toMatchObject({ assigned: { due: '2026-12-23' }, done: {} });
    expect(learner?.past).toMatchObject([{ track: 'licenses', on: '2026-11-23' }]);
  });

  it('leaves a whole trail', async () => {
    const at = await school();
    await passed(at);
    await at.click('training.restart', mei, 'licenses');

    const { docs } = await at.store.list(auditEvents, { key: `training/${mei}`, order: 'asc', limit: 50 });
    const head = (await at.learner(mei))?.audit;

    expect(docs.map(({ kind }) => kind)).toEqual(['assign', 'finish', 'finish', 'finish', 'completed', 'restart']);
    expect(verifyChain(`training/${mei}`, docs, head)).toEqual([]);
    expect(JSON.stringify(docs)).not.toContain('certificate');
  });
});

describe('the list', () => {
  it('shows what is to be done first, and what else there is', async () => {
    const at = await openSchool([editionOf({ for: [{}], mandatory: true }), editionOf({ id: 'other', order: 2 })]);

    const answer = await at.command('training', bo);

    expect(answer?.text.split('\n')).toEqual([
      'Your training',
      'Licenses: due by Wed 23 Dec · 20 minutes · mandatory',
      'Licenses: not started · 20 minutes',
    ]);
  });
});

function viewIn(submitted: object): ModalView {
  if (!('view' in submitted)) throw new Error('no modal follows');
  return submitted.view as ModalView;
}
