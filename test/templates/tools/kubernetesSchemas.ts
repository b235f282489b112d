import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { cacheDir, goModule } from './goTool';

/** Where the API's own schemas are published as data. */
const KUBERNETES = { module: 'k8s.io/kubernetes@v1.36.3', file: 'api/openapi-spec/swagger.json' };
const CUSTOM_RESOURCES = [
  {
    module: 'k8s.io/autoscaler/vertical-pod-autoscaler@v1.5.1',
    file: 'deploy/vpa-v1-crd-gen.yaml',
  },
  {
    module: 'sigs.k8s.io/gateway-api@v1.4.1',
    file: 'config/crd/standard/gateway.networking.k8s.io_httproutes.yaml',
  },
  {
    module: 'github.com/external-secrets/external-secrets@v1.3.2',
    file: 'config/crds/bases/external-secrets.io_externalsecrets.yaml',
  },
  ...['prometheusrules', 'servicemonitors'].map(plural => ({
    module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    file: `example/prometheus-operator-crd/monitoring.coreos.com_${plural}.yaml`,
  })),
];
const REVISION = 2;

type Schema = { [keyword: string]: unknown };
interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly schema: Schema;
}

/** A folder of strict JSON schemas in kubeconform's layout. Undefined where Go or its modules cannot be had. */
export async function kubernetesSchemas(): Promise<string | undefined> {
  const sources = JSON.stringify([KUBERNETES, CUSTOM_RESOURCES, REVISION]);
  const folder = join(
    cacheDir(),
    `schemas-${createHash('sha256').update(sources).digest('hex').slice(0, 16)}`,
  );
  if (existsSync(folder)) return folder;
  const swagger = await read(KUBERNETES);
  const definitions = await Promise.all(CUSTOM_RESOURCES.map(read));
  if (!swagger || definitions.some(text => !text)) return undefined;
  await mkdir(cacheDir(), { recursive: true });
  const scratch = await mkdtemp(join(cacheDir(), 'building-'));
  for (const kind of [
    ...builtIn(JSON.parse(swagger)),
    ...definitions.flatMap(text => custom(text!)),
  ]) {
    await writeFile(join(scratch, fileOf(kind)), JSON.stringify(kind.schema));
  }
  await rename(scratch, folder).catch(error => {
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

async function read({
  module,
  file,
}: {
  module: string;
  file: string;
}): Promise<string | undefined> {
  const folder = await goModule(module);
  return folder && readFile(join(folder, file), 'utf8');
}

const fileOf = ({ group, version, kind }: Kind) =>
  `${kind.toLowerCase()}-${group ? `${group.split('.')[0]}-` : ''}${version}.json`;

function builtIn({ definitions }: { definitions: Record<string, Schema> }): Kind[] {
  return Object.entries(definitions).flatMap(
    ([name, { 'x-kubernetes-group-version-kind': names }]) =>
      ((names ?? []) as Omit<Kind, 'schema'>[]).map(kind => ({
        ...kind,
        schema: { $ref: `#/definitions/${name}`, definitions: closure(name, definitions) },
      })),
  );
}

/** A definition and everything that it refers to. */
function closure(start: string, definitions: Record<string, Schema>): Record<string, Schema> {
  const found: Record<string, Schema> = {};
  const open = [start];
  for (let name = open.pop(); name; name = open.pop()) {
    if (found[name]) continue;
    found[name] = strict(definitions[name]);
    for (const [, next] of JSON.stringify(definitions[name]).matchAll(/"#\/definitions\/([^"]+)"/g))
      open.push(next);
  }
  return found;
}

function custom(text: string): Kind[] {
  interface Definition {
    spec: {
      group: string;
      names: { kind: string };
      versions: { name: string; schema: { openAPIV3Schema: Schema } }[];
    };
  }
  return (loadAll(text) as Definition[]).flatMap(({ spec }) =>
    spec.versions.map(({ name, schema }) => ({
      group: spec.group,
      version: name,
      kind: spec.names.kind,
      schema: strict(schema.openAPIV3Schema),
    })),
  );
}

/** Unknown fields are errors, as for `kubectl --validate=strict`; numbers pass where the API reads numbers and text alike. */
function strict(value: Schema): Schema {
  return visit(value) as Schema;
}

function visit(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(visit);
  if (value === null || typeof value !== 'object') return value;
  const schema = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, visit(child)]),
  ) as Schema;
  const text =
    schema.format === 'int-or-string' || String(schema.description ?? '').startsWith('Quantity is');
  if (text || schema['x-kubernetes-int-or-string']) return { type: ['string', 'number'] };
  const closed =
    typeof schema.properties === 'object' &&
    schema.type !== 'array' &&
    !('additionalProperties' in schema);
  return closed && !schema['x-kubernetes-preserve-unknown-fields']
    ? { ...schema, additionalProperties: false }
    : schema;
}
