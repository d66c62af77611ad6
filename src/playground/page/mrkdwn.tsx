import { createElement, Fragment, type ReactNode } from 'react';
import type { Snapshot } from '../protocol.ts';
import { useLook, useOwn } from './context.tsx';
import { opening } from './file-links.ts';
import { dateToken } from './format.ts';

/** Text as a person wrote it: mentions, channels, links and date tokens become readable, everything else stays. */
export function Written({ text }: { readonly text: string }) {
  const { snapshot } = useOwn();
  const { locale } = useLook();
  const zone = snapshot.people.find(({ id }) => id === snapshot.me)?.zone ?? 'UTC';
  const date = (seconds: string, pattern: string, fallback: string) =>
    dateToken(locale, zone, seconds, pattern, fallback);
  const parts = text
    .split(/(<[^<>]*>)/)
    .map((part) => (/^<.*>$/s.test(part) ? token(part.slice(1, -1), snapshot, date) : unescaped(part)));
  return createElement(Fragment, null, ...parts);
}

type ShowDate = (seconds: string, pattern: string, fallback: string) => string;

function token(inner: string, snapshot: Snapshot, date: ShowDate): ReactNode {
  const [target = '', label] = inner.split('|');
  if (target.startsWith('!date^')) {
    const [, seconds = '', pattern = ''] = target.split('^');
    return <time>{date(seconds, pattern, unescaped(label ?? ''))}</time>;
  }
  if (/^[@#!]/.test(target)) return <span className="mention">{mentionOf(target, label, snapshot)}</span>;
  if (!/^(https?|mailto):/.test(target)) return unescaped(`<${inner}>`);
  return (
    <a href={opening(unescaped(target), snapshot.me)} target="_blank" rel="noreferrer">
      {unescaped(label ?? target)}
    </a>
  );
}

function mentionOf(target: string, label: string | undefined, { people, groups, conversations }: Snapshot): string {
  const id = target.slice(1);
  if (target.startsWith('@')) return `@${people.find((person) => person.id === id)?.realName ?? label ?? id}`;
  if (target.startsWith('#')) return `#${conversations.find((channel) => channel.id === id)?.name ?? label ?? id}`;
  const group = groups.find((each) => `subteam^${each.id}` === id);
  return `@${group?.handle ?? label ?? id}`;
}

export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** mrkdwn on one line, for notifications: tokens by their names, no links. */
export function plainWritten(text: string, snapshot: Snapshot): string {
  const shown = text.replace(/<([^<>]*)>/g, (_, inner: string) => {
    const [target = '', label] = inner.split('|');
    return target.startsWith('!date^') || /^https?:/.test(target)
      ? (label ?? target)
      : mentionOf(target, label, snapshot);
  });
  return unescaped(shown);
}
