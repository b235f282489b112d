import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ESLint } from 'eslint';

const root = resolve(__dirname, '../..');

/** Each planted line with the rule that must report it: a check that cannot fail is none. */
const PLANTED: readonly (readonly [
  packageDir: string,
  file: string,
  source: string,
  rule: string,
])[] = [
  [
    'packages/kube-graph',
    'planted.ts',
    "import { judge } from '@waymark/health';\n\nexport { judge };\n",
    'no-restricted-imports',
  ],
  [
    'packages/readiness',
    'planted.ts',
    "import { z } from 'zod';\n\nexport { z };\n",
    'no-restricted-imports',
  ],
  [
    'packages/readiness',
    'planted.ts',
    "import { judge } from '@waymark/health';\n\nexport { judge };\n",
    'no-restricted-imports',
  ],
  [
    'packages/health',
    'planted.ts',
    "import { readFileSync } from 'node:fs';\n\nexport { readFileSync };\n",
    'no-restricted-imports',
  ],
  [
    'packages/health',
    'planted.ts',
    "export const load = () => import('node:os');\n",
    'no-restricted-syntax',
  ],
  [
    'packages/health',
    'planted.ts',
    "export const load = () => require('os');\n",
    'no-restricted-syntax',
  ],
  [
    'packages/cluster-watch',
    'planted.ts',
    "import type { Verdict } from '@waymark/health';\n\nexport type { Verdict };\n",
    'no-restricted-imports',
  ],
  [
    'packages/sandbox',
    'planted.ts',
    "import { idOf } from '@waymark/kube-graph';\n\nexport { idOf };\n",
    'no-restricted-imports',
  ],
  [
    'plugins/workload-health',
    'planted.ts',
    "import { readFileSync } from 'node:fs';\n\nexport { readFileSync };\n",
    'no-restricted-imports',
  ],
  [
    'plugins/workload-health',
    'planted.test.ts',
    "import { readFileSync } from 'node:fs';\n\nexport { readFileSync };\n",
    'no-restricted-imports',
  ],
  [
    'plugins/workload-health',
    'planted.ts',
    "import { Button } from '@material-ui/core';\n\nexport { Button };\n",
    'no-restricted-imports',
  ],
  [
    'plugins/workload-health',
    'planted.ts',
    "import { useApi } from '@backstage/core-plugin-api';\n\nexport { useApi };\n",
    'no-restricted-imports',
  ],
  [
    'plugins/workload-health',
    'planted.ts',
    "import plugin from '@waymark/backstage-plugin-argocd-delivery';\n\nexport { plugin };\n",
    'no-restricted-imports',
  ],
  [
    'plugins/workload-health',
    'planted.ts',
    "export const colour = '#ff0000';\n",
    'no-restricted-syntax',
  ],
  [
    'plugins/workload-health',
    'planted.ts',
    "import React from 'react';\n\nexport { React };\n",
    'no-restricted-syntax',
  ],
  [
    'plugins/workload-health-common',
    'planted.ts',
    "import { join } from 'path';\n\nexport { join };\n",
    'no-restricted-imports',
  ],
  [
    'plugins/workload-health-backend',
    'planted.ts',
    "import p from '@waymark/backstage-plugin-argocd-delivery-backend';\n\nexport { p };\n",
    'no-restricted-imports',
  ],
];

describe('the layers of DESIGN.md', () => {
  const planted = new Set<string>();
  const plant = (dir: string, file: string, source: string) => {
    const path = join(root, dir, 'src', file);
    assert.ok(!existsSync(path) || planted.has(path), `${path} is in the way`);
    planted.add(path);
    writeFileSync(path, source);
    return path;
  };
  before(() => process.chdir(root));
  after(() => planted.forEach(path => rmSync(path, { force: true })));

  for (const [dir, file, source, rule] of PLANTED) {
    it(`reports ${JSON.stringify(source.split('\n')[0])} in ${dir}/${file}`, async () => {
      const path = plant(dir, file, source);
      const [{ messages }] = await new ESLint({ cwd: join(root, dir) }).lintFiles([path]);
      assert.ok(
        messages.some(({ ruleId, severity }) => ruleId === rule && severity === 2),
        `${rule} said nothing; reported: ${messages.map(({ ruleId }) => ruleId).join(', ') || 'nothing'}`,
      );
    });
  }

  it('names every package', () => {
    const layers = require(join(root, 'eslint.layers.js')) as Record<string, unknown>;
    for (const file of globSync(['packages/*/package.json', 'plugins/*/package.json'], {
      cwd: root,
    })) {
      const { name } = JSON.parse(readFileSync(join(root, file), 'utf8')) as { name: string };
      assert.ok(layers[name], `${name} has no row in eslint.layers.js`);
      assert.ok(
        existsSync(join(root, dirname(file), '.eslintrc.js')),
        `${name} has no .eslintrc.js`,
      );
    }
  });
});
