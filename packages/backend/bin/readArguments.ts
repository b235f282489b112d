import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface StartArguments {
  /** Which outside world is started along with the portal. */
  readonly world: 'sandbox' | 'real' | 'none';
  /** The caller's own overlays: absolute paths, or URLs. */
  readonly configs: readonly string[];
}

/**
 * Reads the command line of `npm start`. An own `--config` names an own outside world, so the sandbox then stays away
 * unless it is asked for.
 */
export function readArguments(args: readonly string[], folder: string): StartArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      config: { type: 'string', multiple: true, default: [] },
      sandbox: { type: 'boolean', default: false },
      world: { type: 'boolean', default: false },
    },
  });
  const isUrl = (config: string) => /^https?:\/\//.test(config);
  const configs = values.config.map(path => (isUrl(path) ? path : resolve(folder, path)));
  const missing = configs.find(path => !isUrl(path) && !existsSync(path));
  if (missing) throw new Error(`--config ${missing} does not exist`);
  if (values.world) return { world: 'real', configs };
  return { world: configs.length && !values.sandbox ? 'none' : 'sandbox', configs };
}
