export interface StockBarrier {
  /** Rule of axe-core. */
  readonly rule: string;
  /** The part of Backstage that it is in. */
  readonly within: string;
  readonly why: string;
}

/** A line of the log viewer: its number is a link. */
const LOG_LINE = 'div:has(> a[href*="#line-"])';

/** Barriers that stock Backstage 1.55 brings along. One that is gone must leave this list: the case fails until it does. */
export const stockBarriers: readonly StockBarrier[] = [
  {
    rule: 'aria-valid-attr-value',
    within: '[role="tablist"] a[role="tab"]',
    why: 'the tabs of a page header name panels that are never drawn, for they are links',
  },
  {
    rule: 'aria-progressbar-name',
    within: '.MuiLinearProgress-root',
    why: "the bar above a task's steps has no name",
  },
  {
    rule: 'button-name',
    within: '.MuiIconButton-root',
    why: "a button beside the search in a task's log is an icon alone",
  },
  ...['aria-required-parent', 'aria-required-children', 'color-contrast'].map(rule => ({
    rule,
    within: LOG_LINE,
    why: "the lines of a task's log are rows without a table, in pale colours",
  })),
];
