import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSigned, secretOf, signatureOf } from '../../src/core/signing.ts';

const secret = Buffer.from('a secret of more than twenty-four bytes');
const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
const timestamp = '1614265330';
const body = Buffer.from('{"person":"小梅@example.com"}');
const good = signatureOf(secret, id, timestamp, body);

describe('a signature', () => {
  it('is the one that the specification of Standard Webhooks gives, and is known again', () => {
    const key = secretOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw') ?? Buffer.alloc(0);
    const example = Buffer.from('{"test": 2432232314}');

    const made = signatureOf(key, id, timestamp, example);

    expect(made).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
    expect(isSigned(key, { id, timestamp, signatures: made }, example)).toBe(true);
  });

  it('may stand beside others, as while a sender changes its secret', () => {
    const old = signatureOf(Buffer.from('the secret of the year before, as long'), id, timestamp, body);

    expect(isSigned(secret, { id, timestamp, signatures: `${old} v1a,other ${good}` }, body)).toBe(true);
    expect(isSigned(secret, { id, timestamp, signatures: `${old} v1a,other` }, body)).toBe(false);
  });

  it('fits no other body, whichever byte was changed', () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const tampered = Buffer.from(body);
        tampered[at] = (tampered[at] ?? 0) ^ by;

        return !isSigned(secret, { id, timestamp, signatures: good }, tampered);
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });

  it('fits no other id, timestamp, signature or secret', () => {
    const changed = (text: string) =>
      fc
        .tuple(fc.nat(text.length - 1), fc.constantFrom(...'aZ09+/=.v,'))
        .map(([at, char]) => text.slice(0, at) + char + text.slice(at + 1))
        .filter((other) => other !== text);
    const other = fc.oneof(
      changed(id).map((one) => ({ id: one, timestamp, signatures: good })),
      changed(timestamp).map((one) => ({ id, timestamp: one, signatures: good })),
      changed(good).map((one) => ({ id, timestamp, signatures: one })),
      fc.nat(good.length - 1).map((end) => ({ id, timestamp, signatures: good.slice(0, end) })),
    );

    fc.assert(
      fc.property(other, (signed) => !isSigned(secret, signed, body)),
      { seed: 20261122, numRuns: 1_000 },
    );
    expect(isSigned(Buffer.from(`${secret}.`), { id, timestamp, signatures: good }, body)).toBe(false);
  });

  it('cannot be moved from the body into the id', () => {
    const moved = { id: `${id}.${timestamp}`, timestamp: body.toString(), signatures: good };

    expect(isSigned(secret, moved, Buffer.from(''))).toBe(false);
  });
});

describe('a secret', () => {
  it.each([
    ['as text', ` ${'x'.repeat(24)}\n`, 'x'.repeat(24)],
    ['as Standard Webhooks writes it', `whsec_${Buffer.from('y'.repeat(24)).toString('base64')}`, 'y'.repeat(24)],
    ['too short', 'x'.repeat(23), undefined],
    ['too short behind its prefix', `whsec_${Buffer.from('y'.repeat(23)).toString('base64')}`, undefined],
    ['no base64 behind the prefix', 'whsec_!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!', undefined],
  ])('is read: %s', (_, text, expected) => {
    expect(secretOf(text)?.toString()).toBe(expected);
  });
});
