// https://docs.slack.dev/messaging/formatting-message-text: what Slack puts between angle brackets.
const mention = /<@[^<>]+>/g;
const named = /<([#!])[^<>|]*\|([^<>]*)>/g;
const broadcast = /<!([a-z]+)(?:\^[^<>]*)?>/g;
const link = /<((?:https?|mailto):[^<>|]+)(?:\|([^<>]*))?>/g;

/** What a person typed, as they saw it: without mentions, with names and addresses instead of Slack's marks. Plain text, not escaped. */
export function typedText(message: string): string {
  return message
    .replace(mention, ' ')
    .replace(named, (_, mark: string, name: string) => `${mark === '#' ? '#' : '@'}${name.replace(/^[@#]/, '')}`)
    .replace(broadcast, '@$1')
    .replace(link, (_, address: string, label?: string) =>
      label && label !== address ? `${label} (${address})` : address,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}
