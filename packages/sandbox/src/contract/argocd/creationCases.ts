import assert from 'node:assert/strict';
import type { Json } from '../Answer';
import type { ContractCase } from '../ContractCase';
import { eventually } from '../eventually';
import type { ArgoCdTarget } from './ArgoCdTarget';
import { isSynced } from './applicationState';
import { automated, oneMap } from './manifests';
import { onStage } from './onStage';

export const brokenChart: Readonly<Record<string, string>> = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: broken\nversion: 0.1.0\n',
  'chart/templates/a.yaml': '{{ fail "no image is given" }}\n',
};

/** Creating applications: what `waymark:argocd:ensure-application` does, and what it is told when it cannot. */
export const creationCases: readonly ContractCase<ArgoCdTarget>[] = [
  onStage(
    'creates an application, and the same one again without complaint',
    oneMap,
    async stage => {
      const { name } = stage;
      const first = await stage.create(stage.application('plain'));
      assert.equal(first.status, 200);
      assert.equal(first.at('metadata.name'), name);
      assert.equal(first.at('metadata.namespace'), 'argocd');
      // For the moment of a refresh, as the webhook of a push asks for one, its annotations make it another one.
      const again = () => stage.create(stage.application('plain'));
      await eventually('the same again', again, ({ status }) => status === 200);
      const other = await stage.create(stage.application('other'), '?validate=false');
      assert.equal(other.status, 400);
      assert.equal(
        other.json.message,
        'existing application spec is different, use upsert flag to force update',
      );
    },
  ),
  onStage('refuses what it could not deploy, with the reason', brokenChart, async stage => {
    const message = async (body: Json) => {
      const answer = await stage.create(body);
      assert.equal(answer.status, 400);
      assert.equal(answer.json.code, 3);
      return String(answer.json.message);
    };
    assert.match(await message(stage.application('chart')), /: no image is given/);
    assert.match(
      await message(stage.application('nowhere')),
      /Unable to generate manifests in nowhere: .*nowhere: app path does not exist$/,
    );
    const project = stage.application('chart', { project: 'there-is-none' });
    assert.equal(
      await message(project),
      'app is not allowed in project "there-is-none", or the project does not exist',
    );
    const destination = { server: 'https://elsewhere.invalid', namespace: 'x' };
    assert.match(
      await message(stage.application('chart', { destination })),
      /cluster "https:\/\/elsewhere.invalid" not found/,
    );
  }),
  onStage(
    'shows a chart that does not render as a ComparisonError in the words of Helm',
    brokenChart,
    async stage => {
      await stage.create(stage.application('chart', automated()), '?validate=false');
      const { status } = (await stage.until('in error', application =>
        JSON.stringify(application).includes('ComparisonError'),
      )) as { status: { conditions: { type: string; message: string }[] } };
      const [condition] = status.conditions;
      assert.equal(condition.type, 'ComparisonError');
      assert.match(condition.message, /^Failed to load target state: failed to generate manifest/);
      assert.match(condition.message, /`helm template \. --name-template contract-/);
      assert.match(condition.message, /: no image is given/);
      await stage.until('Unknown', application =>
        JSON.stringify(application).includes('"status":"Unknown"'),
      );
    },
  ),
  onStage(
    'renders a chart with values files and parameters under the release name',
    {
      'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 0.1.0\n',
      'chart/values.yaml': 'a: base\nb: base\nc: base\n',
      'chart/values-prod.yaml': 'b: prod\nc: prod\n',
      'chart/templates/config.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "{{ .Release.Name }}" }\n' +
        'data: { a: {{ .Values.a }}, b: {{ .Values.b }}, c: "{{ .Values.c }}" }\n',
    },
    async stage => {
      const wanted = stage.application('chart', automated()) as {
        spec: { source: Record<string, unknown> };
      };
      wanted.spec.source.helm = {
        releaseName: 'release',
        valueFiles: ['values-prod.yaml'],
        parameters: [{ name: 'c', value: 'x,y' }],
      };
      await stage.create(wanted);
      const application = (await stage.until('Synced', isSynced)) as {
        status: { sourceType: string };
      };
      assert.equal(application.status.sourceType, 'Helm');
      const live = await stage.target.read(stage.ref('ConfigMap', 'release'));
      assert.deepEqual(live?.data, { a: 'base', b: 'prod', c: 'x,y' });
    },
  ),
];
