// Bundles the command line into one file without dependencies, so that a pipeline installs one package and nothing of the portal.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await build({
  entryPoints: [fileURLToPath(new URL('./src/bin.ts', import.meta.url))],
  outfile: fileURLToPath(new URL('./dist/waymark.cjs', import.meta.url)),
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  minifySyntax: true,
  legalComments: 'external',
  logLevel: 'warning',
});
