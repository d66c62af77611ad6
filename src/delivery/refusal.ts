/**
 * What a refusal says: `message` this one will never do; `later` not done, the reason passes; `perhaps` Slack may have
 * done it; `bot` no message would do until the operator mends the token; `gone` the message to update is not there.
 */
type Refusal = 'message' | 'later' | 'perhaps' | 'bot' | 'gone';

// From the tables of errors of chat.postMessage and chat.update; Slack says of the two `perhaps` that "some aspect of
// the operation" may have succeeded.
const refusals: ReadonlyMap<string, Refusal> = new Map<string, Refusal>([
  ['internal_error', 'perhaps'],
  ['fatal_error', 'perhaps'],
  ['service_unavailable', 'later'],
  ['request_timeout', 'later'],
  ['team_added_to_org', 'later'],
  ['message_limit_exceeded', 'later'],
  ['rate_limited', 'later'],
  ['ratelimited', 'later'],
  ['account_inactive', 'bot'],
  ['access_denied', 'bot'],
  ['invalid_auth', 'bot'],
  ['missing_scope', 'bot'],
  ['not_authed', 'bot'],
  ['token_expired', 'bot'],
  ['token_revoked', 'bot'],
  ['message_not_found', 'gone'],
]);

/** @param code Slack's `error` */
export function refusalOf(code: string): Refusal {
  return refusals.get(code) ?? 'message';
}
