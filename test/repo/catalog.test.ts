import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import {
  componentEntityV1alpha1Validator,
  type Entity,
  FieldFormatEntityPolicy,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { loadAll } from 'js-yaml';
import { nameOf } from './documents/catalogEntities';
import { workspacePackages } from './documents/workspacePackages';

const root = resolve(__dirname, '../..');
const entities = loadAll(readFileSync(join(root, 'catalog-info.yaml'), 'utf8')) as Entity[];
const refs = new Set(entities.map(entity => stringifyEntityRef(entity)));

const VALIDATORS = {
  Component: componentEntityV1alpha1Validator,
  System: systemEntityV1alpha1Validator,
};

/** The catalog's own checks of an entity. */
async function check(entity: Entity) {
  const validator = VALIDATORS[entity.kind as keyof typeof VALIDATORS];
  assert.ok(validator, `${entity.kind} is not expected here`);
  assert.equal(await validator.check(entity), true);
  await new SchemaValidEntityPolicy().enforce(entity);
  await new FieldFormatEntityPolicy().enforce(entity);
}

describe('the catalog of the monorepo', () => {
  it('consists of entities that the catalog takes', async () => {
    for (const entity of entities) await check(entity);
    await assert.rejects(check({ ...entities[1], spec: { type: 'library' } }), /owner|lifecycle/);
  });

  it('has a component for every package, of one system and one owner', () => {
    const components = entities.filter(({ kind }) => kind === 'Component');
    assert.deepEqual(
      components.map(({ metadata }) => metadata.name),
      workspacePackages(root).map(nameOf),
    );
    for (const { metadata, spec } of components) {
      assert.equal(spec?.system, 'waymark', metadata.name);
      assert.equal(spec?.owner, entities[0].spec?.owner, metadata.name);
      assert.ok(
        refs.has(metadata.annotations?.['backstage.io/techdocs-entity'] ?? ''),
        metadata.name,
      );
    }
  });

  it('relates only what is there', () => {
    const targets = entities.flatMap(({ spec }) => (spec?.dependsOn ?? []) as string[]);
    assert.ok(targets.length > 10);
    assert.deepEqual(
      targets.filter(target => !refs.has(target)),
      [],
    );
  });
});
