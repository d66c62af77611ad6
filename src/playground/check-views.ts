import { checkBlocks } from './check-blocks.ts';
import { checkShape, type Report } from './check-shape.ts';
import { type Fields, fieldsOf, isFields, listOf } from './json.ts';
import { viewLimits } from './limits.ts';
import { Refusal, refuse } from './refusal.ts';
import { bool, list, object, oneOf, plain, type Shape, str } from './shape.ts';

const anything = list(object({}), Number.POSITIVE_INFINITY);

const shared = {
  callback_id: str(viewLimits.callbackId),
  external_id: str(viewLimits.externalId, 0),
  private_metadata: str(viewLimits.privateMetadata, 0),
};

/** docs.slack.dev/reference/views: the fields of each kind of view. */
const viewShapes: Readonly<Record<'modal' | 'home', Shape>> = {
  modal: {
    required: { type: oneOf('modal'), title: plain(viewLimits.title), blocks: anything },
    optional: {
      ...shared,
      submit: plain(viewLimits.submit),
      close: plain(viewLimits.close),
      clear_on_close: bool,
      notify_on_close: bool,
      submit_disabled: bool,
    },
  },
  home: { required: { type: oneOf('home'), blocks: anything }, optional: shared },
};

function focused(node: unknown): number {
  if (Array.isArray(node)) return node.reduce((sum: number, each) => sum + focused(each), 0);
  if (!isFields(node)) return 0;
  return (node.focus_on_load === true ? 1 : 0) + focused(Object.values(node));
}

/**
 * Checks a view that an app wants to show.
 * @returns the view as it was given
 * @throws Refusal `view_too_large`, or `invalid_arguments` with every problem and its place in the view
 */
export function checkView(value: unknown, surface: 'modal' | 'home'): Fields {
  if (!isFields(value)) throw refuse('invalid_arguments', ['must provide an object [json-pointer:/view]']);
  if (Buffer.byteLength(JSON.stringify(value)) > viewLimits.bytes) throw new Refusal('view_too_large');
  const problems: string[] = [];
  const report: Report = (problem, at) => void problems.push(`${problem} [json-pointer:${at}]`);
  // Blocks have a checker of their own; here it only matters that they are a list with something in it.
  const frame = { ...value, ...(Array.isArray(value.blocks) && { blocks: value.blocks.map(() => ({})) }) };
  checkShape(frame, viewShapes[surface], [], '/view', report);
  const blocks = listOf(value.blocks);
  problems.push(...checkBlocks(blocks, surface, '/view/blocks').problems);
  if (surface === 'modal' && value.submit === undefined && blocks.some((block) => fieldsOf(block).type === 'input')) {
    report('missing required field: submit', '/view');
  }
  if (focused(blocks) > 1) report('only one element may have focus_on_load', '/view/blocks');
  if (problems.length > 0) throw refuse('invalid_arguments', problems);
  return value;
}
