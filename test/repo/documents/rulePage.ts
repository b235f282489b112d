import { EXEMPTION_PREFIX, renderFinding, type Rule } from '@waymark/readiness';
import type { RuleCase } from './readCases';
import { table } from './table';

/** The page of a rule, from the rule itself and from the cases that prove it. */
export function rulePage(rule: Rule, cases: readonly RuleCase[]): string {
  return [
    `<!-- Written by npm run generate from packages/readiness/src/rules/${rule.id}. -->`,
    `# ${rule.title}`,
    `\`${rule.id}\` · ${rule.severity} · level ${rule.level} · judges ${rule.kinds.join(', ')}`,
    rule.why,
    '## What it finds',
    table(
      ['Code', 'Severity', 'Message'],
      Object.entries(rule.messages).map(([code, text]) => [
        `\`${code}\``,
        severitiesOf(code, rule, cases),
        placeholders(text),
      ]),
    ),
    '## What to do',
    rule.remedy,
    ...example('## An example that fails', 'fail', rule, cases),
    ...example('## An example that passes', 'pass', rule, cases),
    ...settings(rule),
    '## What it reads',
    ...reads(rule),
    '## Exempt an object',
    `Annotate it with the reason, and a last day if there is one: \`${EXEMPTION_PREFIX}${rule.id}: "reason; until=2027-01-31"\`. The finding stays visible and no longer counts.`,
    '## Sources',
    rule.sources.map(source => `- <${source}>`).join('\n'),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

/** A severity belongs to a clause and is set where it is found: the cases show which. */
function severitiesOf(code: string, rule: Rule, cases: readonly RuleCase[]): string {
  const seen = cases.flatMap(({ findings }) =>
    findings.filter(finding => finding.code === code).map(({ severity }) => severity),
  );
  return [...new Set(seen.length ? seen : [rule.severity])].join(' or ');
}

const placeholders = (text: string) => text.replace(/\{\{(\w+)\}\}/g, '_$1_');

function example(title: string, name: 'fail' | 'pass', rule: Rule, cases: readonly RuleCase[]) {
  const shown = cases.find(one => one.name === name);
  if (!shown) throw new Error(`${rule.id} has no case ${name}.yaml to show on its page`);
  const [finding] = shown.findings;
  return [
    title,
    `\`\`\`yaml\n${shown.manifests}\n\`\`\``,
    ...(finding ? [`> ${renderFinding(finding, rule)} (\`${finding.path}\`)`] : []),
  ];
}

function settings({ params }: Rule): string[] {
  const entries = Object.entries(params);
  if (!entries.length) return [];
  return [
    '## Settings',
    table(
      ['Name', 'Default'],
      entries.map(([name, value]) => [`\`${name}\``, `\`${JSON.stringify(value)}\``]),
    ),
  ];
}

function reads({ manifestOnly, reads: declared }: Rule): string[] {
  if (manifestOnly) return ['Manifests only: it never judges the objects of a cluster.'];
  return [
    'Of a cluster, beside what relates objects to each other:',
    table(
      ['Kind', 'Fields'],
      Object.entries(declared).map(([kind, { fields, keysOf = [], shapeOf = [] }]) => [
        kind,
        [
          ...folded(fields).map(field => `\`${field}\``),
          ...keysOf.map(field => `keys of \`${field}\``),
          ...folded(shapeOf).map(field => `no text of \`${field}\``),
        ].join(' ') || 'labels',
      ]),
    ),
  ];
}

/** `/spec/{replicas, paused}`: fields of one parent together. */
function folded(fields: readonly string[]): string[] {
  const parents = new Map<string, string[]>();
  for (const field of fields) {
    const end = field.lastIndexOf('/');
    const parent = field.slice(0, end);
    parents.set(parent, [...(parents.get(parent) ?? []), field.slice(end + 1)]);
  }
  return [...parents].map(([parent, names]) =>
    names.length > 1 ? `${parent}/{${names.join(', ')}}` : `${parent}/${names[0]}`,
  );
}
