import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { root } from '../../../suites/runProgram';
import { writePortalConfig } from '../../world/portalConfig';
import type { World } from '../../world/world';
import { writeBrokenTemplates } from './brokenTemplates';
import { clusterSourceConfig } from './deliverySources';
import { storyEntities } from './storyEntities';

/** Writes what the portal of the story needs, and returns the files in the order in which they apply. */
export async function writeConfig(world: World): Promise<string[]> {
  const entities = join(world.dir, 'entities.yaml');
  const documents = (await storyEntities()).map(entity => dump(entity));
  writeFileSync(entities, documents.join('---\n'));
  const shop = ['components.yaml', 'resources.yaml'].map(file =>
    join(root, 'packages/sandbox/catalog', file),
  );
  return [
    join(root, 'app-config.yaml'),
    writePortalConfig(world, join(world.dir, 'world.yaml'), {
      entities: [entities, ...shop, ...writeBrokenTemplates(world.dir)],
      sources: [clusterSourceConfig],
    }),
  ];
}
