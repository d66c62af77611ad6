import fc from 'fast-check';

/** What must not reach Slack as typed. */
export const shape = {
  control: /<(?:!(?:channel|here|everyone|subteam\^|date\^)|@[UW][A-Z0-9]|#[CDG][A-Z0-9])/,
};

const bits = [
  '<!channel>',
  '<!here|x>',
  '<!subteam^S1>',
  '<@U1>',
  '<#C1>',
  '<https://evil.example|ours>',
  '&lt;!channel&gt;',
  '&#60;@U1&#62;',
  '&#xFDD0;',
  '&#xFDD1;',
  '&#8203;',
  '\\<!channel>',
  '@channel',
  '<!-- x -->',
  '**',
  '*',
  '_',
  '~~',
  '~~~',
  '`',
  '```',
  '\n',
  '\n\n',
  '\n- ',
  '\n1. ',
  '\n  - ',
  '\n> ',
  '\n# ',
  '\n| a | b |\n|--|--|\n',
  '\n---\n',
  '[x](http://a.b)',
  '[x](javascript:alert(1))',
  '[x]: http://a.b\n',
  '[x]',
  '![i](http://i.j)',
  'https://a.b/c?d=e&f',
  '修改',
  '：',
  '，',
  '“好”',
  'word',
  ' ',
  '👨‍👩‍👧',
  '\u200B',
  '\u202E',
  '\uD800',
  '\uFDD1',
  '{{a.b}}',
];

/** Text made of everything that has a meaning somewhere, and of anything. */
export const hostile = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...bits) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''));
