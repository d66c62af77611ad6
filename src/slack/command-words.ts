/**
 * Which command was typed: the longest whose words it begins with; spaces and capitals do not count.
 * @param known the words of all commands; the empty ones take whatever no other takes
 * @returns the words, and what follows them; undefined when no command takes it
 */
export function readCommand(
  known: Iterable<string>,
  typed: string,
): { readonly words: string; readonly text: string } | undefined {
  const [longest] = [...known]
    .flatMap((words) => {
      const text = textAfter(words, typed);
      return text === undefined ? [] : [{ words, text }];
    })
    .sort((a, b) => b.words.length - a.words.length);
  return longest;
}

function textAfter(words: string, typed: string): string | undefined {
  let rest = typed;
  for (const word of words.split(' ').filter((each) => each !== '')) {
    const [first = ''] = rest.split(/\s/, 1);
    if (first.toLowerCase() !== word) return undefined;
    rest = rest.slice(first.length).trimStart();
  }
  return rest;
}
