import { systemClock } from '../core/time.ts';
import { checkArguments } from './arguments.ts';
import { type Fields, fieldsOf, isFields, listOf } from './json.ts';
import { catalog, isMethodName, type Method, type MethodName } from './methods/catalog.ts';
import { handlers } from './methods/handlers.ts';
import { Refusal } from './refusal.ts';
import { grants, missingScope } from './scopes.ts';
import type { RecordedCall } from './wire.ts';
import { identity, type World } from './world.ts';

function checkToken(world: World, method: Method, token: string | undefined): void {
  if (token === undefined || token === '') throw new Refusal('not_authed');
  if (token !== identity.botToken && token !== identity.appToken) throw new Refusal('invalid_auth');
  if (world.state.revokedTokens.has(token)) throw new Refusal('token_revoked');
  const wanted = method.token === 'app' ? identity.appToken : identity.botToken;
  if (token !== wanted) throw new Refusal('not_allowed_token_type');
}

function checkScopes(world: World, { scopes }: Method): void {
  if ('all' in scopes) {
    const missing = scopes.all.filter((scope) => !world.installation.scopes.has(scope));
    if (missing.length > 0) throw missingScope(world, missing);
    return;
  }
  const anyOf = grants[scopes.kind];
  if (!Object.values(anyOf).some((scope) => world.installation.scopes.has(scope))) {
    throw missingScope(world, Object.values(anyOf));
  }
}

// Slack's order: token, scope, arguments, then what the method itself finds wrong.
function run(world: World, name: MethodName, args: Fields, token: string | undefined): Fields {
  const method: Method = catalog[name];
  checkToken(world, method, token);
  checkScopes(world, method);
  return handlers[name](world, checkArguments(method, args));
}

/**
 * Answers one Web API call and records it.
 * @param args as they arrived: all strings from a form, typed from JSON
 * @param fault the name of the fault that hits the call, for the record
 */
export function callMethod(
  world: World,
  name: string,
  args: Fields,
  token: string | undefined,
  fault: string | undefined,
): Fields {
  const { token: _, ...visible } = args;
  let answer: Fields;
  try {
    if (!isMethodName(name)) throw new Refusal('unknown_method', { req_method: name });
    answer = { ok: true, ...run(world, name, args, token) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    answer = { ok: false, error: error.code, ...error.details };
  }
  recordCall(world, name, visible, { ...refusalOf(answer), ...(fault !== undefined && { fault }) });
  world.signal.changed();
  return answer;
}

function refusalOf({ error, response_metadata }: Fields): Pick<RecordedCall, 'error' | 'why'> {
  if (typeof error !== 'string') return {};
  const why = listOf(fieldsOf(response_metadata).messages).map(String);
  return { error, ...(why.length > 0 && { why }) };
}

/** Notes a call, whether or not it was carried out. Nested JSON is recorded as such, not as text. */
export function recordCall(
  world: World,
  method: string,
  args: Fields,
  outcome: Pick<RecordedCall, 'error' | 'why' | 'fault'>,
): void {
  const readable = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, nested(value)]));
  world.wire.record({
    method,
    args: readable,
    ...outcome,
    at: systemClock.now(),
  });
}

function nested(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) || isFields(parsed) ? parsed : value;
  } catch {
    return value;
  }
}
