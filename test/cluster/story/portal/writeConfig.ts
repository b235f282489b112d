import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { root } from '../../../suites/runProgram';
import { portalConfig } from '../../world/portalConfig';
import type { World } from '../../world/world';
import { registry } from '../service/answers';
import { storyEntities } from './storyEntities';

/** Writes the overlays of the world and of the story, and returns the files in the order in which they apply. */
export function writeConfig(world: World): string[] {
  const file = (name: string, content: string) => {
    const path = join(world.dir, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  const entities = file(
    'entities.yaml',
    storyEntities()
      .map(entity => dump(entity))
      .join('---\n'),
  );
  const story = {
    scaffolder: {
      defaultEnvironment: {
        parameters: {
          repoHost: world.gitea?.host,
          repoOwner: world.gitea?.organisation,
          registry,
          cluster: 'https://kubernetes.default.svc',
        },
      },
    },
    catalog: {
      locations: [join(root, 'templates/all.yaml'), join(root, 'catalog-info.yaml'), entities].map(
        target => ({ type: 'file', target }),
      ),
    },
  };
  return [
    join(root, 'app-config.yaml'),
    file('world.yaml', dump(portalConfig(world))),
    file('story.yaml', dump(story)),
  ];
}
