import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { withDefaults } from '../withDefaults';
import { createReadinessGateAction } from './createReadinessGateAction';

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: {{ .Values.replicas }}
  strategy: { rollingUpdate: { maxSurge: {{ .Values.surge }}, maxUnavailable: 0 } }
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: 'web:1.0.0' }] }
`;

describe('waymark:readiness:gate', () => {
  const workspace = createMockDirectory();
  const chart = (template: string) =>
    workspace.setContent({
      chart: {
        'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0',
        'values.yaml': 'replicas: 2\nsurge: 1\nenabled: true',
        templates: { 'web.yaml': template },
      },
      'prod.yaml': 'surge: 0',
      'off.yaml': 'enabled: false',
    });

  async function judge(values: string[] = []) {
    const logger = { info: jest.fn() };
    const output: Record<string, number> = {};
    const context = createMockActionContext({
      input: { values } as never,
      workspacePath: workspace.path,
    });
    const gate = withDefaults(createReadinessGateAction() as unknown as TemplateAction);
    const failure = await gate
      .handler({
        ...context,
        logger,
        output: (name: string, value: number) => void (output[name] = value),
      } as never)
      .then(
        () => undefined,
        (error: Error) => error,
      );
    return { failure, output, log: logger.info.mock.calls.flat().join('\n') };
  }

  it('fails with every error by its rule, its object and what to do', async () => {
    chart(deployment);
    const { failure, output, log } = await judge(['prod.yaml']);
    expect(failure?.name).toBe('InputError');
    const [head, ...errors] = failure!.message.split('\n');
    expect(head).toBe('the service is not ready for production:');
    expect(errors).toContainEqual(
      expect.stringMatching(
        /^error rollout-deadlock: .+ \(Deployment\/web\/spec\/strategy.*\)\. .+/,
      ),
    );
    expect(errors).toHaveLength(output.errors);
    expect(errors.every(error => error.startsWith('error '))).toBe(true);
    // Warnings do not fail it, and are not kept back either.
    expect(output.warnings).toBeGreaterThan(0);
    expect(log.match(/^warning /gm)?.length).toBeGreaterThan(0);
  });

  it('passes what has no error', async () => {
    chart('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n');
    const { failure, output, log } = await judge();
    expect(failure).toBeUndefined();
    expect(output).toEqual({ errors: 0, warnings: 0 });
    expect(log).toMatch(/^1 objects judged by \d+ rules: no error$/);
  });

  it('does not pass a release without objects', async () => {
    chart(`{{ if .Values.enabled }}${deployment}{{ end }}`);
    const { failure } = await judge(['off.yaml']);
    expect(failure?.message).toContain('the release holds no object');
  });

  it('stays in the workspace', async () => {
    chart(deployment);
    expect((await judge(['../../etc/passwd'])).failure?.message).toContain(
      'Relative path is not allowed',
    );
  });
});
