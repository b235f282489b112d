import { idOf, type ObjectRef } from '@waymark/kube-graph';
import { SEVERITIES, type Report, type Rule, type Severity } from '../engine';
import { docsOf, type RenderOptions, type SourceLocation } from './RenderOptions';
import { renderGap } from './renderGap';
import { ruleHelp } from './ruleHelp';
import { isExempt, reportLines, type FindingLine, type UndecidedLine } from './reportLines';

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  advice: 'note',
};

/**
 * A report for code scanning, as SARIF 2.1.0. Findings are results; what could not be decided is a notification, because
 * code scanning services show every result as a finding.
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(report: Report, options: RenderOptions): string {
  const { findings, undecided } = reportLines(report, options);
  const indexes = new Map(options.rules.map(({ id }, index) => [id, index]));
  const log = {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'waymark', rules: options.rules.map(rule => descriptor(rule, options)) },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: undecided.map(line => notification(line, indexes)),
          },
        ],
        results: findings.map(line => resultOf(line, indexes)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

const descriptor = (rule: Rule, options: RenderOptions) => ({
  id: rule.id,
  shortDescription: { text: rule.title },
  fullDescription: { text: rule.why },
  help: ruleHelp(rule),
  // SARIF asks for an absolute address: a path of this repository leads nowhere in another one.
  ...(options.docs !== undefined && { helpUri: docsOf(rule.id, options) }),
  defaultConfiguration: { level: LEVELS[rule.severity] },
  properties: { tags: [rule.level], 'problem.severity': problemSeverity(rule.severity) },
});

/** The word that GitHub's code scanning reads. Source: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning#reportingdescriptor-object */
const problemSeverity = (severity: Severity) =>
  ['error', 'warning', 'recommendation'][SEVERITIES.indexOf(severity)];

function resultOf(line: FindingLine, indexes: ReadonlyMap<string, number>) {
  const { finding, message, exemption, location } = line;
  const related = finding.related ?? [];
  return {
    ...ruleOf(finding.rule, indexes),
    level: LEVELS[finding.severity],
    message: { text: message },
    locations: [locationOf(finding.subject, finding.path, location)],
    ...(related.length && { relatedLocations: related.map(ref => locationOf(ref, '')) }),
    partialFingerprints: { 'waymarkFinding/v1': finding.fingerprint },
    ...(exemption &&
      isExempt(line) &&
      exemption.state === 'active' && {
        suppressions: [{ kind: 'inSource', justification: exemption.reason }],
      }),
  };
}

const notification = (
  { result, gaps, location }: UndecidedLine,
  indexes: ReadonlyMap<string, number>,
) => ({
  level: 'warning',
  message: { text: `${result.rule} could not be decided: ${gaps.map(renderGap).join('; ')}` },
  associatedRule: { id: result.rule, index: indexes.get(result.rule) ?? -1 },
  ...(result.subject && { locations: [locationOf(result.subject, '', location)] }),
});

const ruleOf = (ruleId: string, indexes: ReadonlyMap<string, number>) => ({
  ruleId,
  ruleIndex: indexes.get(ruleId) ?? -1,
});

const locationOf = (subject: ObjectRef, path: string, location?: SourceLocation) => ({
  ...(location && {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(location.file) },
      region: { startLine: location.line },
    },
  }),
  logicalLocations: [
    {
      name: subject.name,
      kind: 'resource',
      fullyQualifiedName: `${idOf(subject)}${path ? `#${path}` : ''}`,
    },
  ],
});
