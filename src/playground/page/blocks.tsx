import { useLayoutEffect, useRef } from 'react';
import { type Block, Message } from 'slack-blocks-to-jsx';
import { fieldsOf, isFields, listOf, textOf } from '../json.ts';
import type { Json } from '../protocol.ts';
import { useLook, useOwn } from './context.tsx';
import { DataTable } from './data-table.tsx';
import { Element } from './elements.tsx';
import { opening } from './file-links.ts';
import { dateToken } from './format.ts';
import { InputBlock } from './input-block.tsx';
import { unescaped } from './mrkdwn.tsx';

type Run =
  | { readonly kind: 'shown'; readonly blocks: readonly Json[] }
  | { readonly kind: 'own'; readonly block: Json };

/** Blocks of a message or a view. What can be pressed or filled in is our own; the rest is rendered by the library. */
export function Blocks({ blocks }: { readonly blocks: readonly unknown[] }) {
  return (
    <div className="blocks">
      {runsOf(blocks.filter(isFields)).map((run) =>
        run.kind === 'own' ? (
          <OwnBlock key={textOf(run.block.block_id)} block={run.block} />
        ) : (
          <Shown key={textOf(run.blocks[0]?.block_id)} blocks={run.blocks} />
        ),
      )}
    </div>
  );
}

/** Neighbors without anything to press are rendered together. */
function runsOf(blocks: readonly Json[]): readonly Run[] {
  const runs: Run[] = [];
  for (const [at, found] of blocks.entries()) {
    // Samples of the gallery have no ids yet.
    const block = { ...found, block_id: textOf(found.block_id, `at-${at}`) };
    const last = runs.at(-1);
    if (isOwn(block)) runs.push({ kind: 'own', block });
    else if (last?.kind === 'shown') runs[runs.length - 1] = { kind: 'shown', blocks: [...last.blocks, block] };
    else runs.push({ kind: 'shown', blocks: [block] });
  }
  return runs;
}

const ownTypes = new Set(['actions', 'context_actions', 'input', 'data_table', 'container', 'carousel', 'card']);

function isOwn(block: Json): boolean {
  const accessory = fieldsOf(block.accessory);
  return ownTypes.has(textOf(block.type)) || (accessory.type !== undefined && accessory.type !== 'image');
}

function OwnBlock({ block }: { readonly block: Json }) {
  const id = textOf(block.block_id);
  switch (block.type) {
    case 'input':
      return <InputBlock block={block} />;
    case 'data_table':
      return <DataTable block={block} />;
    case 'actions':
    case 'context_actions':
      return (
        <div className={block.type === 'actions' ? 'actions' : 'actions quiet'}>
          {listOf(block.elements)
            .filter(isFields)
            .map((element) => (
              <Element key={textOf(element.action_id)} block={id} element={element} />
            ))}
        </div>
      );
    case 'container':
      return (
        <details className="container" open={block.default_collapsed !== true}>
          <summary>{textOf(fieldsOf(block.title).text)}</summary>
          <Blocks blocks={listOf(block.child_blocks)} />
        </details>
      );
    case 'carousel':
      return (
        <div className="carousel">
          {listOf(block.elements)
            .filter(isFields)
            .map((card) => (
              <Card key={textOf(card.block_id)} block={card} />
            ))}
        </div>
      );
    case 'card':
      return <Card block={block} />;
    default:
      return <SectionBlock block={block} />;
  }
}

function Card({ block }: { readonly block: Json }) {
  const { actions, ...shown } = block;
  return (
    <div className="card">
      <Shown blocks={[shown]} />
      <OwnBlock block={{ type: 'actions', block_id: block.block_id, elements: actions }} />
    </div>
  );
}

function SectionBlock({ block }: { readonly block: Json }) {
  const { accessory, ...section } = block;
  return (
    <div className="section">
      <Shown blocks={[section]} />
      <Element block={textOf(block.block_id)} element={fieldsOf(accessory)} />
    </div>
  );
}

function Shown({ blocks }: { readonly blocks: readonly Json[] }) {
  const { locale, theme } = useLook();
  const { snapshot } = useOwn();
  const root = useRef<HTMLDivElement>(null);
  const zone = snapshot.people.find(({ id }) => id === snapshot.me)?.zone ?? 'UTC';
  // The library gives every message the same id; the style goes by its class instead (see bundle.ts).
  useLayoutEffect(() => {
    for (const element of root.current?.querySelectorAll('#slack_blocks_to_jsx') ?? []) element.removeAttribute('id');
  });
  return (
    <div ref={root}>
      <Message
        blocks={blocks.map(shownBlock)}
        name={snapshot.app.name}
        logo=""
        withoutWrapper
        theme={theme}
        data={{
          users: snapshot.people.map(({ id, realName }) => ({ id, name: realName })),
          channels: snapshot.conversations.map(({ id, name }) => ({ id, name })),
          user_groups: snapshot.groups.map(({ id, handle }) => ({ id, name: handle })),
        }}
        hooks={{
          user: ({ name, id }) => <span className="mention">@{name || id}</span>,
          channel: ({ name, id }) => <span className="mention">#{name || id}</span>,
          usergroup: ({ name, id }) => <span className="mention">@{name || id}</span>,
          date: ({ timestamp, format, fallback }) => (
            <time>{dateToken(locale, zone, timestamp, format, fallback)}</time>
          ),
          link: ({ href, children }) => (
            <a href={opening(unescaped(href), snapshot.me)} target="_blank" rel="noreferrer">
              {children}
            </a>
          ),
        }}
      />
    </div>
  );
}

// Checked by the workspace, so it is a block; `verbatim` makes the library print links as they are stored.
function shownBlock(block: Json): Block {
  return withoutVerbatim(block) as unknown as Block;
}

function withoutVerbatim(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutVerbatim);
  if (!isFields(node)) return node;
  const { verbatim: _, ...rest } = node;
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, withoutVerbatim(value)]));
}
