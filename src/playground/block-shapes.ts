import { allowedElements, imageSource } from './element-shapes.ts';
import { counts, idLength, messageLimits, texts } from './limits.ts';
import {
  bool,
  list,
  mrkdwn,
  num,
  object,
  oneOf,
  part,
  plain,
  type Rule,
  type Shape,
  shape,
  str,
  text,
} from './shape.ts';

/** Blocks: docs.slack.dev/reference/block-kit/blocks. Every field that Slack knows; no other is accepted. */

const styled = {
  style: object(
    {},
    {
      bold: bool,
      code: bool,
      italic: bool,
      strike: bool,
      underline: bool,
      highlight: bool,
      client_highlight: bool,
      unlink: bool,
    },
  ),
};
const border = { border: oneOf(0, 1) };

/** Pieces of a line of rich text. */
export const inlineShapes: Readonly<Record<string, Shape>> = {
  text: shape({ text: str() }, styled),
  link: shape({ url: str() }, { text: str(), unsafe: bool, ...styled }),
  emoji: shape({ name: str() }, { unicode: str(), url: str(), skin_tone: num(), ...styled }),
  user: shape({ user_id: str() }, styled),
  usergroup: shape({ usergroup_id: str() }, styled),
  channel: shape({ channel_id: str() }, styled),
  team: shape({ team_id: str() }, styled),
  broadcast: shape({ range: oneOf('here', 'channel', 'everyone') }, styled),
  color: shape({ value: str() }, styled),
  date: shape({ timestamp: num(0), format: str() }, { url: str(), fallback: str(), ...styled }),
};

const line = list(part('inline', ...Object.keys(inlineShapes)), undefined, 0);

/** Parts of a rich_text block. */
export const richTextParts: Readonly<Record<string, Shape>> = {
  rich_text_section: shape({ elements: line }),
  rich_text_list: shape(
    { elements: list(part('richText', 'rich_text_section')), style: oneOf('bullet', 'ordered') },
    { indent: num(0, 8), offset: num(0), ...border },
  ),
  rich_text_quote: shape({ elements: line }, border),
  rich_text_preformatted: shape(
    { elements: list(part('inline', 'text', 'link'), undefined, 0) },
    { ...border, language: str() },
  ),
};

const richText = part('block', 'rich_text');
const imageElement = part('element', 'image');
const tableCell: Rule = part('cell', 'raw_text', 'raw_number', 'rich_text');

const rawCells: Readonly<Record<string, Shape>> = {
  raw_text: shape({ text: str() }),
  raw_number: shape({ value: num(), text: str() }),
};

const segment = object({ label: str(texts.chartLabel), value: num(Number.MIN_VALUE) });
const point = object({ label: str(texts.chartLabel), value: num() });
const series = list(object({ name: str(texts.chartLabel), data: list(point, counts.points) }), counts.series);
const axes = object(
  { categories: list(str(texts.chartLabel), counts.points) },
  { x_label: str(texts.axisLabel), y_label: str(texts.axisLabel) },
);
const chart = shape({ series, axis_config: axes });

export const chartShapes: Readonly<Record<string, Shape>> = {
  pie: shape({ segments: list(segment, counts.segments) }),
  bar: chart,
  line: chart,
  area: chart,
};

const card = shape(
  {},
  {
    hero_image: imageElement,
    icon: imageElement,
    slack_icon: object({ type: oneOf('icon'), name: str() }),
    title: mrkdwn(texts.cardTitle),
    subtitle: mrkdwn(texts.cardTitle),
    body: mrkdwn(texts.cardBody),
    subtext: mrkdwn(texts.cardBody),
    actions: list(part('element', 'button'), counts.cardActions),
  },
);

const source = object({ type: oneOf('url'), url: str(texts.url), text: str() });

const containerBlocks = [
  'actions',
  'context',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
];

const shapes: Readonly<Record<string, Shape>> = {
  section: shape(
    {},
    {
      text: text(texts.any),
      fields: list(text(texts.field), counts.fields),
      accessory: part('element', ...allowedElements.section, 'image'),
      expand: bool,
    },
  ),
  header: shape({ text: plain(texts.header) }),
  divider: shape({}),
  context: shape({ elements: list(part('element', 'mrkdwn', 'plain_text', 'image'), counts.context) }),
  actions: shape({ elements: list(part('element', ...allowedElements.actions), counts.actions) }),
  image: shape({ alt_text: str(texts.altText) }, { ...imageSource, title: plain(texts.altText) }),
  input: shape(
    { label: plain(texts.label), element: part('element', ...allowedElements.input) },
    { hint: plain(texts.hint), optional: bool, dispatch_action: bool },
  ),
  rich_text: shape({ elements: list(part('richText', ...Object.keys(richTextParts)), undefined, 0) }),
  markdown: shape({ text: str(messageLimits.markdownBlocks) }),
  context_actions: shape({ elements: list(part('element', 'feedback_buttons', 'icon_button'), counts.contextActions) }),
  card,
  carousel: shape({ elements: list(part('block', 'card'), counts.carousel) }),
  container: shape(
    { child_blocks: list(part('block', ...containerBlocks), counts.children) },
    {
      title: plain(texts.containerTitle),
      rich_text_title: richText,
      subtitle: text(texts.containerTitle),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: imageElement,
      is_collapsible: bool,
      default_collapsed: bool,
      has_header_divider: bool,
    },
  ),
  alert: shape({ text: text(texts.alert) }, { level: oneOf('default', 'info', 'warning', 'error', 'success') }),
  table: shape(
    { rows: list(list(tableCell, counts.columns), counts.tableRows) },
    {
      column_settings: list(object({}, { align: oneOf('left', 'center', 'right'), is_wrapped: bool }), counts.columns),
    },
  ),
  data_table: shape(
    { caption: str(), rows: list(list(tableCell, counts.columns), counts.dataTableRows, 2) },
    { page_size: num(1, 100), row_header_column_index: num(0) },
  ),
  data_visualization: shape({ title: str(texts.chartTitle), chart: part('chart', ...Object.keys(chartShapes)) }),
  task_card: shape(
    { task_id: str(), title: str(), status: oneOf('pending', 'in_progress', 'complete', 'error') },
    { details: richText, output: richText, sources: list(source) },
  ),
  plan: shape({ title: str() }, { tasks: list(part('block', 'task_card')) }),
  video: shape(
    { video_url: str(), thumbnail_url: str(), alt_text: str(texts.videoTitle), title: plain(texts.videoTitle - 1) },
    {
      title_url: str(),
      author_name: str(texts.videoAuthor),
      provider_name: str(texts.videoAuthor),
      provider_icon_url: str(),
      description: plain(texts.videoTitle),
    },
  ),
};

/** Every block; `type` is looked at before. */
export const blockShapes: Readonly<Record<string, Shape>> = Object.fromEntries(
  Object.entries(shapes).map(([type, { required, optional }]) => [
    type,
    { required, optional: { ...optional, block_id: str(idLength) } },
  ]),
);

export const cellShapes: Readonly<Record<string, Shape>> = { ...blockShapes, ...rawCells };

const everywhere = [
  'actions',
  'card',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'video',
];

/**
 * Which blocks each surface shows (docs.slack.dev/reference/block-kit/blocks, "Available in surfaces"). A `file` block
 * is read-only: Slack adds it, no app may send it.
 */
export const surfaces: Readonly<Record<'message' | 'modal' | 'home', readonly string[]>> = {
  message: [
    ...everywhere,
    'carousel',
    'container',
    'context_actions',
    'data_table',
    'data_visualization',
    'markdown',
    'plan',
    'table',
    'task_card',
  ],
  modal: [...everywhere, 'alert'],
  home: [...everywhere, 'carousel'],
};
