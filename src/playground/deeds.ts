import type { z } from 'zod';
import type { Outcome } from './delivery.ts';
import type { Deed, Result, Upload } from './protocol.ts';
import type { Reading } from './reading.ts';
import type { Message, OpenView } from './state.ts';
import type { Workspace } from './workspace.ts';

type Done = z.output<typeof Deed>;
type On = Extract<Done, { kind: 'click' }>['on'];

const done: Result = { kind: 'done' };

/** Carries out what a person does on the page. @throws Error with a sentence when Slack's client would not let them */
export async function carryOut(workspace: Workspace, reading: Reading, as: string, deed: Done): Promise<Result> {
  const actor = workspace.as(as);

  function message(channel: string, ts: string): Message {
    const all = [...workspace.messages(channel), ...workspace.ephemerals(as)];
    const found = all.find((each) => each.channel === channel && each.ts === ts);
    if (!found) throw new Error('This message is gone.');
    return found;
  }

  function view(id: string): OpenView {
    const all = [...workspace.openViews(as), workspace.home(as)];
    const found = all.find((each) => each?.id === id);
    if (!found) throw new Error('This view is closed.');
    return found;
  }

  const surface = (on: On) => ('view' in on ? view(on.view) : message(on.channel, on.ts));
  // Slack's client gives up at once when nothing listens; the workspace would wait for a connection.
  const deaf = () => workspace.socket.connections() === 0;

  async function heard(delivering: () => Promise<Outcome | undefined>): Promise<Result> {
    if (deaf()) return { kind: 'trouble' };
    const outcome = await delivering();
    return outcome === undefined || outcome.kind === 'acked' ? done : { kind: 'trouble' };
  }

  switch (deed.kind) {
    case 'say': {
      const files = deed.files.map(contentOf);
      const said = actor.say(deed.channel, deed.text, { files, ...(deed.thread && { thread: deed.thread }) });
      reading.markRead(as, deed.channel, said.ts);
      return done;
    }
    case 'edit':
      actor.edit(message(deed.channel, deed.ts), deed.text);
      return done;
    case 'remove':
      actor.remove(message(deed.channel, deed.ts));
      return done;
    case 'react':
      actor.react(message(deed.channel, deed.ts), deed.name);
      return done;
    case 'click':
      return heard(() => actor.click(surface(deed.on), named(deed.element), deed.option));
    case 'enter':
      return enter(deed);
    case 'attach': {
      const entry = deed.files.map((file) => workspace.upload(as, contentOf(file)));
      return enter({ ...deed, kind: 'enter', entry });
    }
    case 'lookUp':
      if (deaf()) return { kind: 'options', options: [] };
      return { kind: 'options', options: await actor.type(surface(deed.on), named(deed.element), deed.typed) };
    case 'slash':
      return heard(() => actor.slash(deed.command, deed.text, deed.channel));
    case 'shortcut': {
      const { id, on } = deed;
      return heard(() => (on ? actor.messageShortcut(id, message(on.channel, on.ts)) : actor.globalShortcut(id)));
    }
    case 'submit': {
      if (deaf()) return { kind: 'trouble' };
      const submitted = await actor.submit({}, view(deed.view));
      if (submitted.kind === 'errors') return { kind: 'errors', errors: submitted.errors };
      return submitted.kind === 'trouble' ? { kind: 'trouble' } : done;
    }
    case 'close':
      await actor.close(view(deed.view));
      return done;
    case 'openApp':
      actor.openHome(deed.tab);
      return done;
    case 'read':
      reading.markRead(as, deed.channel, deed.to);
      return done;
    case 'addApp':
      workspace.invite(deed.channel, workspace.botUserId);
      return done;
  }

  function enter({ on, element, entry }: Extract<Done, { kind: 'enter' }>): Promise<Result> | Result {
    const entering = actor.select(surface(on), named(element), entry);
    // The value is noted at once; only an element that tells the app has something to wait for.
    if (!deaf()) return heard(() => entering);
    entering.catch(() => undefined);
    return done;
  }
}

function contentOf({ content, ...file }: Upload) {
  return { ...file, content: Buffer.from(content, 'base64') };
}

function named({ action, block, value }: Extract<Done, { kind: 'click' }>['element']) {
  return { action, block, ...(value !== undefined && { value }) };
}
