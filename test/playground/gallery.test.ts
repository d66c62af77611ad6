import { expect, it } from 'vitest';
import { arrangeGallery } from '../../src/playground/gallery.ts';

const section = { type: 'section', text: { type: 'plain_text', text: 'Hello' } };

it('puts the languages of one thing beside each other', () => {
  const samples = ['en', 'zh-CN'].map((locale) => ({
    name: `ask: help (${locale})`,
    surface: 'message',
    payload: { text: 'Hello\nmore', blocks: [section] },
  }));

  const [item, ...more] = arrangeGallery(samples);

  expect(more).toEqual([]);
  expect(item?.name).toBe('ask: help');
  expect(Object.keys(item?.editions ?? {})).toEqual(['en', 'zh-CN']);
  expect(item?.editions.en).toMatchObject({ text: 'Hello\nmore', problems: [] });
});

it('counts what Slack limits', () => {
  const payload = { text: 'One line\nand more', blocks: [section, { type: 'markdown', text: '**b**' }] };

  const [item] = arrangeGallery([{ name: 'x (en)', surface: 'message', payload }]);

  const counts = item?.editions.en?.counts.map(({ name, count }) => [name, count]);
  expect(Object.fromEntries(counts ?? [])).toEqual({
    notification: 8,
    text: 17,
    blocks: 2,
    blockText: 10,
    markdown: 5,
  });
});

it('tells what Slack would refuse', () => {
  const long = { type: 'modal', title: { type: 'plain_text', text: 'x'.repeat(25) }, blocks: [section] };

  const [modal] = arrangeGallery([{ name: 'x (en)', surface: 'modal', payload: long }]);
  const [message] = arrangeGallery([
    { name: 'x (en)', surface: 'message', payload: { text: '', blocks: [{ type: 'nothing' }] } },
  ]);

  expect(modal?.editions.en?.problems.join()).toContain('/view/title');
  expect(message?.editions.en?.problems.join()).toContain('/blocks/0');
});
