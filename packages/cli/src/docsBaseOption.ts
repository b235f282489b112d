import { InputError } from '@backstage/errors';
import { Option } from 'commander';

/** Where reports point to: the TechDocs site of Waymark in a portal, or wherever else `mkdocs build` was published. */
export const docsBaseOption = () =>
  new Option('--docs-base <url>', 'address of the documentation site, for links in the report')
    .env('WAYMARK_DOCS_BASE')
    .argParser(parseSite);

function parseSite(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new InputError(
      `--docs-base: ${text} is no address; write it like https://portal.example.com/docs/default/system/waymark`,
    );
  return text.replace(/\/+$/, '');
}
