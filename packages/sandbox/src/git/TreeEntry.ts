export interface TreeEntry {
  name: string;
  /** From the root of the repository. */
  path: string;
  type: 'file' | 'dir' | 'symlink' | 'submodule';
  sha: string;
  /** Bytes; 0 for all but files. */
  size: number;
}

const types: Readonly<Record<string, TreeEntry['type']>> = {
  '040000': 'dir',
  '120000': 'symlink',
  '160000': 'submodule',
};

/** Reads `git ls-tree -z --long`. */
export function parseTree(output: string, folder: string): TreeEntry[] {
  return output
    .split('\0')
    .filter(Boolean)
    .map(line => {
      const [meta, name] = line.split('\t');
      const [mode, , sha, size] = meta.split(/ +/);
      const path = folder ? `${folder}/${name}` : name;
      return { name, path, type: types[mode] ?? 'file', sha, size: Number(size) || 0 };
    });
}
