import { isDeepStrictEqual } from 'node:util';
import { surfaces } from './block-shapes.ts';
import { allBlocks, optionsOf, placedElements } from './blocks.ts';
import { checkPart, type Report } from './check-shape.ts';
import { type Fields, fieldsOf, isFields, listOf, textOf } from './json.ts';
import { blockCounts, messageLimits } from './limits.ts';

export type Surface = keyof typeof blockCounts;

export interface Findings {
  /** As Slack words them: `must be less than 76 characters [json-pointer:/blocks/0/text/text]`. */
  readonly problems: readonly string[];
  /** The text of all blocks together is too much: an error of its own for messages. */
  readonly tooLong: boolean;
}

/** Rules across the fields of one element. */
function checkElement(element: Fields, at: string, report: Report): void {
  const { type } = element;
  if (type === 'static_select' || type === 'multi_static_select') {
    if ((element.options === undefined) === (element.option_groups === undefined)) {
      report('must provide either options or option_groups', at);
    }
  }
  const options = optionsOf(element);
  if (options.length > 0) {
    const initial = [
      ...(element.initial_option === undefined ? [] : [element.initial_option]),
      ...listOf(element.initial_options),
    ];
    if (!initial.every((chosen) => options.some((option) => isDeepStrictEqual(option, chosen)))) {
      report('initial options must match one of the options', at);
    }
  }
  if (
    type === 'plain_text_input' &&
    Number(element.min_length ?? 0) > Number(element.max_length ?? messageLimits.text)
  ) {
    report('min_length must not be more than max_length', at);
  }
  if (type === 'number_input' && Number(element.min_value ?? '-Infinity') > Number(element.max_value ?? 'Infinity')) {
    report('min_value must not be more than max_value', at);
  }
  if (type === 'conversations_select' || type === 'multi_conversations_select') {
    if (isFields(element.filter) && Object.keys(element.filter).length === 0) report('filter must not be empty', at);
  }
  if (type === 'image') checkImage(element, at, report);
}

function checkImage(image: Fields, at: string, report: Report): void {
  if ((image.image_url === undefined) === (image.slack_file === undefined)) {
    report('must provide either image_url or slack_file', at);
  }
}

function checkChart(block: Fields, at: string, report: Report): void {
  const chart = fieldsOf(block.chart);
  const categories = listOf(fieldsOf(chart.axis_config).categories);
  const series = listOf(chart.series).map(fieldsOf);
  const names =
    chart.type === 'pie' ? listOf(chart.segments).map((each) => fieldsOf(each).label) : series.map((each) => each.name);
  if (new Set(names).size !== names.length) report('names must be unique', `${at}/chart`);
  for (const [index, { data }] of series.entries()) {
    const labels = listOf(data).map((point) => fieldsOf(point).label);
    if (!isDeepStrictEqual([...labels].sort(), [...categories].sort())) {
      report('data labels must match axis_config.categories', `${at}/chart/series/${index}`);
    }
  }
}

function checkRows(block: Fields, at: string, report: Report): void {
  const rows = listOf(block.rows).map(listOf);
  if (new Set(rows.map((row) => row.length)).size > 1) report('rows must have the same number of cells', `${at}/rows`);
  if (block.type === 'data_table' && rows[0]?.some((cell) => fieldsOf(cell).type === 'rich_text')) {
    report('header cells must not be rich_text', `${at}/rows/0`);
  }
}

/** Rules across the fields of one block. */
function checkBlock(block: Fields, surface: Surface, at: string, report: Report): void {
  switch (block.type) {
    case 'section':
      if (block.text === undefined && block.fields === undefined) report('must provide text or fields', at);
      break;
    case 'image':
      checkImage(block, at, report);
      break;
    case 'input':
      if (surface !== 'modal' && fieldsOf(block.element).type === 'file_input') {
        report('unsupported type: file_input', `${at}/element/type`);
      }
      break;
    case 'card':
      if (['hero_image', 'title', 'body', 'actions'].every((name) => block[name] === undefined)) {
        report('must provide hero_image, title, body or actions', at);
      }
      break;
    case 'data_visualization':
      checkChart(block, at, report);
      break;
    case 'data_table':
    case 'table':
      checkRows(block, at, report);
      break;
  }
}

function checkIds(blocks: readonly Fields[], at: string, report: Report): void {
  const seen = new Set<string>();
  for (const block of blocks) {
    const id = textOf(block.block_id);
    if (id !== '' && seen.has(id)) report(`block_id already exists: ${id}`, at);
    seen.add(id);
    const actions = placedElements([block]).map((placed) => placed.actionId);
    for (const action of new Set(actions.filter((each, index) => actions.indexOf(each) !== index))) {
      report(`action_id already exists: ${action}`, at);
    }
  }
}

function textLength(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, each) => sum + textLength(each), 0);
  if (!isFields(node)) return 0;
  return Object.entries(node).reduce((sum, [name, value]) => {
    const counted = name === 'text' || name === 'url' || name === 'alt_text' || name === 'value';
    return sum + (counted && typeof value === 'string' ? value.length : textLength(value));
  }, 0);
}

function checkMessage(blocks: readonly Fields[], at: string, report: Report): void {
  const count = (type: string) => blocks.filter((block) => block.type === type).length;
  if (count('table') > messageLimits.tables) report('only_one_table_allowed', at);
  if (count('data_visualization') > messageLimits.charts)
    report(`no more than ${messageLimits.charts} charts allowed`, at);
}

/** Whether the text of a message's blocks is more than Slack takes, whatever each block may hold. */
function isTooLong(blocks: readonly Fields[]): boolean {
  const markdown = blocks.filter((block) => block.type === 'markdown');
  return textLength(markdown) > messageLimits.markdownBlocks || textLength(blocks) > messageLimits.blockText;
}

/**
 * Checks blocks against everything Slack is known to refuse on a surface.
 * @param pointer where the blocks stand in the call, e.g. `/blocks`
 * @param unknown types that the workspace does not know yet, although the surface has them
 */
export function checkBlocks(
  blocks: readonly unknown[],
  surface: Surface,
  pointer: string,
  unknown: ReadonlySet<string> = new Set(),
): Findings {
  const types = surfaces[surface].filter((type) => !unknown.has(type));
  const problems: string[] = [];
  const report: Report = (problem, at) => void problems.push(`${problem} [json-pointer:${at}]`);
  if (blocks.length > blockCounts[surface]) report(`no more than ${blockCounts[surface]} items allowed`, pointer);
  for (const [index, block] of blocks.entries()) {
    const at = `${pointer}/${index}`;
    checkPart(block, 'block', types, at, report);
    for (const each of allBlocks([block])) {
      checkBlock(each, surface, at, report);
      for (const element of interactive(each)) checkElement(element, at, report);
    }
  }
  const objects = blocks.filter(isFields);
  checkIds(allBlocks(objects), pointer, report);
  if (surface !== 'message') return { problems, tooLong: false };
  checkMessage(objects, pointer, report);
  return { problems, tooLong: isTooLong(objects) };
}

/** Elements of one block, with or without an action id. */
function interactive(block: Fields): readonly Fields[] {
  const { elements, element, accessory, actions } = block;
  const all =
    block.type === 'carousel' || block.type === 'rich_text'
      ? []
      : [...listOf(elements), element, accessory, ...listOf(actions)];
  return all.filter(isFields);
}
