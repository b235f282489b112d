/** A Markdown table. A bar inside a cell would end it. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map(cells => `| ${cells.map(cell => cell.replace(/\|/g, '\\|')).join(' | ')} |`)
    .join('\n');
