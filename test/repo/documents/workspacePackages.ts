import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface WorkspacePackage {
  /** From the root of the repository: `plugins/workload-health`. */
  readonly dir: string;
  /** Last part of the folder, unique in the repository. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly role: string;
  readonly dependencies: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly backstage: { readonly role: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** Every package below packages/ and plugins/, as its manifest describes it. */
export const workspacePackages = (root: string): readonly WorkspacePackage[] =>
  globSync(['packages/*/package.json', 'plugins/*/package.json'], { cwd: root })
    .sort()
    .map(file => {
      const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest;
      const { name, description, backstage, devDependencies = {} } = manifest;
      // A package that is shipped as one bundle has none: what it is made of is needed for building it only.
      const { dependencies = devDependencies } = manifest;
      const dir = dirname(file);
      return {
        dir,
        id: basename(dir),
        name,
        description,
        role: backstage.role,
        dependencies: Object.keys(dependencies),
      };
    });
