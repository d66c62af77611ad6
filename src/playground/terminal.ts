import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { placedElements } from './blocks.ts';
import type { Submitted } from './forms.ts';
import { fieldsOf, listOf, textOf } from './json.ts';
import { setStage } from './playground.ts';
import { people, type SeedPerson } from './seed.ts';
import type { Message, OpenView } from './state.ts';
import type { Workspace } from './workspace.ts';

// An answer takes milliseconds; a bot that says nothing for this long has nothing to say.
const answerWithinMs = 10_000;
const nothing = '-';

/** A button that can be pressed by its number. */
interface Choice {
  readonly label: string;
  readonly message: Message;
  readonly action: string;
  readonly block: string;
}

/**
 * Holds a conversation with the real bot in a terminal, as one person of the workspace, until the input ends.
 * Numbers press the buttons below the last answer; a form takes a line for its first field.
 */
export async function converse(as: string, input: Readable, output: Writable): Promise<void> {
  const print = (text: string) => void output.write(`${text}\n`);
  const person = Object.hasOwn(people, as) ? people[as as SeedPerson] : undefined;
  if (!person) return print(`There is nobody ${as}. Play one of: ${Object.keys(people).join(', ')}.`);
  const stage = await setStage();
  const talk = createTalk(stage.workspace, person, print);
  const lines = createInterface({ input, output, prompt: `${as}> ` });
  try {
    print('Ask the open source office. A number presses a button; Ctrl+D ends.');
    lines.prompt();
    for await (const line of lines) {
      if (line.trim()) await talk(line.trim());
      lines.prompt();
    }
  } finally {
    lines.close();
    await stage.stop();
  }
}

/** Takes one line at a time and prints what came of it. */
function createTalk(workspace: Workspace, person: string, print: (text: string) => void) {
  const actor = workspace.as(person);
  let choices: readonly Choice[] = [];

  async function say(typed: string): Promise<void> {
    const open = workspace.openViews(person).at(-1);
    const choice = choices[Number(typed) - 1];
    const before = workspace.conversation(person).at(-1);
    const seen = workspace.ephemerals(person).length;
    if (open) {
      const submitted = await actor.submit(entries(open, typed), open);
      if (submitted.kind !== 'closed' && submitted.kind !== 'clear') return tell(submitted);
    } else if (choice) await actor.click(choice.message, { action: choice.action, block: choice.block });
    else actor.dm(typed);
    const after = open || choice ? before : workspace.conversation(person).at(-1);
    const shown = await workspace.waitFor(
      () => workspace.openViews(person).at(-1) ?? workspace.ephemerals(person)[seen] ?? nextAfter(after),
      { withinMs: answerWithinMs, what: 'an answer' },
    );
    show(shown);
  }

  function nextAfter(last: Message | undefined): Message | undefined {
    return workspace.conversation(person).find(({ bot, ts }) => bot && Number(ts) > Number(last?.ts ?? 0));
  }

  function show(what: Message | OpenView): void {
    if ('ts' in what) {
      // The notification carries the whole card in plain words.
      print(`\n${workspace.plain({ ...what, blocks: [] })}\n`);
      choices = choicesOf(what);
      for (const [at, { label }] of choices.entries()) print(`  ${at + 1}  ${label}`);
      return;
    }
    print(`\n${workspace.plain(what)}\n`);
    if (what.view.submit) print(`  Type what goes into the first field, or ${nothing} to leave it empty.`);
    else void actor.close(what);
  }

  function tell(submitted: Submitted): void {
    if (submitted.kind === 'errors') print(Object.values(submitted.errors).join('\n'));
    else if (submitted.kind === 'trouble') print(`We had some trouble connecting: ${submitted.why}.`);
    else if ('view' in submitted) show(submitted.view);
  }

  return (typed: string) =>
    say(typed).catch((error: unknown) => print(error instanceof Error ? error.message : String(error)));
}

function entries({ view }: OpenView, typed: string): Readonly<Record<string, string>> {
  const first = placedElements(listOf(view.blocks)).find(({ element }) => element.type === 'plain_text_input');
  return first && typed !== nothing ? { [first.blockId]: typed } : {};
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
