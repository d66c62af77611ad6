import { randomId } from '../../src/core/ids.ts';
import type { PersonId, Rendered } from '../../src/core/ports.ts';
import type { Commanded, Effect, IncomingAction, IncomingCommand, IncomingView, Submitted } from '../../src/feature.ts';
import type { Workspace } from '../../src/playground/workspace.ts';
import { actions, button, input, message, modal, section, textInput } from '../../src/slack/blocks.ts';
import { type House, type Mode, openHouse } from './house.ts';
import { keep } from './letters.ts';

/** What no log may hold. */
export const secret = 'the acquisition of Initech is confidential';
export const mistake = { en: 'There is no such license.', 'zh-CN': '没有这个许可证。' };
export const note = (text: string): Rendered => message({ text, blocks: [section(text)] });
export const aMoment = () => new Promise((resolve) => setTimeout(resolve, 60));

/** Resolves when told to. */
export function latch(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

/** A form that opens another one, and acts. */
export const form = (callback: string) =>
  modal({
    callback,
    title: 'A form',
    submit: 'Send',
    close: 'Close',
    metadata: 'draft',
    blocks: [
      input({ blockId: 'name', label: 'Name', optional: true, element: textInput({ id: 'text' }) }),
      actions([
        button({ id: 'deeper', text: 'Deeper', value: callback }),
        button({ id: 'act', text: 'Act', value: 'in form' }),
      ]),
    ],
  });

/** What handlers do; each test says it, since they are found by name at the moment of the click. */
interface Handlers {
  command: (c: IncomingCommand) => Promise<Commanded>;
  act: (a: IncomingAction) => Promise<Effect>;
  submit: (view: IncomingView) => Promise<Submitted>;
  /** The commands that came, in their order. */
  readonly commands: { readonly words: string; readonly text: string }[];
}

/** A house with handlers of every kind at its gate. */
export interface Gated {
  readonly house: House;
  readonly on: Handlers;
  readonly employee: PersonId;
  readonly shanghai: PersonId;
}

export async function openGate(mode: Mode): Promise<Gated> {
  const house = await openHouse(mode);
  const { gate, workspace } = house;
  const on: Handlers = {
    command: async () => ({}),
    act: async () => ({}),
    submit: async () => ({}),
    commands: [],
  };
  for (const words of ['', 'license', 'license show', 'secret words']) {
    gate.command(words, async (c) => {
      on.commands.push({ words, text: c.text });
      return on.command(c);
    });
  }
  gate.action('act', (a) => on.act(a));
  gate.opens('open', () => ({ view: form('form'), effect: { ops: [keep(`opened-${randomId()}`)] } }));
  gate.opens('open.nothing', () => undefined);
  gate.opens('open.read', () => ({
    view: form('loading'),
    effect: async () => ({
      ops: [keep(`read-${(await house.letters()).length}`)],
      reply: { kind: 'view', view: form('read') },
    }),
  }));
  gate.opens('deeper', ({ value }) => ({ view: form(`${value}+`) }));
  gate.shortcut('ask_global', () => form('form'), { action: 'open', value: '' });
  gate.submit('form', ({ view }) => on.submit(view));
  gate.options('pick', (typed, _person, action) =>
    Array.from({ length: 250 }, (_, n) => ({
      text: `${typed} ${n} ${'long '.repeat(30)}`,
      value: `${n} of ${action}`,
    })),
  );
  const { employee, shanghai } = workspace.people;
  return { house, on, employee: employee as PersonId, shanghai: shanghai as PersonId };
}

/** After a test: nothing stays open or broken. @returns what Slack complained of */
export async function tidy({ house, employee }: Gated): Promise<readonly unknown[]> {
  const { workspace } = house;
  while (workspace.openViews(employee).length > 0) await workspace.as(employee).close();
  house.refuse(undefined);
  workspace.faults.clear();
  return workspace.complaints;
}

/** The last message that only the person sees. */
export function lastEphemeral(workspace: Workspace, person: string): string | undefined {
  const last = workspace.ephemerals(person).at(-1);
  return last && workspace.plain(last);
}

export async function opened(workspace: Workspace, person: string, press: Promise<unknown>, depth = 1): Promise<void> {
  await press;
  await workspace.waitFor(() => workspace.openViews(person).length === depth, { what: 'a modal' });
}
