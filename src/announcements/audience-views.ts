import type { KnownBlock, ModalView } from '@slack/types';
import { type Doing, type Tie, ties } from '../core/announcing.ts';
import { type Locale, locales } from '../core/i18n.ts';
import type { Organization } from '../core/organization.ts';
import {
  checkboxes,
  context,
  input,
  modal,
  multiConversationsSelect,
  multiExternalSelect,
  multiSelect,
  type Reader,
  staticSelect,
} from '../slack/blocks.ts';
import type { Audience, Known } from './announcement.ts';
import { type List, lists } from './audience.ts';
import { texts } from './form-texts.ts';
import type { DeskForm } from './forms.ts';
import type { Kind } from './kind.ts';

/** What can be chosen, beside channels: values, with their words in both languages. */
export interface Offers extends Readonly<Record<List, readonly Offer[]>> {
  /** Projects as people wrote them. */
  readonly projects: readonly string[];
}

export interface Offer {
  readonly value: string;
  readonly label: Readonly<Record<Locale, string>>;
}

/** Everything that an audience can be made of at this moment. @param roles held by somebody, user groups as `@handle` */
export function offersOf(
  { offices, units }: Pick<Organization, 'offices' | 'units'>,
  roles: readonly string[],
  doings: readonly Doing[],
  projects: readonly string[],
): Offers {
  const named = ({ id, name }: Organization['units'][number] | Organization['offices'][number]): Offer => ({
    value: id,
    label: name,
  });
  return {
    roles: roles.map((role) => ({ value: role, label: { en: role, 'zh-CN': role } })),
    offices: offices.map(named),
    units: units.map(named),
    doings: doings.map(({ name, label }) => ({ value: name, label })),
    projects,
  };
}

// What a menu of Slack holds; longer lists are searched by typing.
const mostAtOnce = 100;
// As many as an audience keeps of each.
const mostChosen: Readonly<Record<List, number>> = { roles: 100, offices: 100, units: 100, doings: 20 };
const mostChannels = 500;
// Of each tie; both together are what an audience keeps.
const mostProjects = 50;

/** What a menu that is searched by typing is called; after the colon the list, or how people stand to the project. */
export const choosing = 'announcements.choose';
export const choosingProject = 'announcements.project';

/** For whom it is. */
export function audienceForm(
  form: DeskForm,
  { audience, spare }: Known,
  kind: Kind | undefined,
  offers: Offers,
  { locale }: Reader,
): ModalView {
  const words = texts[locale];
  return modal({
    callback: 'announcements.audience',
    title: words.audience,
    submit: words.save,
    close: words.cancel,
    metadata: JSON.stringify(form),
    blocks: [
      input({
        blockId: 'everybody',
        label: words.toPeople,
        optional: true,
        element: checkboxes({
          id: 'everybody',
          choices: [{ text: words.toEverybody, value: 'everybody', description: words.toEverybodyHint }],
          ...(audience.everybody ? { initial: ['everybody'] } : {}),
        }),
      }),
      input({
        blockId: 'channels',
        label: words.toChannels,
        hint: words.toChannelsHint,
        optional: true,
        element: multiConversationsSelect({
          id: 'channels',
          kinds: ['public', 'private'],
          most: mostChannels,
          ...(audience.channels.length > 0 ? { initial: audience.channels } : {}),
        }),
      }),
      ...lists.flatMap((list) => listInput(list, offers[list], audience[list], locale)),
      ...projectInputs(audience, offers.projects, locale),
      input({
        blockId: 'locale',
        label: words.onlyLocale,
        element: staticSelect({
          id: 'locale',
          choices: [
            { text: words.allLocales, value: 'all' },
            ...locales.map((one) => ({ text: words.readers[one], value: one })),
          ],
          initial: audience.locale ?? 'all',
        }),
      }),
      ...optionsInput(audience, spare ?? false, kind, locale),
    ],
  });
}

/** A menu as long as it holds all there is; else one that is searched. Nothing where there is nothing to choose. */
function listInput(list: List, offers: readonly Offer[], chosen: readonly string[], locale: Locale): KnownBlock[] {
  if (offers.length === 0) return [];
  const words = texts[locale];
  const all = offers.map(({ value, label }) => ({ text: label[locale], value }));
  const isSearched = all.length > mostAtOnce;
  const most = mostChosen[list];
  return [
    input({
      blockId: list,
      label: words.toLists[list],
      ...(isSearched ? { hint: words.searchHint(all.length) } : {}),
      optional: true,
      element: isSearched
        ? multiExternalSelect({
            id: `${choosing}:${list}`,
            minLength: 0,
            most,
            initial: all.filter(({ value }) => chosen.includes(value)),
          })
        : multiSelect({ id: list, choices: all, most, ...(chosen.length > 0 ? { initial: chosen } : {}) }),
    }),
  ];
}

function projectInputs({ projects: chosen = [] }: Audience, known: readonly string[], locale: Locale): KnownBlock[] {
  const words = texts[locale];
  if (known.length + chosen.length === 0) return [context([words.noProjects])];
  return ties.map((tie: Tie) =>
    input({
      blockId: tie,
      label: words.toProjects[tie],
      hint: words.projectsHint[tie],
      optional: true,
      element: multiExternalSelect({
        id: `${choosingProject}:${tie}`,
        minLength: 0,
        most: mostProjects,
        placeholder: words.searchPlaceholder,
        initial: chosen.flatMap((one) => (one.tie === tie ? [{ text: one.name, value: one.name }] : [])),
      }),
    }),
  );
}

function optionsInput(audience: Audience, spare: boolean, kind: Kind | undefined, locale: Locale): KnownBlock[] {
  const words = texts[locale];
  const calling = { text: words.callChannel, value: 'call', description: words.callChannelHint };
  const sparing = { text: words.sparing, value: 'spare', description: words.sparingHint };
  const options = [...(kind?.callChannel ? [calling] : []), ...(kind?.urgent ? [] : [sparing])];
  if (options.length === 0) return [];
  const chosen = [...(audience.callChannel ? ['call'] : []), ...(spare ? ['spare'] : [])];
  return [
    input({
      blockId: 'options',
      label: words.options,
      optional: true,
      element: checkboxes({
        id: 'options',
        choices: options,
        initial: chosen.filter((one) => options.some(({ value }) => value === one)),
      }),
    }),
  ];
}

/** What a menu shows for what was typed: as many as it holds, those that begin with it first. */
export function found<T extends { readonly text: string }>(all: readonly T[], typed: string): readonly T[] {
  const words = typed.trim().toLowerCase();
  const hits = all.filter(({ text }) => text.toLowerCase().includes(words));
  // Of `apache/kafka` people type either part.
  const begins = ({ text }: T) =>
    text
      .toLowerCase()
      .split(/[\s/@]+/)
      .some((part) => part.startsWith(words));
  return [...hits.filter(begins), ...hits.filter((hit) => !begins(hit))].slice(0, mostAtOnce);
}
