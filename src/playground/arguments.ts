import { type Fields, parseJson } from './json.ts';
import type { ArgumentType, Method } from './methods/catalog.ts';
import { refuse } from './refusal.ts';

/** Arguments of one call, already of the type that the catalog names. */
export interface Arguments {
  text(name: string): string | undefined;
  flag(name: string): boolean | undefined;
  number(name: string): number | undefined;
  list(name: string): readonly string[] | undefined;
  json(name: string): unknown;
}

const readers: Readonly<Record<ArgumentType, (value: unknown) => unknown>> = {
  string: (value) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined),
  boolean: (value) => {
    if (typeof value === 'boolean') return value;
    if (value === 'true' || value === '1' || value === 1) return true;
    return value === 'false' || value === '0' || value === 0 ? false : undefined;
  },
  number: (value) => {
    if (typeof value === 'number') return value;
    return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
  },
  list: (value) => {
    if (Array.isArray(value)) return value.map(String);
    if (typeof value !== 'string') return undefined;
    const parsed = value.startsWith('[') ? parseJson(value) : undefined;
    return Array.isArray(parsed) ? parsed.map(String) : value.split(',').filter((part) => part !== '');
  },
  json: (value) => (typeof value === 'string' ? parseJson(value) : value),
};

// Every method takes a token; @slack/web-api adds team_id to every call of a client that Bolt made for a team.
const everywhere = new Set(['token', 'team_id']);

// Slack answers broken JSON in these with its own code; docs.slack.dev/reference/methods/chat.postMessage, "Errors".
const ownFormatError: Readonly<Record<string, string>> = {
  blocks: 'invalid_blocks_format',
  metadata: 'invalid_metadata_format',
};

/**
 * Checks the arguments of a call against the catalog. Slack ignores most unknown arguments; here they are refused too,
 * because an app that sends one has a mistake.
 * @throws Refusal `invalid_arguments` with a message for each problem, or the argument's own format error
 */
export function checkArguments(method: Method, args: Fields): Arguments {
  const types: Readonly<Record<string, ArgumentType>> = { ...method.required, ...method.optional };
  const problems: string[] = [];
  const read = new Map<string, unknown>();

  for (const name of Object.keys(method.required)) {
    if (args[name] === undefined || args[name] === '') problems.push(`missing required field: ${name}`);
  }
  for (const [name, value] of Object.entries(args)) {
    if (value === undefined || value === null || everywhere.has(name)) continue;
    const type = types[name];
    if (!type) {
      problems.push(`unrecognized argument: ${name}`);
      continue;
    }
    const typed = readers[type](value);
    const formatError = ownFormatError[name];
    if (typed === undefined && formatError) throw refuse(formatError, [`\`${name}\` is not valid JSON`]);
    if (typed === undefined) problems.push(`invalid type for \`${name}\`: expected ${type}`);
    else read.set(name, typed);
  }
  if (problems.length > 0) throw refuse('invalid_arguments', problems);

  return {
    text: (name) => read.get(name) as string | undefined,
    flag: (name) => read.get(name) as boolean | undefined,
    number: (name) => read.get(name) as number | undefined,
    list: (name) => read.get(name) as readonly string[] | undefined,
    json: (name) => read.get(name),
  };
}
