import type { Fields } from './json.ts';

export type Surface = 'message' | 'modal' | 'home';

export function checkBlocks(
  _blocks: readonly unknown[],
  _surface: Surface,
  _pointer: string,
): { readonly problems: readonly string[]; readonly tooLong: boolean } {
  return { problems: [], tooLong: false };
}

export function keepBlocks(blocks: readonly Fields[], newId: () => string, _surface: Surface): readonly Fields[] {
  return blocks.map((block) => (typeof block.block_id === 'string' ? block : { ...block, block_id: newId() }));
}
