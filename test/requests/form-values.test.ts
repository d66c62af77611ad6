import { describe, expect, it } from 'vitest';
import { blockIdOf, enteredIn, uploadIdOf } from '../../src/requests/form-values.ts';
import { field, typeOf } from './form-types.ts';

const type = typeOf([[field('name', 'text'), field('papers', 'files')]]);
const [links, upload] = [blockIdOf('papers', 0, 0), uploadIdOf('papers', 0, 0)];

describe('files in a form', () => {
  it.each([
    [
      'links alone',
      'https://a.example.com\n https://b.example.com ',
      [],
      ['https://a.example.com', 'https://b.example.com'],
    ],
    ['uploads alone', undefined, ['https://slack.example.com/f1'], ['https://slack.example.com/f1']],
    ['both, each once', 'https://a.example.com', ['https://a.example.com', 'F2'], ['https://a.example.com', 'F2']],
    ['nothing', undefined, [], undefined],
  ] as const)('are %s', (_, typed, uploaded, expected) => {
    const entered = enteredIn(type, { [links]: { text: typed }, [upload]: { files: uploaded } });

    expect(entered).toEqual({ papers: expected });
  });
});
