import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Folders of the app and of every package of ours that it is made of, relative to the root. */
export function browserSources(root: string): string[] {
  const manifests = new Map(
    globSync(['packages/*/package.json', 'plugins/*/package.json'], { cwd: root }).map(file => {
      const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest;
      return [manifest.name, { folder: dirname(file), manifest }];
    }),
  );
  const found = new Set<string>();
  const visit = (name: string) => {
    const own = manifests.get(name);
    if (!own || found.has(own.folder)) return;
    found.add(own.folder);
    Object.keys(own.manifest.dependencies ?? {}).forEach(visit);
  };
  visit('app');
  return [...found].sort();
}
