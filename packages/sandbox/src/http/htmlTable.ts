import { html, type Html, type HtmlValue } from './html';

export interface Column<Item> {
  title: string;
  cell: (item: Item) => HtmlValue;
  /** The cell that names the row. */
  heads?: boolean;
  /** Name by which a script of the page finds the cell and keeps it up to date. */
  field?: string;
}

export interface HtmlTable<Item> {
  items: readonly Item[];
  columns: readonly Column<Item>[];
  /** Id of the heading that names the table. */
  labelledBy?: string;
  /** Name by which a script of the page finds the row. */
  rowOf?: (item: Item) => string;
}

export function htmlTable<Item>({ items, columns, labelledBy, rowOf }: HtmlTable<Item>): Html {
  return html`<table ${attribute('aria-labelledby', labelledBy)}>
    <thead>
      <tr>
        ${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${items.map(
        item =>
          html`<tr ${attribute('data-row', rowOf?.(item))}>
            ${columns.map(column => cellOf(column, item))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

const cellOf = <Item>({ cell, heads, field }: Column<Item>, item: Item): Html =>
  heads
    ? html`<th scope="row">${cell(item)}</th>`
    : html`<td ${attribute('data-field', field)}>${cell(item)}</td>`;

const attribute = (name: string, value: string | undefined): Html | undefined =>
  value === undefined ? undefined : html`${name}="${value}"`;
