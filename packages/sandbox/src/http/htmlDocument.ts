import type { Response } from 'express';
import { html, type Html } from './html';

// System colours follow `color-scheme`, so light and dark need no second set of rules.
const style = `
:root { color-scheme: light dark; --good: light-dark(#136c2e, #6fdc8c); --bad: light-dark(#a2191f, #ff8389);
  --busy: light-dark(#0043ce, #78a9ff); --line: color-mix(in srgb, CanvasText 20%, Canvas); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 0 auto; padding: 1rem 1.5rem 4rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
nav, .muted { color: color-mix(in srgb, CanvasText 70%, Canvas); }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
pre, code { font: .875rem/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
button, select { font: inherit; padding: .2rem .6rem; }
form.inline { display: flex; flex-wrap: wrap; gap: .4rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .busy { color: var(--busy); }
`;

export interface HtmlPage {
  title: string;
  body: Html;
  /** Path of a script of the same server. */
  script?: string;
}

export function htmlDocument({ title, body, script }: HtmlPage): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${style}
        </style>
        ${script && html`<script src="${script}" defer></script>`}
      </head>
      <body>
        ${body}
      </body>
    </html> `.source;
}

/** Repositories may hold any text: the page runs no script but its own server's and loads nothing else. */
export function sendPage(response: Response, page: HtmlPage, status = 200): void {
  response
    .status(status)
    .type('html')
    .set(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    .set('X-Content-Type-Options', 'nosniff')
    .send(htmlDocument(page));
}
