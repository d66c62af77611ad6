import { type Fields, fieldsOf, isFields, listOf, textOf } from './json.ts';

/** An interactive element, with where it stands. */
export interface Placed {
  readonly element: Fields;
  readonly block: Fields;
  readonly blockId: string;
  readonly actionId: string;
}

function elementsOf(block: Fields): readonly unknown[] {
  switch (block.type) {
    case 'actions':
    case 'context_actions':
      return listOf(block.elements);
    case 'section':
      return [block.accessory];
    case 'input':
      return [block.element];
    case 'card':
      return listOf(block.actions);
    default:
      return [];
  }
}

/** Blocks inside blocks as well, outer first. */
export function allBlocks(blocks: readonly unknown[]): readonly Fields[] {
  return blocks.filter(isFields).flatMap((block) => {
    const inner = block.type === 'container' ? listOf(block.child_blocks) : [];
    const cards = block.type === 'carousel' ? listOf(block.elements) : [];
    return [block, ...allBlocks([...inner, ...cards])];
  });
}

/** Every interactive element in blocks that carry their ids, in reading order. */
export function placedElements(blocks: readonly unknown[]): readonly Placed[] {
  return allBlocks(blocks).flatMap((block) =>
    elementsOf(block)
      .filter(isFields)
      .filter((element) => typeof element.action_id === 'string')
      .map((element) => ({ element, block, blockId: textOf(block.block_id), actionId: textOf(element.action_id) })),
  );
}

function withActionId(element: unknown, newId: () => string): unknown {
  if (!isFields(element) || element.type === 'image' || element.type === 'mrkdwn' || element.type === 'plain_text') {
    return element;
  }
  return typeof element.action_id === 'string' ? element : { ...element, action_id: newId() };
}

/** The blocks as Slack keeps them: block and action ids added where the app gave none; a markdown block loses its own. */
export function keepBlocks(blocks: readonly Fields[], newId: () => string): readonly Fields[] {
  const elements = (list: unknown) => listOf(list).map((element) => withActionId(element, newId));
  return blocks.map((block): Fields => {
    const kept = { ...block, block_id: block.type === 'markdown' ? newId() : (block.block_id ?? newId()) };
    switch (block.type) {
      case 'actions':
      case 'context_actions':
        return { ...kept, elements: elements(block.elements) };
      case 'section':
        return block.accessory === undefined ? kept : { ...kept, accessory: withActionId(block.accessory, newId) };
      case 'input':
        return { ...kept, element: withActionId(block.element, newId) };
      case 'card':
        return block.actions === undefined ? kept : { ...kept, actions: elements(block.actions) };
      case 'container':
        return { ...kept, child_blocks: keepBlocks(listOf(block.child_blocks).filter(isFields), newId) };
      case 'carousel':
        return { ...kept, elements: keepBlocks(listOf(block.elements).filter(isFields), newId) };
      default:
        return kept;
    }
  });
}

/** The options of a menu, groups opened. */
export function optionsOf(element: Fields): readonly Fields[] {
  const groups = listOf(element.option_groups).flatMap((group) => listOf(fieldsOf(group).options));
  return [...listOf(element.options), ...groups].filter(isFields);
}
