// No I, L, O, U: ids are read aloud and typed from pictures (Crockford's base 32).
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * A random id of `length` letters and digits, 5 bits each; 16 (80 bits) never meet in practice.
 * Opaque: says nothing about what it names, so it may appear where others can read it (message metadata, logs).
 */
export function randomId(length = 16): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet[byte & 31]).join('');
}
