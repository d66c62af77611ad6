// Blocks as an app might send them, right and wrong: of plain objects, so that nothing of ours helps.

export const long = (length: number) => 'x'.repeat(length);
export const plain = (text: string) => ({ type: 'plain_text', text });
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const many = (count: number, of: object) =>
  Array.from({ length: count }, (_, index) => ({ ...of, action_id: `a${index}` }));

export const divider = { type: 'divider' };
export const section = (more: object) => ({ type: 'section', text: mrkdwn('text'), ...more });
export const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('label'),
  element,
  ...more,
});
export const button = { type: 'button', text: plain('Go'), action_id: 'go' };
export const option = (value: string, text = value) => ({ text: plain(text), value });
export const select = (more: object) => ({ type: 'static_select', action_id: 's', options: [option('a')], ...more });
export const line = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});
export const image = { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' };
export const cell = { type: 'raw_text', text: 'cell' };
export const chart = (more: object) => ({
  type: 'data_visualization',
  title: 'Chart',
  chart: { type: 'pie', segments: [{ label: 'a', value: 1 }], ...more },
});
export const bars = (categories: string[], labels: string[]) => ({
  type: 'data_visualization',
  title: 'Bars',
  chart: {
    type: 'bar',
    series: [{ name: 's', data: labels.map((label) => ({ label, value: 1 })) }],
    axis_config: { categories },
  },
});
