import type { HomeView } from '@slack/types';
import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import {
  type Group,
  type Messenger,
  MessengerError,
  type PersonId,
  type Place,
  type Posted,
  type Rendered,
} from '../core/ports.ts';
import type { Charts } from './charts.ts';

/** Marks our messages, so that one whose answer was lost can be found again. Holds an opaque id only: any app may read it. */
const eventType = 'ospo_delivery';

/** Slack's own way to say that the bot may not look: the sender then decides by `lost`. */
const blind = new Set([
  'missing_scope',
  'not_in_channel',
  'channel_not_found',
  'no_permission',
  'method_not_supported_for_channel_type',
  'unknown_method',
]);

/** Clients by who waits: one 429 pauses a client's whole queue, and must never hold up a person. */
export interface Clients {
  /** Modals, ephemeral answers, Home: somebody is looking. */
  readonly interactive: WebClient;
  /** Answers to questions: no retries, refuses when limited. */
  readonly answers: WebClient;
  /** Everything that was not asked for: no retries, refuses when limited. */
  readonly delivery: WebClient;
  /** Reading people and user groups: waits when limited, nobody looks. */
  readonly background: WebClient;
}

/** The only writer of messages and Home (modals: modal.ts). */
export interface Outbound extends Messenger {
  ephemeral(
    place: { readonly channel: string; readonly thread?: string },
    person: PersonId,
    rendered: Rendered,
  ): Promise<void>;
  /** Puts a text file into the person's conversation with us. */
  file(person: PersonId, name: string, content: string): Promise<void>;
  publishHome(person: PersonId, view: HomeView): Promise<void>;
  /** Degrades quietly where a workspace has no agent messages tab. */
  suggestPrompts(
    channel: string,
    prompts: readonly { readonly title: string; readonly message: string }[],
  ): Promise<void>;
}

const messageList = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({ event_type: z.string(), event_payload: z.object({ id: z.string() }).partial() })
          .optional()
          .catch(undefined),
      }),
    )
    .default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export function createOutbound(clients: Clients, charts: Charts): Outbound {
  return {
    async post({ place, rendered, deliveryId, lane }) {
      const client = lane === 'answers' ? clients.answers : clients.delivery;
      const where = 'group' in place ? { channel: await groupOf(client, place.group) } : target(place);
      const answer = await charts.within(rendered.blocks, (blocks) =>
        attempt(
          client.chat.postMessage({
            ...where,
            text: rendered.text,
            blocks,
            metadata: { event_type: eventType, event_payload: { id: deliveryId } },
            unfurl_links: false,
            unfurl_media: false,
          }),
        ),
      );
      const { channel, ts } = answer;
      if (!channel || !ts) throw new MessengerError('lost', 'answer_without_ts');
      return { channel, ts };
    },

    async update({ at, rendered, deliveryId }) {
      await charts.within(rendered.blocks, (blocks) =>
        attempt(
          clients.delivery.chat.update({
            channel: at.channel,
            ts: at.ts,
            text: rendered.text,
            blocks,
            metadata: { event_type: eventType, event_payload: { id: deliveryId } },
          }),
        ),
      );
    },

    async find({ place, deliveryId, oldest }) {
      try {
        return await look(clients.delivery, place, deliveryId, oldest);
      } catch (error) {
        const known = sorted(error);
        throw blind.has(known.code) ? new MessengerError('cannot_look', known.code, 0, error) : known;
      }
    },

    async ephemeral(place, person, rendered) {
      const thread = place.thread ? { thread_ts: place.thread } : {};
      await charts.within(rendered.blocks, (blocks) =>
        attempt(
          clients.interactive.chat.postEphemeral({
            channel: place.channel,
            user: person,
            ...thread,
            text: rendered.text,
            blocks,
          }),
        ),
      );
    },

    async file(person, name, content) {
      const bytes = Buffer.from(content, 'utf8');
      const begun = await attempt(
        clients.interactive.files.getUploadURLExternal({ filename: name, length: bytes.length }),
      );
      if (!begun.upload_url || !begun.file_id) throw new MessengerError('lost', 'upload_without_address');
      // The address is a secret of its own; the token stays at home.
      const sent = await fetch(begun.upload_url, { method: 'POST', body: bytes });
      if (!sent.ok) throw new MessengerError('lost', `upload_${sent.status}`);
      const channel = await conversationWith(clients.interactive, [person]);
      await attempt(
        clients.interactive.files.completeUploadExternal({
          files: [{ id: begun.file_id, title: name }],
          channel_id: channel,
        }),
      );
    },

    async publishHome(person, view) {
      await attempt(clients.interactive.views.publish({ user_id: person, view }));
    },

    async suggestPrompts(channel, prompts) {
      await attempt(
        clients.interactive.apiCall('assistant.threads.setSuggestedPrompts', { channel_id: channel, prompts }),
      );
    },
  };
}

async function look(
  client: WebClient,
  place: Place | Group,
  deliveryId: string,
  oldest: number,
): Promise<Posted | undefined> {
  const channel = 'channel' in place ? place.channel : await conversationWith(client, peopleIn(place));
  const common = { channel, oldest: (oldest / 1000).toFixed(6), include_all_metadata: true, limit: 200 };
  let cursor: string | undefined;
  do {
    const page = cursor ? { ...common, cursor } : common;
    // History does not return thread replies, replies does not return anything else.
    const answer =
      'thread' in place && place.thread
        ? await attempt(client.conversations.replies({ ...page, ts: place.thread }))
        : await attempt(client.conversations.history(page));
    const { messages, response_metadata } = messageList.parse(answer);
    const found = messages.find(
      (m) => m.metadata?.event_type === eventType && m.metadata.event_payload.id === deliveryId,
    );
    if (found) return { channel, ts: found.ts };
    cursor = response_metadata?.next_cursor || undefined;
  } while (cursor);
  return undefined;
}

function peopleIn(place: { readonly person: PersonId } | Group): readonly PersonId[] {
  return 'group' in place ? place.group : [place.person];
}

/** Never asks for a scope that the app lacks as if its token were broken: everything else can be said without groups. */
async function groupOf(client: WebClient, people: readonly PersonId[]): Promise<string> {
  try {
    return await conversationWith(client, people);
  } catch (error) {
    const known = sorted(error);
    throw known.code === 'missing_scope' ? new MessengerError('refused', 'no_groups', 0, error) : known;
  }
}

/** The conversation that these people have with us, and nobody else; opened where there is none. */
async function conversationWith(client: WebClient, people: readonly PersonId[]): Promise<string> {
  const answer = await attempt(client.conversations.open({ users: people.join(',') }));
  if (!answer.channel?.id) throw new MessengerError('lost', 'answer_without_channel');
  return answer.channel.id;
}

function target(place: Place): { readonly channel: string; readonly thread_ts?: string } {
  // A user id as channel opens the conversation by itself and spares a call to conversations.open.
  if ('person' in place) return { channel: place.person };
  return place.thread ? { channel: place.channel, thread_ts: place.thread } : { channel: place.channel };
}

/** Sorts whatever the client throws into what is known about the call. */
async function attempt<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw sorted(error);
  }
}

const slackCode = /^[a-z][a-z0-9_]*$/;

/** @returns what is certain after `error`: not done (`limited`, `refused`) or unknown (`lost`) */
export function sorted(error: unknown): MessengerError {
  if (error instanceof MessengerError) return error;
  if (error instanceof WebAPIRateLimitedError)
    return new MessengerError('limited', 'ratelimited', error.retryAfter * 1000, error);
  if (error instanceof WebAPIPlatformError) {
    const { error: code } = error.data;
    // The client puts a body that is no JSON where the code would be: half an answer, with what people wrote in it.
    return slackCode.test(code)
      ? new MessengerError('refused', code, 0, error)
      : new MessengerError('lost', 'broken_answer');
  }
  // A 502 or a body cut off may come after Slack did the work (measured): nobody knows.
  if (error instanceof WebAPIHTTPError) return new MessengerError('lost', `http_${error.statusCode}`, 0, error);
  return new MessengerError('lost', 'no_answer', 0, error);
}
