import { createProgram, type Streams } from '@waymark/cli';
import type { Command } from 'commander';
import { table } from './table';

/** Nothing is run: the commands are only asked for their help. */
const unused: Streams = {
  print: () => {},
  error: () => {},
  stdin: async () => '',
  exit: () => {},
  now: () => new Date(0),
  folder: '.',
};

const EXIT_CODES = [
  ['0', 'nothing stands in the way'],
  ['1', 'the gate fails, or a workload is degraded or down'],
  ['2', 'the input or the command line is wrong, or the input holds no object: nothing was judged'],
];

const EXAMPLES: Readonly<Record<string, string>> = {
  check: [
    'npm run waymark -- check ../order/chart --values ../order/deploy/values.yaml --values ../order/deploy/values-prod.yaml',
    'npm run --silent waymark -- check packages/sandbox/seed/robot-shop --output sarif > waymark.sarif',
    'kubectl -n shop get deploy,svc,hpa,pdb -o yaml | npm run --silent waymark -- check - --open',
  ].join('\n'),
  health: [
    'kubectl -n shop get deploy,rs,pod,svc,endpointslices,hpa,pdb,events -o yaml > shop.yaml',
    'npm run waymark -- health shop.yaml',
    'npm run --silent waymark -- health shop.yaml --now 2026-11-21T10:42:49Z --output json',
  ].join('\n'),
  'template render':
    'npm run waymark -- template render node-service --answers templates/node-service/cases/minimal.yaml --out ../order',
};

const PUBLISHING = [
  '## For the pipelines of services',
  'A generated service calls `npx --yes @waymark/cli@<version> check …` in its pipeline, so the package has to be where npm looks. It is one file without dependencies, which packing bundles; from a checkout that has been started once:',
  '```sh\ncd packages/cli\nnpm publish --registry https://npm.example.com  # a registry of your own\nnpm pack                                        # or a file for any web server\n```',
  'What `npx` is then asked for is the preset `waymarkCli` of the [golden paths](golden-paths.md#what-the-portal-presets): name and version, such as `@waymark/cli@0.1.0`, or the address of the packed file, such as `https://files.example.com/waymark-cli-0.1.0.tgz`. A registry of your own is named once for a pipeline, by `npm config set @waymark:registry https://npm.example.com` before that step or in the `.npmrc` of the runner.',
];

/** The page of the command line, from the commands themselves. */
export const commandLine = (): string =>
  `${[
    '<!-- Written by npm run generate from packages/cli/src/commands. -->',
    '# The command line',
    '`waymark` judges by the same rules and says the same sentences as the portal. In this repository it is `npm run waymark -- <command>`; [its package](packages/cli.md) runs anywhere else. Paths are relative to where it is called.',
    ...leavesOf(createProgram(unused)).flatMap(([name, command]) => [
      `## waymark ${name}`,
      `\`\`\`text\n${command
        .configureOutput({ getOutHelpWidth: () => 110 })
        .helpInformation()
        .trimEnd()}\n\`\`\``,
      ...(EXAMPLES[name] ? [`\`\`\`sh\n${EXAMPLES[name]}\n\`\`\``] : []),
    ]),
    ...PUBLISHING,
    '## Exit codes',
    table(['Code', 'Meaning'], EXIT_CODES),
    '## Outputs',
    [
      '- `text`: for a person at a terminal.',
      '- `json`: described by [check.schema.json](schemas/check.schema.json) and [health.schema.json](schemas/health.schema.json). Codes, fingerprints and fields are stable, sentences are not.',
      '- `sarif`: for code scanning. The help of each rule is inside. Links to its page are written when `--docs-base` or `WAYMARK_DOCS_BASE` names the documentation site, such as `https://portal.example.com/docs/default/system/waymark`.',
      '- `junit`: for the test report of a pipeline.',
    ].join('\n'),
  ].join('\n\n')}\n`;

/** The commands that do something, by what one types. */
const leavesOf = (command: Command, path: readonly string[] = []): [string, Command][] =>
  command.commands.length
    ? command.commands.flatMap(child => leavesOf(child, [...path, child.name()]))
    : [[path.join(' '), command]];
