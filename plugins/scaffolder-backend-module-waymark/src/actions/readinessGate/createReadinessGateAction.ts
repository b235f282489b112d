import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { formatRef } from '@waymark/kube-graph';
import { type Finding, renderFinding, type Report, rules } from '@waymark/readiness';
import { judgeRelease, parseManifests, renderChart } from '@waymark/template-kit';
import { examples } from './examples';

/** Judges the service before anything of it exists: a chart that fails an error rule never reaches a repository. */
export const createReadinessGateAction = () =>
  createTemplateAction({
    id: 'waymark:readiness:gate',
    description:
      'Renders the chart with Helm, judges it by the readiness rules and fails the task with what is wrong',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        chart: z =>
          z.string({ description: 'Folder of the chart in the workspace' }).default('./chart'),
        values: z =>
          z
            .array(z.string(), { description: 'Values files in the workspace, later ones win' })
            .default([]),
        namespace: z => z.string({ description: 'Namespace of the release' }).default('default'),
        releaseName: z => z.string({ description: 'Name of the release' }).default('release'),
      },
      output: {
        errors: z => z.number({ description: 'Findings that fail the gate' }),
        warnings: z => z.number({ description: 'Findings that do not' }),
      },
    },
    async handler(ctx) {
      const { chart, values, namespace, releaseName } = ctx.input;
      const inWorkspace = (path: string) => resolveSafeChildPath(ctx.workspacePath, path);
      const manifests = await renderChart({
        chart: inWorkspace(chart),
        values: values.map(inWorkspace),
        namespace,
        releaseName,
      });
      const { objects } = parseManifests(manifests, 'the rendered chart');
      const report = judgeRelease({ objects, namespace, closed: true, now: new Date() });
      const findings = standingFindings(report);
      const errors = findings.filter(({ severity }) => severity === 'error');
      ctx.output('errors', errors.length);
      ctx.output('warnings', findings.length - errors.length);
      for (const finding of findings) ctx.logger.info(describe(finding));
      if (report.gate === 'fail') {
        throw new InputError(
          `the service is not ready for production:\n${errors.map(describe).join('\n')}`,
        );
      }
      ctx.logger.info(`${objects.length} objects judged by ${rules.length} rules: no error`);
    },
  });

const standingFindings = ({ results }: Report) =>
  results.flatMap(({ findings, exemption }) => (exemption?.state === 'active' ? [] : findings));

function describe(finding: Finding): string {
  const rule = rules.find(({ id }) => id === finding.rule)!;
  return `${finding.severity} ${finding.rule}: ${renderFinding(finding, rule)} (${formatRef(finding.subject)}${finding.path}). ${rule.remedy}`;
}
