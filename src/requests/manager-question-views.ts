import type { ModalView } from '@slack/types';
import type { Doc, PersonId, Rendered } from '../core/ports.ts';
import {
  actions,
  button,
  context,
  dateToken,
  input,
  mentionPerson,
  message,
  modal,
  type Reader,
  section,
  usersSelect,
  type Words,
} from '../slack/blocks.ts';
import { line } from './look.ts';
import { managerTexts } from './manager-texts.ts';
import { type NamedManager, namingId } from './managers.ts';
import { sayMessage } from './note-views.ts';

/** The question to the open source office, and what became of it. @param doc undefined when somebody else was named since */
export function managerMessage(doc: Doc<NamedManager> | undefined, reader: Reader): Rendered {
  const words = managerTexts[reader.locale];
  if (!doc) return sayMessage(words.newer);
  const value = namingId(doc);
  const [who, manager] = [mentionPerson(doc.id as PersonId), mentionPerson(doc.manager)];
  const other = button({ id: 'managers.other', text: words.other, value });
  if (doc.state === 'named') {
    const confirm = button({
      id: 'managers.confirm',
      text: words.confirm,
      label: words.confirmLabel,
      value,
      style: 'primary',
    });
    return message({
      text: words.asksText,
      blocks: [section(line(words.asks<Words>(who, manager))), context([words.why]), actions([confirm, other])],
    });
  }
  const said = line(words[doc.state]<Words>(manager, who));
  const { answer } = doc;
  const by =
    answer && line(words.answeredBy<Words>(mentionPerson(answer.by), dateToken(answer.at, 'dateTime', reader)));
  const lines = [...(by ? [by] : []), ...(doc.state === 'confirmed' ? [words.later] : [])];
  return message({ text: said, blocks: [section(said), context(lines), actions([other])] });
}

/** Who it is instead. @param naming see `namingId` */
export function otherManagerView(naming: string, reader: Reader): ModalView {
  const words = managerTexts[reader.locale];
  return modal({
    callback: 'managers.other',
    title: words.otherTitle,
    metadata: naming,
    submit: words.save,
    close: words.cancel,
    blocks: [
      input({
        blockId: 'manager',
        label: words.otherLabel,
        hint: words.otherHint,
        optional: true,
        element: usersSelect({ id: 'manager', placeholder: words.otherChoose }),
      }),
    ],
  });
}
