import type { Sample } from '../feature.ts';
import type { TypeEdition } from './type.ts';

export function requestSamples(_types: readonly TypeEdition[]): readonly Sample[] {
  return [];
}
