import {
  causeMessages,
  causeRemedies,
  STATUS_ORDER,
  type Condition,
  type Detector,
  type Evidence,
} from '@waymark/health';
import { formatRef } from '@waymark/kube-graph';
import { causeSentence } from './causeSentence';
import type { CauseCase } from './readCauseCases';
import { table } from './table';

/** The page of a cause, from its detector and from the cases that prove it. */
export function causePage(code: string, detector: Detector, cases: readonly CauseCase[]): string {
  const proving = cases.filter(({ cause }) => cause.code === code);
  const partial = causeMessages[`${code}.some`];
  return [
    `<!-- Written by npm run generate from packages/health/src/causes/${detector.id}. -->`,
    `# ${causeSentence(causeMessages[code])}`,
    `\`${code}\` · [${detector.title}](index.md#${anchorOf(detector)})`,
    detector.why,
    '## When it is said',
    whenSaid(detector.conditions[code]),
    ...(partial ? [`When only some of the pods show it: ${causeSentence(partial)}`] : []),
    '## What to do',
    causeRemedies[code],
    ...example(exampleOf(code, proving)),
    '## What it rests on',
    fieldsOf(proving),
    '## Sources',
    detector.sources.map(sourceLine).join('\n'),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

/** The heading of a family in the index, as MkDocs makes an anchor of it. */
const anchorOf = ({ title }: Pick<Detector, 'title'>) =>
  title
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replace(/\s+/g, '-');

function whenSaid({ when, saidAfter, alarmAfter, exception }: Condition): string {
  const said = saidAfter === undefined ? 'At once' : `After ${saidAfter} s`;
  const alarm =
    alarmAfter === undefined
      ? 'with it the workload is degraded, or down when none of its pods is ready'
      : `the workload is progressing until ${alarmAfter} s have passed, then degraded, or down when none of its pods is ready`;
  const sentences = [`${upperFirst(when)}.`, `${said}, and ${alarm}.`];
  return [...sentences, ...(exception ? [`Except: ${exception}.`] : [])].join('\n\n');
}

/** The gravest recording, and among those the one that says most. */
function exampleOf(code: string, proving: readonly CauseCase[]): CauseCase {
  const [shown] = [...proving].sort(
    (a, b) =>
      STATUS_ORDER.indexOf(b.status) - STATUS_ORDER.indexOf(a.status) ||
      b.sentence.length - a.sentence.length,
  );
  if (!shown) throw new Error(`${code} has no case to show on its page`);
  return shown;
}

const example = ({ file, status, cause, sentence }: CauseCase): string[] => [
  ...(cause.command
    ? ['The command beside the sentence, as in the example:', fence(cause.command)]
    : []),
  '## An example',
  `> ${sentence}`,
  `The workload is **${status}**. What was read, in \`${file}\`:`,
  table(
    ['Object', 'Field', 'Value'],
    cause.evidence.map(({ object, path, value }) => [
      formatRef(object),
      `\`${fieldName(path)}\``,
      `\`${`${value}`.replace(/`/g, "'").replace(/\s+/g, ' ')}\``,
    ]),
  ),
];

const fence = (command: string) => `\`\`\`sh\n${command}\n\`\`\``;

/** Every field that any case gives as evidence. */
function fieldsOf(proving: readonly CauseCase[]): string {
  const fields = new Set(proving.flatMap(({ cause }) => cause.evidence.map(fieldOf)));
  return [...fields]
    .sort()
    .map(field => `- ${field}`)
    .join('\n');
}

const fieldOf = ({ object, path }: Evidence) => `${object.kind} \`${fieldName(path, '')}\``;

/** `/status/conditions/0/reason` as people write it: `status.conditions[0].reason`; without the position in a list of fields. */
const fieldName = (path: string, position?: string) =>
  path
    .slice(1)
    .split('/')
    .map(segment => segment.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map(segment => {
      if (/^\d+$/.test(segment)) return `[${position ?? segment}]`;
      return /[./]/.test(segment) ? `["${segment}"]` : `.${segment}`;
    })
    .join('')
    .replace(/^\./, '');

const upperFirst = (text: string) => text.replace(/^[a-z]/, letter => letter.toUpperCase());

const sourceLine = (source: string) => `- ${/^https:\S+$/.test(source) ? `<${source}>` : source}`;
