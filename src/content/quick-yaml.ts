import { CORE_SCHEMA, load } from 'js-yaml';

/*
 * js-yaml is several times faster than the reader that tells where a mistake is, and thousands of articles are read at a start.
 * Both follow YAML 1.2; where they or their reading of it may differ, the other one decides.
 */

// What articles hardly need and two readers may take differently: anchors, tags, directives, block texts, merged, explicit and
// empty keys, keys that are null, tabs, several documents, numbers beyond counting, and line ends that look like spaces.
const unusual =
  /(?:^|[:,[{-] |[[{,:]|\n) *(?:[&*!%|>?@`<]|(?:~|null)? *:)|e\+?\d{3}|\t|^ *(?:---|\.\.\.)|[\u0085\u2028\u2029\ufeff]/im;

/** YAML of the usual kind as data; undefined for what is unusual or wrong. */
export function readQuickly(text: string): { readonly value: unknown } | undefined {
  if (unusual.test(text)) return undefined;
  try {
    return { value: load(text, { schema: CORE_SCHEMA }) };
  } catch {
    return undefined;
  }
}
