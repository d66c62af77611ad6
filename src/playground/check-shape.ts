import { blockShapes, cellShapes, chartShapes, inlineShapes, richTextParts } from './block-shapes.ts';
import { elementShapes } from './element-shapes.ts';
import { type Fields, fieldsOf, isFields, textOf } from './json.ts';
import { bool, type Rule, type Shape, str, type Table } from './shape.ts';

/** Gathers problems as Slack words them: what is wrong, then where. */
export type Report = (problem: string, pointer: string) => void;

const tables: Readonly<Record<Table, Readonly<Record<string, Shape>>>> = {
  block: blockShapes,
  element: elementShapes,
  richText: richTextParts,
  inline: inlineShapes,
  cell: cellShapes,
  chart: chartShapes,
};

/** Checks an object against a shape; `known` are fields that were looked at already. */
export function checkShape(value: Fields, shape: Shape, known: readonly string[], at: string, report: Report): void {
  for (const [name, rule] of Object.entries(shape.required)) {
    if (value[name] === undefined) report(`missing required field: ${name}`, at);
    else checkRule(value[name], rule, `${at}/${name}`, report);
  }
  for (const [name, field] of Object.entries(value)) {
    if (known.includes(name) || name in shape.required) continue;
    const rule = shape.optional[name];
    if (rule) checkRule(field, rule, `${at}/${name}`, report);
    else report(`invalid additional property: ${name}`, at);
  }
}

/** Checks an object by its `type`, which must be one of `types`. */
export function checkPart(value: unknown, table: Table, types: readonly string[], at: string, report: Report): void {
  if (!isFields(value)) {
    report('must provide an object', at);
    return;
  }
  const type = textOf(value.type);
  const shape = types.includes(type) ? tables[table][type] : undefined;
  if (!shape) {
    report(`unsupported type: ${type || 'none'}`, `${at}/type`);
    return;
  }
  checkShape(value, shape, ['type'], at, report);
}

const flags = { plain_text: { emoji: bool }, mrkdwn: { verbatim: bool } } as const;

function checkText(value: unknown, type: keyof typeof flags, max: number, at: string, report: Report): void {
  if (!isFields(value)) {
    report('must provide an object', at);
    return;
  }
  if (value.type !== type) {
    report(`unsupported type: ${textOf(value.type) || 'none'}`, `${at}/type`);
    return;
  }
  checkShape(value, { required: { text: str(max) }, optional: flags[type] }, ['type'], at, report);
}

function checkString(value: unknown, rule: Extract<Rule, { kind: 'string' }>, at: string, report: Report): void {
  if (typeof value !== 'string') {
    report('must provide a string', at);
    return;
  }
  // Slack counts an emoji outside the basic plane as one character.
  const { length } = [...value];
  if (length > rule.max) report(`must be less than ${rule.max + 1} characters`, at);
  if (length < rule.min) report(`must be more than ${rule.min - 1} characters`, at);
  if (rule.pattern && !rule.pattern.test(value)) report('does not match the expected format', at);
}

function checkRule(value: unknown, rule: Rule, at: string, report: Report): void {
  switch (rule.kind) {
    case 'string':
      checkString(value, rule, at, report);
      return;
    case 'number':
      if (typeof value !== 'number') {
        report('must provide a number', at);
        return;
      }
      if (value < rule.min || value > rule.max) report(`must be between ${rule.min} and ${rule.max}`, at);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') report('must provide a boolean', at);
      return;
    case 'oneOf':
      if (!rule.values.some((allowed) => allowed === value)) report(`must be one of ${rule.values.join(', ')}`, at);
      return;
    case 'list':
      if (!Array.isArray(value)) {
        report('must provide an array', at);
        return;
      }
      if (value.length > rule.max) report(`no more than ${rule.max} items allowed`, at);
      if (value.length < rule.min) report(`no less than ${rule.min} items allowed`, at);
      for (const [index, item] of value.entries()) checkRule(item, rule.of, `${at}/${index}`, report);
      return;
    case 'part':
      checkPart(value, rule.table, rule.types, at, report);
      return;
    case 'object':
      if (!isFields(value)) {
        report('must provide an object', at);
        return;
      }
      checkShape(value, rule.shape, [], at, report);
      return;
    case 'plain':
      checkText(value, 'plain_text', rule.max, at, report);
      return;
    case 'mrkdwn':
      checkText(value, 'mrkdwn', rule.max, at, report);
      return;
    case 'text':
      checkText(value, fieldsOf(value).type === 'mrkdwn' ? 'mrkdwn' : 'plain_text', rule.max, at, report);
      return;
  }
}
