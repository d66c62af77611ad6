import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { OperatorError } from '../core/errors.ts';

const mend =
  'Make one: openssl genpkey -algorithm ed25519 -out audit.key (its public half: openssl pkey -in audit.key -pubout).';

/** The key that lists are signed with. @param path a PEM file @throws OperatorError when it is no Ed25519 key */
export function readSigningKey(path: string): Promise<KeyObject> {
  return readKey(path, createPrivateKey, 'private');
}

/** The key that lists are held against. @param path a PEM file, public or private @throws OperatorError when it is no Ed25519 key */
export function readPublicKey(path: string): Promise<KeyObject> {
  return readKey(path, createPublicKey, 'public');
}

/** Names a key without showing it: SHA-256 of its public half, hex. */
export function fingerprintOf(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(half.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** What goes wrong never shows what was read: it may be another secret. */
async function readKey(path: string, create: (pem: string) => KeyObject, which: string): Promise<KeyObject> {
  const pem = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError([{ where: path, problem: `The key cannot be read (${error.code}).`, mend }]);
  });
  try {
    const key = create(pem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below: no key at all, or another kind, is mended the same way.
  }
  throw new OperatorError([{ where: path, problem: `This is no ${which} Ed25519 key in PEM.`, mend }]);
}
