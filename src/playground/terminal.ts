import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { placedElements } from './blocks.ts';
import { fieldsOf, textOf } from './json.ts';
import { setStage } from './playground.ts';
import { people, type SeedPerson } from './seed.ts';
import type { Message } from './state.ts';
import type { Workspace } from './workspace.ts';

// An answer takes milliseconds; a bot that says nothing for this long has nothing to say.
const answerWithinMs = 10_000;

/** A button that can be pressed by its number. */
interface Choice {
  readonly label: string;
  readonly message: Message;
  readonly action: string;
  readonly block: string;
}

/**
 * Holds a conversation with the real bot in a terminal, as one person of the workspace, until the input ends.
 * Numbers press the buttons below the last answer.
 */
export async function converse(as: string, input: Readable, output: Writable): Promise<void> {
  const print = (text: string) => void output.write(`${text}\n`);
  const person = people[as as SeedPerson];
  if (!person) return print(`There is nobody ${as}. Play one of: ${Object.keys(people).join(', ')}.`);
  const stage = await setStage();
  const { workspace } = stage;
  const lines = createInterface({ input, output, prompt: `${as}> ` });
  try {
    print('Ask the open source office. A number presses a button; Ctrl+D ends.');
    lines.prompt();
    let choices: readonly Choice[] = [];
    for await (const line of lines) {
      const typed = line.trim();
      if (typed) choices = await answer(workspace, person, typed, choices, print);
      lines.prompt();
    }
  } finally {
    lines.close();
    await stage.stop();
  }
}

async function answer(
  workspace: Workspace,
  person: string,
  typed: string,
  choices: readonly Choice[],
  print: (text: string) => void,
): Promise<readonly Choice[]> {
  const choice = choices[Number(typed) - 1];
  const before = workspace.conversation(person).at(-1);
  try {
    if (choice) await workspace.as(person).click(choice.message, { action: choice.action, block: choice.block });
    else workspace.as(person).dm(typed);
    const after = choice ? before : workspace.conversation(person).at(-1);
    const said = await workspace.nextDirectMessage(person, { withinMs: answerWithinMs, ...(after && { after }) });
    print(`\n${workspace.plain(said)}\n`);
    const next = choicesOf(said);
    for (const [at, { label }] of next.entries()) print(`  ${at + 1}  ${label}`);
    return next;
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return choices;
  }
}

function choicesOf(message: Message): readonly Choice[] {
  return placedElements(message.blocks)
    .filter(({ element }) => element.type === 'button')
    .map(({ element, actionId, blockId }) => ({
      label: textOf(fieldsOf(element.text).text),
      message,
      action: actionId,
      block: blockId,
    }));
}
