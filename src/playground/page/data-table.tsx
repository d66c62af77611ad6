import { useState } from 'react';
import { fieldsOf, isFields, listOf, textOf } from '../json.ts';
import type { Json } from '../protocol.ts';
import { useWords } from './context.tsx';

// docs.slack.dev: page_size of a data_table, when it says none.
const defaultPageSize = 5;

/** A table with a caption that is read page by page. */
export function DataTable({ block }: { readonly block: Json }) {
  const words = useWords();
  const [page, setPage] = useState(0);
  const [head, ...rows] = listOf(block.rows).map(cellsOf);
  const size = Number(block.page_size ?? defaultPageSize);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  return (
    <div className="data-table">
      <table>
        <caption>{textOf(fieldsOf(block.caption).text, textOf(block.caption))}</caption>
        <thead>
          <tr>
            {head?.map(({ key, text }) => (
              <th key={key} scope="col">
                {text}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(page * size, (page + 1) * size).map((row) => (
            <tr key={row.map(({ text }) => text).join('\u0000')}>
              {row.map(({ key, text }) => (
                <td key={key}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {pages > 1 && (
        <div className="pager">
          <button type="button" className="plain" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {words.previous}
          </button>
          <span>{words.page(page + 1, pages)}</span>
          <button type="button" className="plain" disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            {words.next}
          </button>
        </div>
      )}
    </div>
  );
}

function cellsOf(row: unknown): readonly { readonly key: string; readonly text: string }[] {
  const cells = Array.isArray(row) ? row : listOf(fieldsOf(row).cells);
  return cells.map((cell, column) => ({ key: `column-${column}`, text: textIn(cell) }));
}

function textIn(node: unknown): string {
  if (Array.isArray(node)) return node.map(textIn).join('');
  if (!isFields(node)) return '';
  const own = node.text ?? node.value;
  if (typeof own === 'string' || typeof own === 'number') return String(own);
  return textIn(node.elements);
}
