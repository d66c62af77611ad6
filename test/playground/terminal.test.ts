import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/core/time.ts';
import { converse } from '../../src/playground/terminal.ts';

/** A terminal whose screen can be read. */
function createTerminal() {
  const input = new PassThrough();
  const output = new PassThrough({ encoding: 'utf8' });
  let screen = '';
  output.on('data', (text: string) => {
    screen += text;
  });
  return {
    input,
    output,
    screen: () => screen,
    /** Waits for words after what was on the screen when it was called. */
    async shows(words: string): Promise<void> {
      for (let round = 0; round < 400 && !screen.includes(words); round += 1) await systemClock.sleep(50);
      expect(screen).toContain(words);
      screen = '';
    },
  };
}

it('answers, presses a button by its number and fills in the form', async () => {
  const terminal = createTerminal();
  const over = converse('employee', terminal.input, terminal.output);

  await terminal.shows('Ctrl+D ends');
  terminal.input.write('who may sign a CLA?\n');
  await terminal.shows('2  Ask a human');
  terminal.input.write('2\n');
  await terminal.shows('or - to leave it empty');
  terminal.input.write('by Friday, please\n');
  await terminal.shows('Your question is with the open source office');
  terminal.input.end();

  await expect(over).resolves.toBeUndefined();
}, 60_000);

it('names the people when there is nobody of that name', async () => {
  const terminal = createTerminal();

  await converse('nobody', terminal.input, terminal.output);

  expect(terminal.screen()).toContain('Play one of: employee');
});
